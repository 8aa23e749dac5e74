"""Steps of reaching the child."""
