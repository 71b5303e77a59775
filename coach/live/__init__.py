"""What stands beside a running call: its steering, journal, pace, and what is blacked out."""
