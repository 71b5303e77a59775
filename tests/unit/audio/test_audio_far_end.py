"""The customer, out of the loudspeaker, is told from the agent, by what the output plays."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.rooms import Floats, filtered, response, room_noise
from coach.audio.far_end import Cell, LeakDetector, Leaks, solve_toeplitz
from coach.audio.output_monitor import HELD_S, CorrelatedFarEnd
from coach.events import Block

RATE = 16_000


def voice(seed: int, seconds: float = 8.0) -> Floats:
    """Something like speech: noise with moving resonances, in syllables, and pauses of its own."""
    rng = np.random.default_rng(seed)
    size = round(seconds * RATE)
    at_s = np.arange(size) / RATE
    pitch = 2 * np.pi * np.cumsum(rng.uniform(100, 220) * (1 + 0.1 * np.sin(2 * np.pi * 0.7 * at_s))) / RATE
    source = sum(np.sin(k * pitch) / k for k in range(1, 20)) + 0.5 * rng.standard_normal(size)
    syllables = np.repeat(rng.uniform(0.2, 1.0, size // 3_200 + 1), 3_200)[:size]
    return (0.05 * source * syllables).astype(np.float32)


def room(seed: int, delay_s: float = 0.1) -> Floats:
    return response(np.random.default_rng(seed), delay_s, 0.3, 5.0)


NOISE = room_noise(np.random.default_rng(9), 8.0, -60.0)
FAR, NEAR = voice(1), voice(2)
LEAK = filtered(FAR, room(3))


def cells(
    microphone: Floats, far: Floats, sizes: tuple[int, ...] = (640,), start_s: float = 0.0
) -> list[Cell]:
    detector, found, at, turn = LeakDetector(), [], 0, 0
    while at < len(microphone):
        piece = slice(at, at + sizes[turn % len(sizes)])
        block = Block(microphone[piece], start_s + at / RATE)
        found += detector.feed(block, far[piece])
        at, turn = at + len(block.samples), turn + 1
    return found


def leaked(microphone: Floats, far: Floats) -> bool:
    leaks = Leaks()
    leaks.add(cells(microphone, far))
    return leaks.leaked(1.0, 7.0)


def test_the_loudspeaker_alone_is_a_leak() -> None:
    """The customer's voice in the microphone is explained by the output, room and noise notwithstanding."""
    assert leaked(0.3 * LEAK + NOISE, FAR)


@pytest.mark.parametrize("far", [FAR, np.zeros_like(FAR)])
def test_the_agent_is_no_leak_whoever_speaks_at_the_far_end(far: Floats) -> None:
    """With a headset on, the agent's own words are never dropped."""
    assert not leaked(NEAR + NOISE, far)


def test_the_agent_over_a_leak_is_kept() -> None:
    """Both at once: the agent is louder at their own microphone, and counts."""
    assert not leaked(NEAR + 0.3 * LEAK + NOISE, FAR)


def test_only_the_span_of_the_leak_is_dropped() -> None:
    """First the customer out of the loudspeaker, then the agent."""
    half = len(NEAR) // 2
    both = np.concatenate([LEAK[:half], NEAR[half:]]) + NOISE
    far = np.concatenate([FAR[:half], np.zeros(len(FAR) - half, np.float32)])
    leaks = Leaks()
    leaks.add(cells(both, far))
    assert leaks.leaked(0.5, 3.5)
    assert not leaks.leaked(4.5, 7.0)
    assert not leaks.leaked(60.0, 62.0), "what was never judged is not called a leak"


def test_an_answer_need_not_wait_for_certainty() -> None:
    """A short "yes" out of the loudspeaker is told at once when it ends, not half a second later."""
    played, microphone = FakePlayed(), 0.3 * LEAK + NOISE
    far_end = CorrelatedFarEnd(played)
    for at in range(0, 5 * RATE, 640):
        played.waiting = [FAR[at : at + 640]]
        far_end.hear(Block(microphone[at : at + 640], at / RATE))
    assert far_end.leaked(4.5, 5.0)
    assert not far_end.leaked(5.5, 6.0)


@settings(max_examples=12)
@given(delay_s=st.floats(0.0, 0.44), seed=st.integers(0, 100), gain=st.floats(0.1, 1.5))
def test_a_leak_is_found_however_late_and_loud(delay_s: float, seed: int, gain: float) -> None:
    """The delay of the sound system and the level do not matter, from 8 dB above the room's noise."""
    assert leaked(gain * filtered(FAR, room(seed, delay_s)) + NOISE, FAR)


