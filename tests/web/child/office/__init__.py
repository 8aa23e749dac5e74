"""What children meet in an office: the kiosk, the tree, the tap, the poster."""
