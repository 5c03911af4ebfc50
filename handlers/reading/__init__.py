"""From people's own words to what they mean; None rather than wrong."""
