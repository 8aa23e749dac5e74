"""Contact sheets of every page of a child's, for people to look at: ``make pictures``."""
