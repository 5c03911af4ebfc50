"""What `make bench` measures: us and the usual bots, side by side in one run."""
