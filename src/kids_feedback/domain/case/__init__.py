"""The rules of a case: its stages and steps, its promises, its court notice."""
