"""The questions and the way through them."""
