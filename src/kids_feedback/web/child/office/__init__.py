"""What stands in an office: the kiosk, the feedback tree, the poster's code."""
