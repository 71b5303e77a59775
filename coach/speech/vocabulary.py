"""The agent's own names and terms: bounded on the way in, and kept from taking over the text. Pure.

Whisper is shown them as if they had been said before, so it spells them right when it hears them. Shown too
many, or over doubtful sound, it would also write them where nobody said them.
"""

from __future__ import annotations

from collections.abc import Sequence

from coach.events import Word
from coach.settings import MAX_TERM_CHARS, MAX_TERMS
from coach.speech.agreement import plain

_SURE = 0.5
"""A term less probable than this in its place was read into the sound rather than heard."""
_MOST_SHARE = 0.5
_FEW_WORDS = 6


def bounded(terms: Sequence[str]) -> tuple[str, ...]:
    """The terms that are used: without empty ones and repeats, at most ``MAX_TERMS``."""
    cleaned = (" ".join(term.split())[:MAX_TERM_CHARS] for term in terms)
    return tuple(dict.fromkeys(term for term in cleaned if plain(term)))[:MAX_TERMS]


def mentions(words: Sequence[Word], terms: Sequence[str]) -> bool:
    """Whether any word is one of ``terms``, or part of one."""
    return bool(_found(words, terms))


def overreaches(words: Sequence[Word], terms: Sequence[str]) -> bool:
    """True where terms stand in the text that the recogniser is not sure of, or little else does."""
    found = _found(words, terms)
    if any(word.probability < _SURE for word in found):
        return True
    return len(found) >= _FEW_WORDS and len(found) > _MOST_SHARE * len(words)


def _found(words: Sequence[Word], terms: Sequence[str]) -> list[Word]:
    known = {plain(word) for term in terms for word in term.split()}
    return [word for word in words if plain(word.text) in known]
