"""The pages of customer service, Heads of Practice and local managers."""
