"""Who works on cases: leaving, absence, duty."""
