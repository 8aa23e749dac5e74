"""Pages while the store fails, or gives back what nobody can read."""
