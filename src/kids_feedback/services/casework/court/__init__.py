"""The court: hearings and notices."""
