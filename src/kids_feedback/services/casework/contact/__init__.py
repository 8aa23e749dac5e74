"""Reaching the child, and the talk."""
