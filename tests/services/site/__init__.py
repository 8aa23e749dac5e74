"""What the running site keeps for itself."""
