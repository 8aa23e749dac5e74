"""Shared devices, for the staff who set them up."""
