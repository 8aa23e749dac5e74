"""Leaves, and how the office was."""