@settings(max_examples=12)
@given(sizes=st.lists(st.integers(1, 100_000), min_size=1, max_size=4))
def test_blocks_of_any_size_are_judged_alike(sizes: list[int]) -> None:
    """Cells follow each other without a gap, in call time, and say the same."""
    microphone = (0.3 * LEAK + NOISE)[: 3 * RATE]
    sizes = [*sizes, 5_000]
    found = cells(microphone, FAR[: 3 * RATE], tuple(sizes), start_s=100.0)
    expected = cells(microphone, FAR[: 3 * RATE], (len(microphone),), start_s=100.0)
    assert [cell.start_s for cell in found] == pytest.approx([cell.start_s for cell in expected])
    assert [cell.explained for cell in found] == pytest.approx([cell.explained for cell in expected])
    assert 100.0 < found[0].start_s < 100.5
    for before, after in itertools.pairwise(found):
        assert after.start_s == pytest.approx(before.end_s)


@settings(max_examples=20)
@given(size=st.integers(1, 40), seed=st.integers(0, 1_000))
def test_the_equations_are_solved(size: int, seed: int) -> None:
    """Levinson gives what the full matrix gives."""
    rng = np.random.default_rng(seed)
    sound = rng.standard_normal(500)
    column = np.correlate(sound, sound, "full")[499 : 499 + size]
    right = rng.standard_normal(size)
    matrix = column[np.abs(np.subtract.outer(np.arange(size), np.arange(size)))]
    assert np.allclose(matrix @ solve_toeplitz(column.copy(), right), right, atol=1e-8)


class FakePlayed:
    """An output that hands over what the test played."""

    def __init__(self) -> None:
        self.waiting: list[Floats] = []
        self.started = 0
        self.running = False

    def start(self) -> None:
        self.started += 1
        self.running = True

    def take(self) -> Floats:
        taken, self.waiting = self.waiting, []
        return np.concatenate([np.zeros(0, np.float32), *taken])

    def stop(self) -> None:
        self.running = False


def run_call(far_end: CorrelatedFarEnd, played: FakePlayed, *, late: int = 0, lumps: int = 1) -> None:
    """A call with a leak: the output ``late`` blocks behind, the engine reading ``lumps`` blocks at a time.

    It is idle for the first second.
    """
    microphone = 0.3 * LEAK + NOISE
    blocks = [Block(microphone[at : at + 640], at / RATE) for at in range(0, len(microphone), 640)]
    for first in (*range(25), *range(25, len(blocks), lumps)):
        count = lumps if first >= 25 else 1
        for index in range(first, min(first + count, len(blocks))):
            source = index - late
            if source >= 0:
                played.waiting.append(FAR[640 * source : 640 * source + 640])
        for block in blocks[first : first + count]:
            far_end.hear(block)


@pytest.mark.parametrize(("late", "lumps"), [(0, 1), (2, 1), (0, 12), (1, 7)])
def test_streams_are_paired_by_counting(late: int, lumps: int) -> None:
    """However late either is read: the recorder behind the microphone, the engine busy for half a second."""
    played = FakePlayed()
    far_end = CorrelatedFarEnd(played)
    run_call(far_end, played, late=late, lumps=lumps)
    assert far_end.leaked(2.0, 7.0)


def test_nothing_of_the_far_end_is_held_for_long() -> None:
    """An engine far behind gets no far end for what it missed, and judges rightly again afterwards."""
    played = FakePlayed()
    far_end = CorrelatedFarEnd(played)
    microphone = 0.3 * LEAK + NOISE
    blocks = [Block(microphone[at : at + 640], at / RATE) for at in range(0, len(microphone), 640)]
    played.waiting = [FAR[:640]]
    far_end.hear(blocks[0])
    played.waiting = [FAR[640 : 75 * 640]]
    for block in blocks[1:75]:
        far_end.hear(block)
        assert len(far_end._far) <= HELD_S * RATE
    for index, block in enumerate(blocks[75:], 75):
        played.waiting = [FAR[640 * index : 640 * index + 640]]
        far_end.hear(block)
        detector = far_end._detector
        assert detector is not None
        assert len(detector._played) / 8_000 + len(far_end._far) / RATE <= 2.0
    assert far_end.leaked(4.5, 7.0)


def test_a_pause_lets_go_of_the_output() -> None:
    """While the call pauses nothing is observed; afterwards it begins anew."""
    played = FakePlayed()
    far_end = CorrelatedFarEnd(played)
    far_end.hear(Block(NOISE[:640], 0.0))
    assert played.running
    far_end.rest()
    assert not played.running
    far_end.hear(Block(NOISE[:640], 30.0))
    assert (played.running, played.started) == (True, 2)
    far_end.hear(Block(NOISE[:640], 90.0))
    assert played.started == 3, "a gap in the call ends what was paired"
    far_end.rest()


def test_an_output_that_falls_silent_for_good_is_no_leak() -> None:
    """The recorder ended: the agent is heard as ever, nothing waits and grows."""
    played = FakePlayed()
    far_end = CorrelatedFarEnd(played)
    for at in range(0, len(NEAR), 640):
        if at < RATE:
            played.waiting = [FAR[at : at + 640]]
        far_end.hear(Block(NEAR[at : at + 640], at / RATE))
        assert sum(len(block.samples) for block in far_end._waiting) <= HELD_S * RATE + 640
    assert not far_end.leaked(2.0, 7.0)
