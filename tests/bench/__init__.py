"""Each benchmark at its smallest, and that it ends badly where it should."""
