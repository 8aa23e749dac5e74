"""What people type: days, addresses."""
