"""Getting in, and one's own account."""
