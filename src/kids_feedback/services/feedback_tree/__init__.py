"""Leaves for the feedback trees, and how the office was today."""
