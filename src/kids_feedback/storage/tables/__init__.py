"""Tables: one file a family, its model and its few named queries."""
