"""The whole of JagaNetral as people meet it: the real process, the real page, a real browser."""
