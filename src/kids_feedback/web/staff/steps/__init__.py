"""The steps of the procedure as staff know them, each said once."""
