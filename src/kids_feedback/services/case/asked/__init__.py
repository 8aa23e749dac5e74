"""What was asked for behind the secret words."""
