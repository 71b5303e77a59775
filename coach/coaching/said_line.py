"""Whether a turn says the line that a card offers: nobody is judged for saying what they were told to say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from coach.events import Move
from coach.taxonomy import CONTENTIOUS

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_LEAST_SHARE = 0.75
"""Of the line's words, in their order: recognition mishears one, people change another."""
_LEAST_WORDS = 4
_MOST_STRETCH = 1.6
"""How much longer than the line the stretch may be in which its words are found."""

Span = tuple[int, int]


def where_said(line: str, text: str) -> Span | None:
    """The half-open range of characters in which ``text`` says ``line``, word for word or nearly."""
    wanted, (said, found) = _words(line)[0], _words(text)
    if len(wanted) < _LEAST_WORDS or len(found) < _LEAST_SHARE * len(wanted):
        return None
    # Far quicker than the comparison, and it cannot pass where this does not.
    if sum(map(frozenset(said).__contains__, wanted)) < _LEAST_SHARE * len(wanted):
        return None
    blocks = SequenceMatcher(None, wanted, said, autojunk=False).get_matching_blocks()
    if sum(block.size for block in blocks) < _LEAST_SHARE * len(wanted):
        return None
    first, last = blocks[0].b, max(block.b + block.size for block in blocks if block.size) - 1
    if last - first + 1 > _MOST_STRETCH * len(wanted):
        return None
    return found[first][0], found[last][1]


@lru_cache(maxsize=1024)
def _words(text: str) -> tuple[list[str], list[Span]]:
    """Each word as it is compared, and where it stands."""
    found = list(_WORD.finditer(text))
    return [match.group().casefold() for match in found], [match.span() for match in found]


def with_said(moves: Sequence[Move], span: Span, repair: str | None) -> tuple[Move, ...]:
    """``moves`` of a turn that says an offered line in ``span``: with the repair that the line makes.

    What makes a conversation worse stays only where its words are outside of the line.
    """
    kept = [move for move in moves if move.name not in CONTENTIOUS or not _mostly_in(move.evidence, span)]
    if repair is None or any(move.name == repair for move in kept):
        return tuple(kept)
    return (*kept, Move(repair, 1.0, span))


def _mostly_in(inner: Span, outer: Span) -> bool:
    shared = min(inner[1], outer[1]) - max(inner[0], outer[0])
    return shared * 2 > inner[1] - inner[0]
