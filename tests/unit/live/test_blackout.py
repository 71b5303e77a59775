"""Blacking out what comes next: nothing of it is heard, kept or shown, whatever happens meanwhile."""

from __future__ import annotations

import threading

import pytest

from coach.errors import KnownError
from coach.events import (
    BlackedOut,
    BlackOutEnded,
    Block,
    Event,
    Failure,
    Gap,
    Level,
    SessionPaused,
    SessionResumed,
    Turn,
)
from coach.live.blackout import REASON, BlackOut, ReadAhead
from tests.fakes import engine
from tests.fakes.waiting import WAIT_S
from tests.unit.test_session import LATER, WRONG, Rig
from tests.unit.test_session_microphone import Rig as TimedRig
from tests.unit.test_session_microphone import TimedSource

CARD = Turn(1, "four two four two", 0.6, 0.9)


class Dark:
    """A black-out over a clock and a place that the test sets."""

    def __init__(self) -> None:
        self.now = 0.0
        self.told: list[Event] = []
        self.flushed = 0
        self.black_out = BlackOut(lambda: self.now, lambda at: (at, at), self.told.append, self._flush)

    def _flush(self) -> None:
        self.flushed += 1

    def press(self, at: float, seconds: float = 30.0) -> None:
        self.now = at
        self.black_out.press(seconds)
        self.black_out.take_presses()

    def dropped(self, *starts: float) -> list[float]:
        return [start for start in starts if self.black_out.drops(engine.block(start))]


def test_from_the_press_on_for_its_time_nothing_is_heard() -> None:
    """Blocks of half a second: those before and after are heard; what was said before is finished first."""
    dark = Dark()
    dark.press(10.0)
    assert dark.dropped(9.0, 9.5, 10.0, 10.5, 39.5, 40.0, 40.5) == [10.0, 10.5, 39.5]
    assert dark.flushed == 1
    assert dark.told == [
        Gap(10.0, 10.0, REASON),
        BlackedOut(10.0, 40.0),
        Gap(10.0, 40.0, REASON),
        BlackOutEnded(40.0),
    ]


def test_a_block_that_is_dark_in_part_is_dropped_whole() -> None:
    """Better a syllable too much than a digit too few."""
    dark = Dark()
    dark.press(10.2)
    assert dark.dropped(9.5, 10.0, 40.0, 40.5) == [10.0, 40.0]


def test_pressed_again_it_lasts_longer() -> None:
    """A card that takes its time needs no second start."""
    dark = Dark()
    dark.press(10.0)
    dark.press(20.0)
    assert dark.told[-1] == BlackedOut(20.0, 70.0)
    assert dark.dropped(10.0, 69.5, 70.0) == [10.0, 69.5]
    assert dark.told[-2:] == [Gap(10.0, 70.0, REASON), BlackOutEnded(70.0)]


def test_pressed_once_its_time_is_over_it_begins_anew_with_all_its_time() -> None:
    """No sound came since to tell that it was over: the microphone was away, or the engine is behind."""
    dark = Dark()
    dark.press(10.0)
    dark.press(50.0)
    assert dark.told[-1] == BlackedOut(50.0, 80.0)
    assert dark.dropped(39.5, 45.0, 50.0, 79.5, 80.0) == [39.5, 50.0, 79.5]
    gaps = [one for one in dark.told if isinstance(one, Gap) and one.end_s > one.start_s]
    assert gaps == [Gap(10.0, 40.0, REASON), Gap(50.0, 80.0, REASON)]


def test_it_can_be_ended_early() -> None:
    """The agent need not wait for the end."""
    dark = Dark()
    dark.press(10.0)
    assert dark.dropped(10.0) == [10.0]
    dark.press(12.0, 0.0)
    assert dark.dropped(12.0) == []
    assert dark.told[-2:] == [Gap(10.0, 12.0, REASON), BlackOutEnded(12.0)]
    dark.press(13.0, 0.0)
    assert dark.told[-1] == BlackOutEnded(12.0)


def test_a_pause_in_between_is_a_gap_of_its_own() -> None:
    """The gaps do not overlap, and the rest of the time is dark after the pause."""
    dark = Dark()
    dark.press(10.0)
    dark.black_out.cut(15.0)
    dark.black_out.go_on(25.0)
    assert dark.dropped(25.0, 39.5, 40.0) == [25.0, 39.5]
    gaps = [one for one in dark.told if isinstance(one, Gap) and one.end_s > one.start_s]
    assert gaps == [Gap(10.0, 15.0, REASON), Gap(25.0, 40.0, REASON)]


