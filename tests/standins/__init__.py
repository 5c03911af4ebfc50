"""What stands in for the platforms in tests, bench and torture."""
