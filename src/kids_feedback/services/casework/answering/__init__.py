"""The written answer."""
