"""What stands around each answer."""
