"""What the server remembers of one browser between two pages: declared once, and typed."""
