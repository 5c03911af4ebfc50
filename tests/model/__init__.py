"""Random citizens, officers of several offices and clocks against the real engine, beside a small model of its own."""
