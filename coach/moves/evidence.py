"""Which words of a turn carry a move: the clause to which the detector's token logits give most."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

_CLAUSE_END = re.compile(r"[.!?;:,…]+[\"'”’)]*\s+|\s+[-–—]+\s+|\s+(?=(?:but|because|so|although)\s)")
_MIN_WORDS = 3
_NEIGHBOUR_SHARE = 0.6
"""A clause beside the strongest one belongs to the evidence if it carries at least this share of it."""


def clauses(text: str) -> list[tuple[int, int]]:
    """Half-open character ranges of the clauses of ``text``; shorter ones join the clause before."""
    edges = [0, *(match.end() for match in _CLAUSE_END.finditer(text)), len(text)]
    spans: list[tuple[int, int]] = []
    for start, end in pairwise(edges):
        if start == end:
            continue
        if spans and len(text[start:end].split()) < _MIN_WORDS:
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    if len(spans) > 1 and len(text[slice(*spans[0])].split()) < _MIN_WORDS:
        spans[:2] = [(spans[0][0], spans[1][1])]
    return spans


def strongest(text: str, offsets: Sequence[tuple[int, int]], weight: NDArray[np.float32]) -> tuple[int, int]:
    """The range of ``text`` that carries a move.

    ``offsets`` are the tokens' character ranges, ``weight`` their logits for the move, shape (tokens,).
    """
    spans = clauses(text)
    if not spans:
        return (0, len(text))
    means = []
    for start, end in spans:
        inside = [float(weight[i]) for i, (a, b) in enumerate(offsets) if a < b and start <= a < end]
        means.append(float(np.mean(inside)) if inside else -np.inf)
    floor = min(value for value in means if np.isfinite(value)) if np.isfinite(means).any() else 0.0
    share = [value - floor for value in means]
    best = int(np.argmax(share))
    first = last = best
    while first > 0 and share[first - 1] > _NEIGHBOUR_SHARE * share[best]:
        first -= 1
    while last + 1 < len(spans) and share[last + 1] > _NEIGHBOUR_SHARE * share[best]:
        last += 1
    start, end = spans[first][0], spans[last][1]
    return (start, start + len(text[start:end].rstrip()))
