"""The rules of a case."""
