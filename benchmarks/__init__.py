"""What `make bench` measures, each figure beside its bar. One past its bar ends the run badly."""
