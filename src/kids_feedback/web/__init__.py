"""Pages: the only place that speaks Flask."""
