"""Hides in a call's turns before anything else sees them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from coach.events import Turn, Word
from coach.redaction.hiding import Choice, find, hidden, hide_words, left_open
from coach.redaction.kinds import Finding, Open


@dataclass(frozen=True, slots=True)
class Mended:
    """A turn that was kept already and is to be kept otherwise: its end was the beginning of a number.

    ``said`` are the characters that are hidden now, ``shown`` what took their place.
    """

    turn: Turn
    said: str
    shown: str


class Redactor:
    """Takes one call's turns in order: a number that is read over two turns is one number."""

    def __init__(self, choice: Choice | None = None) -> None:
        self._choice = choice or Choice()
        self._open: Open | None = None
        self._last: tuple[Turn, Sequence[Finding]] | None = None

    def begin_after(self, before: Turn | None) -> None:
        """Take the call up in its middle, after this turn as it is kept: it may ask for what comes next."""
        self._last = None
        self._open = left_open(before.text, find(before.text, self._choice)) if before is not None else None

    def redact(self, turn: Turn) -> tuple[Turn, Mended | None]:
        """``turn`` as it may be kept, and the one before where it must be mended."""
        found = find(turn.text, self._choice, self._open)
        mended = None
        if found and self._open is not None and not self._open.hidden and self._last is not None:
            mended = _mended(*self._last, self._open, turn.text, found[0])
        self._open, self._last = left_open(turn.text, found), (turn, found)
        return hidden(turn, found), mended

    def preview(self, words: tuple[Word, ...]) -> tuple[Word, ...]:
        """Words of the turn that is still open, as they may be shown."""
        text = " ".join(word.text for word in words)
        found = find(text, self._choice, self._open)
        return (hide_words(words, text, found) or ()) if found else words


def _mended(last: Turn, already: Sequence[Finding], end: Open, text: str, first: Finding) -> Mended | None:
    """``last`` with its end hidden too, if the next turn's ``first`` finding goes on with it."""
    if len(text[: first.start].split()) > _MOST_BEFORE:
        return None
    stop = len(last.text.rstrip(" .,;:!?-"))
    more = Finding(end.start, stop, first.kind)
    return Mended(hidden(last, [*already, more]), last.text[end.start : stop], f"[{first.kind}]")


_MOST_BEFORE = 3
"""Words such as "and then" before a run that goes on."""
