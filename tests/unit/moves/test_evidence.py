"""Which words carry a move."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.moves.evidence import clauses, strongest

TEXT = "Thank you for holding, I have your file here. You should have called us sooner, but I can fix it."


def weight_on(phrase: str) -> tuple[list[tuple[int, int]], np.ndarray]:
    """One token per word; the words of ``phrase`` carry the move."""
    offsets, at = [], 0
    for word in TEXT.split():
        at = TEXT.index(word, at)
        offsets.append((at, at + len(word)))
        at += len(word)
    start = TEXT.index(phrase)
    inside = [start <= a < start + len(phrase) for a, _ in offsets]
    return offsets, np.where(inside, 5.0, -3.0).astype(np.float32)


def test_the_clause_that_carries_the_move_is_the_evidence() -> None:
    """The agent sees the words meant, not the whole turn."""
    offsets, weight = weight_on("You should have called us sooner,")
    start, end = strongest(TEXT, offsets, weight)
    assert TEXT[start:end] == "You should have called us sooner,"


def test_neighbouring_clauses_that_carry_it_too_are_joined() -> None:
    """A move that runs over a comma is quoted whole."""
    offsets, weight = weight_on("Thank you for holding, I have your file here.")
    start, end = strongest(TEXT, offsets, weight)
    assert TEXT[start:end] == "Thank you for holding, I have your file here."


@given(st.text(max_size=80))
@settings(max_examples=200)
def test_clauses_cover_the_text_without_overlap(text: str) -> None:
    """Every character belongs to exactly one clause, whatever was said."""
    spans = clauses(text)
    assert "".join(text[start:end] for start, end in spans) == text
    assert all(start < end for start, end in spans)


@given(st.text(max_size=60), st.integers(0, 5))
@settings(max_examples=200)
def test_evidence_stays_inside_the_text(text: str, tokens: int) -> None:
    """Offsets can always be underlined."""
    offsets = [(i, i + 1) for i in range(min(tokens, len(text)))]
    start, end = strongest(text, offsets, np.ones(len(offsets), dtype=np.float32))
    assert 0 <= start <= end <= len(text)
