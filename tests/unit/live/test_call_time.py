"""A call counts its seconds by the sound that came in, and moves on by the time in which none did."""

from __future__ import annotations

import numpy as np
import pytest

from coach.events import SAMPLE_RATE_HZ, Block
from coach.live.blackout import ReadAhead
from coach.live.call_time import CallTime
from tests.fakes import engine


class Arriving(engine.FakeSource):
    """Blocks that each came in at a moment of the clock."""

    def __init__(self, *arrived: tuple[Block, float]) -> None:
        super().__init__([block for block, _ in arrived])
        self._at = [at_s for _, at_s in arrived]
        self.arrived_s: float | None = None

    def read(self, timeout_s: float) -> Block | None:
        block = super().read(timeout_s)
        if block is not None:
            self.arrived_s = self._at.pop(0)
        return block


def second(start_s: float) -> Block:
    return Block(np.zeros(SAMPLE_RATE_HZ, np.float32), start_s)


class Rig:
    def __init__(self, *arrived: tuple[Block, float], timed: bool = True) -> None:
        self.clock_s = 100.0
        self.ahead = ReadAhead(Arriving(*arrived))
        self.time = CallTime(lambda: self.clock_s, self.ahead, timed=timed)

    def hear(self) -> Block:
        block = self.ahead.read(0.0)
        assert block is not None
        placed = self.time.placed(block)
        self.time.in_hand(placed)
        self.time.reach(placed)
        return placed


def test_sound_after_a_gap_stands_at_its_time() -> None:
    """The source counts on as if nothing had been; the call does not."""
    rig = Rig((second(0.0), 101.0), (second(1.0), 108.0))
    rig.hear()
    rig.time.skip(rig.time.now_s, since=101.0, until=107.0)
    assert rig.time.now_s == pytest.approx(7.0)
    assert rig.hear().start_s == pytest.approx(7.0)
    assert (rig.time.now_s, rig.time.now_at) == (pytest.approx(8.0), 108.0)


def test_sound_that_is_left_out_takes_no_time() -> None:
    """What came in during a pause is part of the pause."""
    rig = Rig((second(0.0), 101.0), (second(2.0), 103.0))
    rig.hear()
    rig.time.leave_out(second(1.0))
    assert rig.hear().start_s == pytest.approx(1.0)


def test_a_moment_is_placed_by_the_newest_sound_that_waits() -> None:
    """Where the engine is behind, the moment lies ahead of what it has in hand."""
    rig = Rig((second(0.0), 101.0), (second(1.0), 102.0), (second(2.0), 103.0))
    rig.hear()
    assert rig.time.place(102.5) == (pytest.approx(2.5), pytest.approx(2.5))
    assert rig.hear().start_s == pytest.approx(1.0)


def test_a_moment_before_what_was_heard_is_placed_now() -> None:
    """What was heard is not unheard."""
    rig = Rig((second(0.0), 101.0))
    rig.hear()
    assert rig.time.place(100.2) == (1.0, 1.0)


def test_in_a_recording_every_moment_is_now() -> None:
    """Its sound came in at no time of the clock."""
    rig = Rig((second(0.0), 101.0), timed=False)
    rig.hear()
    assert rig.time.place(150.0) == (1.0, 1.0)


def test_while_no_sound_comes_the_clock_alone_places_a_moment() -> None:
    """As in a pause that began at 4 s."""
    assert Rig().time.place_away(103.0, at_s=4.0, since=101.0) == (6.0, 6.0)


def test_sound_of_a_stream_that_was_opened_again_is_no_older_than_its_opening() -> None:
    """The last sound of the stream before does not count the time since as heard."""
    rig = Rig((second(0.0), 101.0))
    rig.time.opened()
    assert rig.time.last_heard() == 100.0
    rig.hear()
    assert rig.time.last_heard() == 101.0
    rig.clock_s = 109.0
    rig.time.opened()
    assert rig.time.last_heard() == 109.0
