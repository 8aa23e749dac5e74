"""The record of accounts: pages for whoever looks after an area, or after all."""
