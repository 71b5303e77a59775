"""Sharing a summary: what would go, what went, who opened it, and the notes that came back."""
