"""The room of review: a recording heard again, with its words, flags and repairs."""
