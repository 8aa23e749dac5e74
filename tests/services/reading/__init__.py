"""What staff's pages show of cases."""
