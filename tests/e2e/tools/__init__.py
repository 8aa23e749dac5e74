"""What the browser tests measure with, and walk with."""
