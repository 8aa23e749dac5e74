"""What the documents say of the code, held to the code."""
