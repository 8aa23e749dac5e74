"""The working days, and what moves with them."""
