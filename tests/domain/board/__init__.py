"""What the board may be shown."""
