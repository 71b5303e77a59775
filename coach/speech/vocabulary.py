"""The agent's own names and terms: bounded on the way in, and kept from taking over the text. Pure.

Whisper is shown them as if they had been said before, so it spells them right when it hears them. Shown too
many, or over doubtful sound, it would also write them where nobody said them.
"""

from __future__ import annotations

from collections.abc import Sequence

from coach.settings import MAX_TERM_CHARS, MAX_TERMS
from coach.speech.agreement import plain
from coach.speech.trust import Segment

_SURE = 0.5
"""A term less probable than this in its place was read into the sound rather than heard."""
_MOST_SHARE = 0.5
_FEW_WORDS = 6


def bounded(terms: Sequence[str]) -> tuple[str, ...]:
    """The terms that are used: without empty ones and repeats, at most ``MAX_TERMS``."""
    cleaned = (" ".join(term.split())[:MAX_TERM_CHARS] for term in terms)
    return tuple(dict.fromkeys(term for term in cleaned if plain(term)))[:MAX_TERMS]


def overreaches(segment: Segment, terms: Sequence[str]) -> bool:
    """True where terms stand in the text that the recogniser is not sure of, or little else does."""
    known = {plain(word) for term in terms for word in term.split()}
    found = [word for word in segment.words if plain(word.text) in known]
    if any(word.probability < _SURE for word in found):
        return True
    return len(found) >= _FEW_WORDS and len(found) > _MOST_SHARE * len(segment.words)
