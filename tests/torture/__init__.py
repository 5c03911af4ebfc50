"""Torture: the real process is killed with -9 at random moments, and nothing may be lost or done twice.

`python -m tests.torture --seed N --kills N` for longer runs; a quick tier runs with the other tests.
"""
