"""What `make bench` measures. Figures are for comparing, not for passing or failing."""
