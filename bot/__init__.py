"""How we reach people: everything that waits, sends and listens."""