def test_a_pause_can_outlast_it() -> None:
    """What would have been dark passed in the pause."""
    dark = Dark()
    dark.press(10.0)
    dark.black_out.cut(15.0)
    dark.black_out.go_on(50.0)
    assert dark.dropped(50.0) == []
    assert dark.told[-2:] == [Gap(10.0, 15.0, REASON), BlackOutEnded(50.0)]


def test_looking_ahead_loses_nothing() -> None:
    """Sound that waits is looked at and still read, errors in their place."""
    gone = KnownError("microphone-gone", "Gone.")
    source = engine.FakeSource([engine.block(0.0), engine.block(0.5), gone, engine.block(1.0)])
    ahead = ReadAhead(source)
    newest = ahead.newest()
    assert newest is not None
    assert (newest[0].start_s, newest[1]) == (0.5, None)
    starts: list[float] = []
    for _ in range(5):
        try:
            block = ahead.read(0.0)
            starts += [block.start_s] if block else []
        except KnownError:
            starts.append(-1.0)
        except EOFError:
            break
    assert starts == [0.0, 0.5, -1.0, 1.0]


class Hears(engine.FakeHearing):
    """Remembers which sound it was given; takes its time over each block while ``free`` is not set."""

    def __init__(self) -> None:
        super().__init__([])
        self.blocks: list[Block] = []
        self.busy, self.free = threading.Event(), threading.Event()
        self.free.set()

    def feed(self, block: Block):  # type: ignore[no-untyped-def]
        self.busy.set()
        assert self.free.wait(WAIT_S)
        self.blocks.append(block)
        return super().feed(block)


def dark_call() -> tuple[Rig, Hears]:
    rig = Rig([], [], endless=True)
    hears = Hears()
    rig.pipeline._hearing = hears
    return rig, hears


def test_a_call_goes_on_around_it() -> None:
    """No block of it reaches the ear, the level shows nothing, and the record holds the gap."""
    rig, hears = dark_call()
    rig.session.start()
    rig.source.items.put(engine.block(0.0))
    rig.until(Level)
    rig.session.black_out(1.0)
    rig.until(BlackedOut)
    for start in (0.5, 1.0):
        rig.source.items.put(engine.block(start))
    quiet = rig.until(Level)
    rig.source.items.put(engine.block(1.5))
    rig.until(BlackOutEnded)
    rig.session.stop()
    stopped = rig.finish()
    assert [block.start_s for block in hears.blocks] == [0.0, 1.5]
    assert isinstance(quiet, Level)
    assert quiet.peak_dbfs == -120.0
    assert stopped.record.gaps == [Gap(0.5, 1.5, REASON)]
    assert next(item for item in rig.store.items if isinstance(item, Gap)) == Gap(0.5, 0.5, REASON)


def test_stop_drops_what_is_dark_and_still_waits() -> None:
    """The last sound in the queue is heard at a stop, but not if it is blacked out."""
    rig, hears = dark_call()
    rig.session.start()
    rig.source.items.put(engine.block(0.0))
    rig.until(Level)
    rig.session.black_out()
    rig.until(BlackedOut)
    rig.session.stop()
    for start in (0.5, 1.0):
        rig.source.items.put(engine.block(start))
    stopped = rig.finish()
    assert [block.start_s for block in hears.blocks] == [0.0]
    assert all(gap.reason == REASON for gap in stopped.record.gaps)
    assert isinstance(rig.seen[-2], BlackOutEnded)


def test_it_lasts_over_a_pause() -> None:
    """Resumed too early, the call stays dark."""
    rig, hears = dark_call()
    rig.session.start()
    rig.source.items.put(engine.block(0.0))
    rig.until(Level)
    rig.session.black_out(1000.0)
    rig.until(BlackedOut)
    rig.session.pause()
    rig.until(SessionPaused)
    rig.session.resume()
    rig.until(SessionResumed)
    rig.source.items.put(engine.block(0.5))
    rig.until(Level)
    rig.session.end_black_out()
    rig.until(BlackOutEnded)
    rig.session.stop()
    rig.finish()
    assert [block.start_s for block in hears.blocks] == [0.0]


def test_the_turns_before_and_after_are_kept() -> None:
    """Only what is dark is missing from the record."""
    rig = Rig([engine.block(0.0)], [WRONG], endless=True)
    rig.session.start()
    rig.until(Level)
    rig.session.black_out(1.0)
    rig.until(BlackedOut)
    rig.session.stop()
    assert rig.finish().record.turns == [WRONG]
    assert LATER not in rig.seen


class Failing(Hears):
    """Cannot end what was said from the flush number ``well`` on."""

    def __init__(self, well: int) -> None:
        super().__init__()
        self.well = well

    def flush(self):  # type: ignore[no-untyped-def]
        self.well -= 1
        if self.well < 0:
            raise RuntimeError("no room for the model")
        return super().flush()


