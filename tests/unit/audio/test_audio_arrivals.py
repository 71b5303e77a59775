"""Sound that was lost in a stall is told from sound that only came late."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.audio.arrivals import LEAST_S, Arrivals

BLOCK_S = 0.04


def lost(arrived: list[float], block_s: float = BLOCK_S) -> list[float]:
    arrivals = Arrivals()
    found = [arrivals.feed(at_s, (index + 1) * block_s) for index, at_s in enumerate(arrived)]
    return [seconds for seconds in found if seconds]


@pytest.mark.parametrize("stall_s", [0.5, 1.0, 5.0])
def test_a_stall_that_loses_its_sound_is_measured(stall_s: float) -> None:
    """The device went on, nobody took its sound: exactly that much is missing."""
    before = [index * BLOCK_S for index in range(50)]
    after = [before[-1] + stall_s + index * BLOCK_S for index in range(50)]
    assert lost(before + after) == pytest.approx([stall_s - BLOCK_S], abs=0.005)


@pytest.mark.parametrize("stall_s", [0.5, 1.0, 5.0])
def test_a_stall_that_is_made_up_for_loses_nothing(stall_s: float) -> None:
    """What was held is handed over in one go: the time is right, nothing is marked."""
    on_time = [index * BLOCK_S for index in range(300)]
    until = on_time[50] + stall_s
    assert lost([at if at <= on_time[50] else max(at, until) for at in on_time]) == []


@settings(max_examples=60)
@given(
    jitter_s=st.floats(0.0, 0.2),
    drift=st.floats(-0.0003, 0.0003),
    seed=st.integers(0, 10_000),
)
def test_jitter_and_a_wrong_clock_are_no_loss(jitter_s: float, drift: float, seed: int) -> None:
    """Late now and then, or a device clock that is a little off: ten minutes without a false mark."""
    rng = np.random.default_rng(seed)
    late = rng.uniform(0.0, jitter_s, 15_000)
    arrived = np.maximum.accumulate(np.arange(15_000) * BLOCK_S * (1 + drift) + late)
    assert lost(arrived.tolist()) == []


def test_big_blocks_from_a_slow_source_are_no_loss() -> None:
    """A virtual device hands over two seconds at a time."""
    arrived = [2.0 * (index // 50 + 1) for index in range(1_000)]
    assert lost(arrived) == []
    assert LEAST_S > BLOCK_S
