"""Who may have a case, and whom it may be about."""
