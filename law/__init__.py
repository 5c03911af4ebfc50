"""What the rules say: regimes, requirements, clocks and calendars, as data; pure, standard library only."""
