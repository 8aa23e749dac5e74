"""From the first question to the page with the secret words."""
