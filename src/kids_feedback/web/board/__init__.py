"""The young people's board: released figures, and nothing else."""
