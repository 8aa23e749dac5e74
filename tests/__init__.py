"""The tests: one folder a layer, and the kit that they share."""
