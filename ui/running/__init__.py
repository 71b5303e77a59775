"""The running call on the side of the windows: who starts it, and what follows it."""
