"""The page for a grown-up who finds the children's site."""
