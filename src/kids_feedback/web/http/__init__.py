"""What happens around each response: errors, headers, static files, addresses."""