@pytest.mark.parametrize(("well", "until_s"), [(0, 1.0), (1, 1.5)], ids=["as it begins", "at the stop"])
def test_a_call_that_fails_while_dark_keeps_how_long_it_was(well: int, until_s: float) -> None:
    """What was missed is known, however the call ends; the store has it as the record does."""
    rig, _ = dark_call()
    rig.pipeline._hearing = Failing(well)
    rig.session.start()
    rig.source.items.put(engine.block(0.0))
    rig.until(Level)
    rig.session.black_out()
    rig.until(BlackedOut)
    rig.source.items.put(engine.block(0.5))
    if well:
        rig.until(Level)
        rig.source.items.put(engine.block(1.0))
        rig.until(Level)
        rig.session.stop()
    stopped = rig.finish()
    assert [failure.code for failure in rig.seen if isinstance(failure, Failure)] == ["bug"]
    assert stopped.record.gaps == [Gap(0.5, until_s, REASON)]
    assert stopped.record.duration_s == until_s
    assert [item for item in rig.store.items if isinstance(item, Gap)][-1] == Gap(0.5, until_s, REASON)
    assert isinstance(rig.seen[-2], BlackOutEnded)


def timed_call(arrivals: list[float]) -> tuple[TimedRig, Hears]:
    rig = TimedRig(TimedSource([], arrivals))
    hears = Hears()
    rig.pipeline._hearing = hears
    return rig, hears


def test_an_engine_that_is_behind_is_dark_from_the_press_on() -> None:
    """On a busy machine the key counts where it was pressed, not so much later as recognition is behind."""
    rig, hears = timed_call([10.0, 10.5, 11.0, 11.5, 12.0, 12.5])
    hears.free.clear()
    for start in (0.0, 0.5, 1.0, 1.5):
        rig.source.items.put(engine.block(start))
    assert hears.busy.wait(WAIT_S)
    rig.clock_s = 11.5
    rig.session.black_out(1.0)
    hears.free.set()
    assert rig.until(BlackedOut) == BlackedOut(2.0, 3.0)
    for start in (2.0, 2.5, 3.0):
        rig.source.items.put(engine.block(start))
    rig.until(BlackOutEnded)
    stopped = rig.finish()
    assert [block.start_s for block in hears.blocks] == [0.0, 0.5, 1.0, 1.5, 3.0]
    assert stopped.record.gaps == [Gap(2.0, 3.0, REASON)]


def test_a_press_before_the_newest_sound_is_dark_from_there_on() -> None:
    """What came in between the key and the engine's look at it is not heard."""
    rig, hears = timed_call([10.0, 10.5, 11.0, 11.5, 12.0])
    hears.free.clear()
    for start in (0.0, 0.5, 1.0, 1.5, 2.0):
        rig.source.items.put(engine.block(start))
    assert hears.busy.wait(WAIT_S)
    rig.clock_s = 11.0
    rig.session.black_out(100.0)
    hears.free.set()
    assert rig.until(BlackedOut) == BlackedOut(1.5, 101.5)
    rig.finish()
    assert [block.start_s for block in hears.blocks] == [0.0, 0.5, 1.0]


def test_sound_that_was_held_up_over_the_press_is_not_heard() -> None:
    """A device that stood still hands over late what was said after the key, as if it came before."""
    rig, hears = timed_call([10.0, 13.2, 13.7])
    rig.source.items.put(engine.block(0.0))
    rig.until(Level)
    rig.clock_s = 13.0
    rig.session.black_out(1.0)
    assert rig.until(BlackedOut) == BlackedOut(3.5, 4.5)
    for start in (0.5, 4.5):
        rig.source.items.put(engine.block(start))
    rig.until(BlackOutEnded)
    stopped = rig.finish()
    assert [block.start_s for block in hears.blocks] == [0.0, 4.5]
    assert stopped.record.gaps == [Gap(0.5, 4.5, REASON)]


def test_ended_by_hand_before_the_engine_came_to_it_it_is_dark_all_the_same() -> None:
    """Recognition may be seconds behind: the card that was read between two presses is not heard then."""
    dark = Dark()
    dark.press(10.0)
    dark.press(12.0, 0.0)
    assert dark.told[-2:] == [Gap(10.0, 12.0, REASON), BlackOutEnded(12.0)]
    dark.press(14.0, 1.0)
    dark.press(20.0, 0.0)
    starts = (9.0, 9.5, 10.0, 11.5, 12.0, 13.5, 14.0, 14.5, 15.0, 19.5)
    assert dark.dropped(*starts) == [10.0, 11.5, 14.0, 14.5]
    assert dark.flushed == 2
