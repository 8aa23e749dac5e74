"""Getting in, and who works here."""
