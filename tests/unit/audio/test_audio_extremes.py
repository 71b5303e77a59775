"""Silence and clipping are measured the same whatever the pieces."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from coach.audio.extremes import PIECE, Extremes
from coach.events import Samples


def of(*pieces: Samples) -> Extremes:
    found = Extremes()
    for piece in pieces:
        found.take(piece)
    return found


def test_silence_is_silent_and_a_voice_is_not() -> None:
    """Hiss a hundred times fainter than speech counts as silence."""
    hiss = np.random.default_rng(1).normal(0, 0.002, 16_000).astype(np.float32)
    assert of(hiss).silent
    assert of().silent
    assert not of(hiss * 50).silent
    assert not of(hiss * 50).clipped


def test_one_peak_is_no_clipping_and_many_are() -> None:
    """A tenth of a percent of the time at full scale is too loud."""
    quiet = np.zeros(PIECE * 5000, np.float32)
    quiet[7] = 1.0
    assert not of(quiet).clipped
    quiet[:: PIECE * 100] = -1.0
    assert of(quiet).clipped


@given(st.lists(st.integers(1, 40), max_size=8), st.integers(0, 2**16))
def test_whole_pieces_may_come_in_any_number(sizes: list[int], seed: int) -> None:
    """Blocks of whole pieces give what one block gives."""
    loud = np.random.default_rng(seed).normal(0, 0.5, PIECE * sum(sizes)).clip(-1, 1).astype(np.float32)
    cuts = np.cumsum([size * PIECE for size in sizes])[:-1] if sizes else []
    apart, whole = of(*np.split(loud, cuts)), of(loud)
    assert (apart.clipped, apart.silent) == (whole.clipped, whole.silent)
