"""The complaint's and the compliment's routes as tables."""
