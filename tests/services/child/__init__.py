"""What a child does."""
