"""What goes out: the outbox worked within each platform's limits, the pages woken."""
