"""What a child makes and uses."""
