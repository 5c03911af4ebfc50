"""Inside an event's transaction: its effects carried out, and what other conversations hear of it."""
