"""Areas, offices, and the devices that stand in them."""
