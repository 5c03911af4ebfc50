"""What we say and decide: pure talk, standard library only; no clock, no network, no storage."""
