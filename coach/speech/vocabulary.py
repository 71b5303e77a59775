"""The agent's own names and terms: bounded on the way in, kept from taking over the text. Pure.

Whisper spells a name right when it is shown it as if it had been said before. Shown many, it hears
other words worse, and over doubtful sound it writes names nobody said. So it is shown only those terms
that the plain hearing comes near, and the text with them counts only where it is the likelier one.
"""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from coach.events import Word
from coach.settings import MAX_TERM_CHARS, MAX_TERMS
from coach.speech.agreement import plain

_MOST_SHARE = 0.5
_KEPT_SHARE = 0.8
"""Of the words that are no terms, so many must be those heard without the list."""
_NEAR = 0.6
"""Whisper's mishearing of a name shares so many of its letters with it, in order."""
_MOST_SHOWN = 5
_FEW_WORDS = 6


def bounded(terms: Sequence[str]) -> tuple[str, ...]:
    """The terms that are used: without empty ones and repeats, at most ``MAX_TERMS``."""
    cleaned = (" ".join(term.split())[:MAX_TERM_CHARS] for term in terms)
    return tuple(dict.fromkeys(term for term in cleaned if plain(term)))[:MAX_TERMS]


def likely_terms(words: Sequence[Word], terms: Sequence[str]) -> tuple[str, ...]:
    """The terms that some words of a plain hearing sound like without being them; the likeliest few."""
    heard = [plain(word.text) for word in words]
    nearness = [(_nearest(heard, term), term) for term in terms]
    near = sorted((one for one in nearness if _NEAR <= one[0] < 1.0), key=lambda one: -one[0])
    return tuple(term for _, term in near[:_MOST_SHOWN])


def _nearest(heard: Sequence[str], term: str) -> float:
    """How like the term, letter by letter, any run of heard words is: 1 where it stands there as it is."""
    wanted = "".join(plain(word) for word in term.split())
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(wanted)
    best = 0.0
    for size in range(1, len(term.split()) + 2):
        for at in range(len(heard) - size + 1):
            matcher.set_seq1("".join(heard[at : at + size]))
            if matcher.real_quick_ratio() > best and matcher.quick_ratio() > best:
                best = max(best, matcher.ratio())
    return best


def mentions(words: Sequence[Word], terms: Sequence[str]) -> bool:
    """Whether any word is one of ``terms``, or part of one."""
    return bool(_found(words, terms))


def overreaches(before: Sequence[Word], after: Sequence[Word], terms: Sequence[str]) -> bool:
    """True where ``after``, heard with ``terms``, is little else than terms, or has other words changed."""
    found = _found(after, terms)
    if len(found) >= _FEW_WORDS and len(found) > _MOST_SHARE * len(after):
        return True
    others = [plain(word.text) for word in after if word not in found]
    same = SequenceMatcher(None, [plain(word.text) for word in before], others, autojunk=False)
    kept = sum(match.size for match in same.get_matching_blocks())
    return kept < _KEPT_SHARE * len(others)


def _found(words: Sequence[Word], terms: Sequence[str]) -> list[Word]:
    known = {plain(word) for term in terms for word in term.split()}
    return [word for word in words if plain(word.text) in known]
