"""A call hears while its models load: all that can be asked of a call is done then too."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator

import pytest

from coach.errors import KnownError
from coach.events import (
    BlackedOut,
    BlackOutEnded,
    Block,
    CallRecord,
    Event,
    Failure,
    Gap,
    Level,
    SessionDropped,
    SessionPaused,
    SessionResumed,
    SessionStarted,
    SessionStopped,
    Turn,
)
from coach.live.blackout import REASON
from coach.live.hearer import Ready
from coach.live.journal import Journal
from coach.pipeline import Coach, Pipeline
from coach.session import Session
from coach.settings import CueSettings
from tests.fakes import engine
from tests.fakes.session_rig import Followed
from tests.fakes.waiting import WAIT_S
from tests.unit.live.test_blackout import Hears
from tests.unit.test_session_microphone import GONE, TimedSource

BEFORE = Turn(0, "before the card", 0.0, 0.4)
AFTER = Turn(1, "after the card", 2.0, 2.4)


class HearsInTime(Hears):
    """Gives each turn with the sound it is in, and none before."""

    def flush(self) -> Iterator[Event]:
        yield from ()


class Rig(Followed):
    """A live session whose models load until ``load`` is called. Sound comes in as fast as it is ``said``."""

    def __init__(self, turns: list[Turn] | None = None, error: Exception | None = None) -> None:
        self.source = TimedSource([])
        self.store = engine.FakeStore()
        self.hears = HearsInTime()
        self.hears._turns = list(turns or [])
        self.clock_s = 0.0
        self._error = error
        self._loaded = threading.Event()
        super().__init__()
        self.session = Session(
            self.source, engine.header(), self._make, self.heard.put, clock=lambda: self.clock_s
        )
        self.session.start()

    def _make(self) -> Ready:
        assert self._loaded.wait(WAIT_S)
        if self._error is not None:
            raise self._error
        coach = Coach(
            CallRecord(engine.header()), engine.FakeDetector({}), engine.FakeExtractor(), engine.FakePolicy()
        )
        return Ready(Pipeline(self.hears, coach), Journal(self.store, coach.record, {}))

    def say(self, *starts: float) -> None:
        """Blocks of half a second, and wait until the session has taken each in."""
        for start_s in starts:
            self.clock_s = max(self.clock_s, start_s + 0.5)
            self.source.arrivals.append(self.clock_s)
            self.source.items.put(engine.block(start_s))
            self.until(Level)

    def load(self) -> None:
        self._loaded.set()
        self.until(SessionStarted)

    def finish(self) -> SessionStopped:
        self.session.stop()
        return self.ended()

    def drop(self) -> SessionDropped:
        dropped = self.until(SessionDropped)
        assert isinstance(dropped, SessionDropped)
        self._loaded.set()
        assert self.session.join(WAIT_S)
        return dropped

    @property
    def fed(self) -> list[float]:
        return [block.start_s for block in self.hears.blocks]


def test_a_call_that_cannot_be_heard_keeps_the_gaps_of_its_beginning() -> None:
    """Of what was said while the models loaded nothing can be heard; how long it was dark is known."""
    rig = Rig()

    def fails(_block: Block) -> Iterator[Event]:
        raise RuntimeError("no room for the model")

    rig.hears.feed = fails  # type: ignore[method-assign]
    rig.say(0.0, 0.5)
    rig.session.black_out(1.0)
    rig.until(BlackedOut)
    rig.say(1.0, 1.5, 2.0)
    rig.load()
    stopped = rig.ended()
    assert [failure.code for failure in rig.seen if isinstance(failure, Failure)] == ["bug"]
    assert stopped.record.gaps == [Gap(1.0, 2.0, REASON)]


def test_what_is_said_while_the_models_load_is_heard_in_order() -> None:
    """From the press on, each block once, and the call begins in the store only with them."""
    rig = Rig([BEFORE, AFTER])
    rig.say(0.0, 0.5, 1.0)
    assert rig.store.header is None
    rig.load()
    assert rig.store.header == engine.header()
    rig.say(1.5, 2.0)
    stopped = rig.finish()
    assert rig.fed == [0.0, 0.5, 1.0, 1.5, 2.0]
    assert stopped.record.turns == [BEFORE, AFTER]
    assert (rig.source.starts, stopped.saved) == (1, True)


def test_black_out_works_before_the_models_are_there() -> None:
    """Sound of a card is dropped unheard, the call holds none of it, and the gap is marked, in its place."""
    rig = Rig([BEFORE, AFTER])
    rig.say(0.0)
    rig.session.black_out(1.0)
    assert rig.until(BlackedOut) == BlackedOut(0.5, 1.5)
    rig.say(0.5, 1.0, 1.5)
    rig.load()
    assert any(isinstance(event, BlackOutEnded) for event in rig.seen)
    rig.say(2.0)
    stopped = rig.finish()
    assert rig.fed == [0.0, 1.5, 2.0]
    assert stopped.record.gaps == [Gap(0.5, 1.5, REASON)]
    shown = [event for event in rig.seen if isinstance(event, Turn | Gap)]
    assert shown == [BEFORE, Gap(0.5, 0.5, REASON), Gap(0.5, 1.5, REASON), AFTER]
    assert [item for item in rig.store.items if isinstance(item, Turn | Gap)] == shown


def test_another_microphone_can_be_taken_before_the_models_are_there() -> None:
    """What the first one heard is kept, and the change is marked."""
    rig = Rig()
    rig.say(0.0)
    rig.session.use_microphone("second")
    while rig.source.key != "second":
        rig.say(0.5)
    rig.load()
    rig.say(1.0)
    stopped = rig.finish()
    assert [gap.reason for gap in stopped.record.gaps] == ["microphone changed"]
    assert (rig.fed[0], rig.fed[-1]) == (0.0, 1.0)
    assert not any(isinstance(event, Failure) for event in rig.seen)


def test_the_clock_goes_on_while_what_was_kept_is_caught_up_with() -> None:
    """A busy machine takes its time over it: meanwhile sound is taken in, and a black-out counts."""
    rig = Rig()
    rig.say(0.0, 0.5)
    rig.hears.free.clear()
    rig.load()
    assert rig.hears.busy.wait(WAIT_S)
    rig.clock_s = 2.0
    rig.source.arrivals += [1.5, 2.0]
    for start_s in (1.0, 1.5):
        rig.source.items.put(engine.block(start_s))
    rig.hears.free.set()
    level = rig.until(Level)
    assert isinstance(level, Level)
    assert level.at_s == 1.5
    rig.until(Level)
    rig.finish()
    assert rig.fed == [0.0, 0.5, 1.0, 1.5]


def test_a_black_out_goes_on_when_the_models_come() -> None:
    """That the call can hear now does not mean that it may."""
    rig = Rig()
    rig.say(0.0)
    rig.session.black_out(2.0)
    rig.until(BlackedOut)
    rig.say(0.5)
    rig.load()
    rig.say(1.0, 2.5)
    rig.finish()
    assert rig.fed == [0.0, 2.5]


def test_listen_again_works_too() -> None:
    rig = Rig()
    rig.say(0.0)
    rig.session.black_out()
    rig.until(BlackedOut)
    rig.say(0.5)
    rig.session.end_black_out()
    assert rig.until(BlackOutEnded) == BlackOutEnded(1.0)
    rig.say(1.0)
    rig.load()
    rig.finish()
    assert rig.fed == [0.0, 1.0]


def test_a_pause_lets_go_of_the_microphone_and_the_call_begins_paused() -> None:
    """What was said before is heard although it is paused; what is said meanwhile is not."""
    rig = Rig([BEFORE, AFTER])
    rig.say(0.0)
    rig.session.pause()
    assert rig.until(SessionPaused) == SessionPaused(0.5)
    assert rig.source.stops == 1
    rig.load()
    assert rig.until(Turn) == BEFORE
    rig.clock_s = 10.5
    rig.session.resume()
    assert rig.until(SessionResumed) == SessionResumed(10.5)
    rig.say(0.5)
    stopped = rig.finish()
    assert rig.fed == [0.0, 10.5]
    assert stopped.record.gaps == [Gap(0.5, 10.5, "paused")]


def test_a_pause_may_end_before_the_models_come() -> None:
    """Times of what follows count it."""
    rig = Rig()
    rig.say(0.0)
    rig.session.pause()
    rig.until(SessionPaused)
    rig.clock_s = 4.5
    rig.session.resume()
    rig.until(SessionResumed)
    rig.say(0.5)
    rig.load()
    rig.finish()
    assert rig.fed == [0.0, 4.5]


def test_stopped_before_it_began_nothing_is_kept_and_nobody_waits_for_the_models() -> None:
    rig = Rig()
    rig.say(0.0)
    rig.session.stop()
    assert rig.drop() == SessionDropped()
    assert (rig.source.stops, rig.store.header, rig.fed) == (1, None, [])
    assert not any(isinstance(event, SessionStarted | SessionStopped) for event in rig.seen)


def test_stopped_while_it_is_paused_it_is_dropped_as_well() -> None:
    rig = Rig()
    rig.session.pause()
    rig.until(SessionPaused)
    rig.session.stop()
    assert rig.drop() == SessionDropped()
    assert rig.store.header is None


@pytest.mark.parametrize(
    ("error", "code"), [(KnownError("model-missing", "It is not here."), "model-missing"), (OSError(), "bug")]
)
def test_models_that_cannot_be_loaded_end_it_and_say_why(error: Exception, code: str) -> None:
    """The microphone is let go of, and there is no half a call."""
    rig = Rig(error=error)
    rig.say(0.0)
    rig._loaded.set()
    dropped = rig.drop()
    assert dropped.code == code
    assert dropped.message
    assert (rig.source.stops, rig.store.header) == (1, None)


def test_a_microphone_that_is_not_there_is_told_at_once() -> None:
    """Not only once the models have loaded; the call waits for both."""
    rig = Rig()
    rig.session.stop()
    rig.drop()
    source = TimedSource([])
    source.allowed = set()
    rig.source = source
    told: queue.SimpleQueue[Event] = queue.SimpleQueue()
    session = Session(source, engine.header(), rig._make, told.put, clock=lambda: 0.0)
    session.start()
    failure = told.get(timeout=WAIT_S)
    assert isinstance(failure, Failure)
    assert failure.code == "microphone-unknown"
    source.allowed = {"first"}
    while not isinstance(told.get(timeout=WAIT_S), SessionStarted):
        pass
    session.stop()
    assert session.join(WAIT_S)


def test_a_microphone_that_goes_meanwhile_leaves_its_gap() -> None:
    rig = Rig()
    rig.say(0.0)
    rig.source.items.put(GONE)
    rig.until(Failure)
    rig.clock_s = 3.5
    rig.source.arrivals.append(3.5)
    rig.source.items.put(engine.block(0.5))
    rig.until(Level)
    rig.load()
    stopped = rig.finish()
    assert rig.fed == [0.0, 3.0]
    assert stopped.record.gaps == [Gap(0.5, 3.0, "no microphone")]


def test_how_often_cues_come_can_be_chosen_before_there_are_any() -> None:
    """It is asked again once the call has begun; until then there is nothing to choose."""
    rig = Rig()
    rig.session.choose_cues(CueSettings())
    rig.say(0.0)
    rig.load()
    assert rig.finish().saved


def test_the_store_of_a_call_that_was_dropped_is_let_go_of_once_the_models_have_loaded() -> None:
    """Start and Stop again and again leave nothing open."""
    rig = Rig()
    rig.say(0.0)
    rig.session.stop()
    rig.drop()
    assert rig.store.closed


def test_so_is_that_of_a_call_whose_models_came_before_its_microphone() -> None:
    rig = Rig()
    rig.session.stop()
    rig.drop()
    rig.store = engine.FakeStore()
    source = TimedSource([])
    source.allowed = set()
    session = Session(source, engine.header(), rig._make, rig.heard.put, clock=lambda: 0.0)
    session.start()
    rig.until(Failure)
    session.stop()
    rig.until(SessionDropped)
    assert session.join(WAIT_S)
    assert rig.store.closed
