"""Routes that the product does not offer yet, on the same engine."""
