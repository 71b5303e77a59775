"""Recordings in line: what waits, how far it is, and what became of each."""
