"""Have your say: children complain or praise, and are answered in time."""

__version__ = "0.1.0"
