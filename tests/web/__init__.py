"""Pages as an HTTP client sees them."""
