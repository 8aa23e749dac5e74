"""The board secretary: preparing and releasing the figures."""
