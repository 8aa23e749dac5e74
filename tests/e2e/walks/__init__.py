"""Walks of children, staff and the board, in a real browser."""
