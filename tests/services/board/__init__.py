"""The board's figures."""
