"""Two kinds of error: one the user can act on, one that is ours."""

from __future__ import annotations


class KnownError(Exception):
    """The user can act: one line that says what happened and what to do. Exit code 2.

    ``code`` is stable (``model-missing``, ``no-microphone``, ``store-locked`` ...).
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class BugError(Exception):
    """A promise of our own code was broken. Exit code 1."""
