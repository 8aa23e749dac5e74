"""One case: scope, events, notifications."""
