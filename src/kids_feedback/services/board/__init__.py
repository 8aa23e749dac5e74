"""The board's figures, and what changed because of what children said."""
