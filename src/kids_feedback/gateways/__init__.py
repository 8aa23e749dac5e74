"""The outside world: each neighbour behind a small door."""
