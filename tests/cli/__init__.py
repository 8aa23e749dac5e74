"""Commands, as an operator runs them."""
