"""Use-cases: a folder for each errand, a function for each act."""
