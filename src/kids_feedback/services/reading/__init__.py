"""What staff's pages show of cases; nothing here changes one."""
