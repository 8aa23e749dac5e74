"""What staff do about a case, from reading it to closing it."""
