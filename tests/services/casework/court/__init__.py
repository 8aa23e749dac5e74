"""What staff do about a case."""
