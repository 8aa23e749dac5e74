"""Rules: pure, and readable beside docs/procedure.md."""
