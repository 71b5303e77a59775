"""What depends on the machine: its memory, priorities, files, and models that run on it."""
