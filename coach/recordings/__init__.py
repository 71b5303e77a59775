"""Many recordings at once: which ones a folder holds, which were reviewed before, and what became of each."""
