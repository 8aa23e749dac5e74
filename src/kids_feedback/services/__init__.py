"""Use-cases: one module an errand, one function an act."""
