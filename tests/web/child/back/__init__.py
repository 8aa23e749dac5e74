"""The child's pages."""
