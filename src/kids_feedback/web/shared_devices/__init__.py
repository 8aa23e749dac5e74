"""Screens that others use too, for the staff who set them up."""
