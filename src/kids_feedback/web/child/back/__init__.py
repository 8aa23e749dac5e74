"""The way back: status, replies, changes, arranging to meet."""
