"""Tables, keys and transactions, on both databases."""
