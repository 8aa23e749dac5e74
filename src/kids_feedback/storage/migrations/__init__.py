"""Migrations. They never import the models."""
