"""What becomes of a call when its microphone is lost, dead, or changed."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np
import pytest

from coach.errors import KnownError
from coach.events import (
    SAMPLE_RATE_HZ,
    Block,
    CallRecord,
    Failure,
    Gap,
    Level,
    SessionPaused,
    SessionResumed,
    SessionStopped,
)
from coach.live.hearer import Ready
from coach.live.journal import Journal
from coach.pipeline import Coach, Pipeline
from coach.session import Session
from tests.fakes import engine
from tests.fakes.session_rig import Followed

GONE = KnownError("microphone-gone", "The microphone is gone. Plug it in again.")


class TimedSource(engine.FakeSource):
    """A microphone that knows when its sound came in, and can be another.

    ``allowed`` are those that are there; ``chosen`` is what another hears first.
    """

    def __init__(self, items: Sequence[Block | KnownError | None], arrivals: Sequence[float] = ()) -> None:
        super().__init__(items)
        self.endless = True
        self.arrivals = list(arrivals)
        self.arrived_s: float | None = None
        self.key: str | None = "first"
        self.allowed: set[str | None] = {"first", "second", None}
        self.chosen: list[Block] = []
        self.ended: KnownError | None = None

    def choose(self, device_key: str | None) -> None:
        self.key, self.name = device_key, device_key or "default microphone"
        for block in self.chosen:
            self.items.put(block)

    def start(self) -> None:
        super().start()
        if self.key not in self.allowed:
            raise KnownError("microphone-unknown", "It is not there.")

    def stop(self) -> None:
        super().stop()
        self.ended = None

    def read(self, timeout_s: float) -> Block | None:
        block = super().read(timeout_s)
        if block is not None and self.arrivals:
            self.arrived_s = self.arrivals.pop(0)
        return block


class Rig(Followed):
    """A live session over a ``TimedSource``, whose clock the test sets."""

    def __init__(self, source: TimedSource) -> None:
        self.source = source
        self.clock_s = 5.0
        coach = Coach(
            CallRecord(engine.header()), engine.FakeDetector({}), engine.FakeExtractor(), engine.FakePolicy()
        )
        self.pipeline = Pipeline(engine.FakeHearing([]), coach)
        journal = Journal(engine.FakeStore(), coach.record, {})
        super().__init__()
        ready = Ready(self.pipeline, journal)
        self.session = Session(source, engine.header(), ready, self.heard.put, clock=lambda: self.clock_s)
        self.session.start()

    def finish(self) -> SessionStopped:
        self.session.stop()
        return self.ended()

    def failures(self) -> list[tuple[str, bool]]:
        return [(event.code, event.recovered) for event in self.seen if isinstance(event, Failure)]


def loud(start_s: float, length_s: float = 0.5) -> Block:
    samples = np.random.default_rng(1).normal(0, 0.1, round(length_s * SAMPLE_RATE_HZ))
    return Block(samples.astype(np.float32), start_s)


def test_a_lost_microphone_leaves_a_gap_as_long_as_it_was_lost() -> None:
    """From the last sound to the first, however late the loss was noticed and the engine ran."""
    rig = Rig(TimedSource([loud(0.0), GONE, loud(0.5)], arrivals=[10.0, 17.0]))
    gap = rig.until(Gap)
    level = rig.until(Level)
    stopped = rig.finish()
    assert isinstance(gap, Gap)
    assert isinstance(level, Level)
    assert (gap.start_s, gap.end_s) == pytest.approx((0.5, 7.0))
    assert level.at_s == pytest.approx(7.5)
    assert stopped.record.gaps == [gap]
    assert rig.failures() == [("microphone-gone", False), ("microphone-gone", True)]


def test_a_microphone_lost_before_its_call_began_leaves_a_gap_since_its_last_sound() -> None:
    """It was open while the models loaded, and went then: what was lost until the call began counts too."""
    rig = Rig(TimedSource([loud(0.0), GONE, loud(0.5)], arrivals=[2.0, 9.0]))
    gap = rig.until(Gap)
    rig.finish()
    assert isinstance(gap, Gap)
    assert (gap.start_s, gap.end_s) == pytest.approx((0.5, 7.0))


def test_a_loss_is_told_before_all_that_was_heard_is_worked_off() -> None:
    """An engine that is a minute behind does not keep the news for a minute; it is told once."""
    source = TimedSource([loud(0.0), loud(0.5), loud(1.0), GONE, loud(1.5)])
    source.ended = GONE
    rig = Rig(source)
    told = rig.until(Failure)
    rig.until(Gap)
    rig.finish()
    assert isinstance(told, Failure)
    assert told.at_s == pytest.approx(0.5)
    assert rig.failures() == [("microphone-gone", False), ("microphone-gone", True)]


def test_a_loss_told_early_is_over_with_another_microphone_and_the_next_one_is_told() -> None:
    """The agent takes another before the engine has come to the loss."""
    source = TimedSource([loud(0.0)])
    source.ended = GONE
    rig = Rig(source)
    rig.until(Failure)
    source.chosen = [loud(0.5)]
    rig.session.use_microphone("second")
    rig.until(Gap)
    source.allowed = set()
    source.items.put(GONE)
    rig.until(Failure)
    rig.finish()
    assert rig.failures() == [
        ("microphone-gone", False),
        ("microphone-gone", True),
        ("microphone-gone", False),
    ]


def test_a_microphone_that_opens_and_stays_silent_is_told_once() -> None:
    """Back is only what is heard; until then one banner stands, whatever is tried."""
    rig = Rig(TimedSource([loud(0.0), GONE, GONE, GONE, loud(0.5)], arrivals=[10.0, 12.0]))
    rig.until(Gap)
    rig.until(Level)
    rig.finish()
    assert rig.failures() == [("microphone-gone", False), ("microphone-gone", True)]
    assert rig.source.starts == 4


def test_the_microphone_can_be_changed_in_a_call() -> None:
    """What was heard is kept, the change is marked, nothing is told as a fault."""
    rig = Rig(TimedSource([loud(0.0)], arrivals=[10.0, 10.9]))
    rig.until(Level)
    rig.source.chosen = [loud(0.5)]
    rig.session.use_microphone("second")
    gap = rig.until(Gap)
    stopped = rig.finish()
    assert isinstance(gap, Gap)
    assert gap.reason == "microphone changed"
    assert rig.source.key == "second"
    assert rig.failures() == []
    assert stopped.record.gaps == [gap]


def test_another_microphone_ends_the_wait_for_the_lost_one() -> None:
    """The headset is broken: the agent takes the other, and the call goes on."""
    source = TimedSource([loud(0.0), GONE])
    rig = Rig(source)
    rig.until(Level)
    source.allowed = {"second"}
    rig.until(Failure)
    rig.session.use_microphone("second")
    source.items.put(loud(0.5))
    rig.until(Gap)
    rig.finish()
    assert rig.failures()[-1] == ("microphone-gone", True)


def test_a_choice_that_is_not_there_is_told() -> None:
    """The microphone chosen is not plugged in: a banner says so, and it is waited for."""
    source = TimedSource([loud(0.0)])
    source.allowed = {"first"}
    rig = Rig(source)
    rig.until(Level)
    rig.session.use_microphone("second")
    told = rig.until(Failure)
    assert isinstance(told, Failure)
    assert (told.code, told.recovered) == ("microphone-unknown", False)
    rig.session.use_microphone("first")
    source.items.put(loud(0.5))
    back = rig.until(Failure)
    rig.finish()
    assert isinstance(back, Failure)
    assert back.recovered


def test_a_pause_while_the_microphone_is_lost_counts_every_second_once() -> None:
    """Lost, paused, resumed, found: the gaps follow each other and do not overlap."""
    source = TimedSource([loud(0.0), GONE])
    rig = Rig(source)
    rig.until(Level)
    source.allowed = set()
    rig.until(Failure)
    rig.clock_s = 8.0
    rig.session.pause()
    rig.until(SessionPaused)
    rig.clock_s = 20.0
    source.allowed = {"first"}
    rig.session.resume()
    rig.until(SessionResumed)
    rig.clock_s = 22.0
    source.items.put(loud(0.5))
    rig.until(Level)
    gaps = rig.finish().record.gaps
    assert [gap.reason for gap in gaps] == ["no microphone", "paused", "no microphone"]
    for before, after in itertools.pairwise(gaps):
        assert after.start_s == pytest.approx(before.end_s)
    assert gaps[1].end_s - gaps[1].start_s == pytest.approx(12.0)
    assert gaps[-1].end_s == pytest.approx(0.5 + 3.0 + 12.0 + 1.5)


def test_a_call_that_ends_without_its_microphone_says_what_it_missed() -> None:
    """The time until the end is a gap too."""
    source = TimedSource([loud(0.0), GONE])
    rig = Rig(source)
    rig.until(Level)
    source.allowed = set()
    rig.until(Failure)
    rig.clock_s = 65.0
    stopped = rig.finish()
    assert [(gap.start_s, gap.end_s) for gap in stopped.record.gaps] == [(0.5, 60.5)]
    assert stopped.record.duration_s == pytest.approx(60.5)


def test_a_dead_microphone_is_told_in_the_call_and_taken_back() -> None:
    """Three seconds of nothing, then sound."""
    rig = Rig(TimedSource([engine.block(0.5 * index) for index in range(6)]))
    told = rig.until(Failure)
    rig.source.items.put(loud(3.0))
    back = rig.until(Failure)
    rig.finish()
    assert isinstance(told, Failure)
    assert isinstance(back, Failure)
    assert (told.code, told.at_s <= 3.0) == ("microphone-silent", True)
    assert (back.code, back.recovered) == ("microphone-silent", True)
