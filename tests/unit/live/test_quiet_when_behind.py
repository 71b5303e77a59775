"""A pause and the end count from their press on, however far behind the engine is when it comes to them."""

from __future__ import annotations

import pytest

from coach.events import Failure, Gap, Level, SessionPaused, SessionResumed, SessionStopped
from tests.fakes import engine
from tests.fakes.waiting import WAIT_S
from tests.unit.live.test_getting_ready import Rig


class Behind(Rig):
    """Hears nothing on after its first half second until it is ``let_on``: it is busy over a sentence."""

    def __init__(self) -> None:
        super().__init__()
        self.say(0.0)
        self.hears.free.clear()
        self.load()
        assert self.hears.busy.wait(WAIT_S)

    def wait_with(self, start_s: float, arrived_s: float) -> None:
        """Sound that came in meanwhile and is still to be read."""
        self.source.arrivals.append(arrived_s)
        self.source.items.put(engine.block(start_s))

    def at(self, clock_s: float) -> Rig:
        self.clock_s = clock_s
        return self

    def let_on(self) -> None:
        self.hears.free.set()


def test_what_is_said_after_a_pause_was_asked_for_is_not_heard() -> None:
    rig = Behind()
    rig.at(2.0).session.pause()
    for start_s, arrived_s in ((0.5, 1.0), (1.6, 2.1), (2.5, 3.0)):
        rig.wait_with(start_s, arrived_s)
    rig.let_on()
    rig.until(SessionPaused)
    rig.finish()
    assert 0.5 in rig.fed
    assert 2.5 not in rig.fed


@pytest.mark.parametrize("then", ["pause", "stop"])
def test_pressed_once_more_or_stopped_the_first_press_counts(then: str) -> None:
    """Who sees nothing happen presses again: what is said between the two is private all the same."""
    rig = Behind()
    rig.at(1.0).session.pause()
    getattr(rig.at(4.0).session, then)()
    for start_s, arrived_s in ((0.5, 1.0), (2.0, 2.5), (3.0, 3.5)):
        rig.wait_with(start_s, arrived_s)
    rig.let_on()
    rig.until(SessionPaused)
    if then == "pause":
        rig.session.resume()
        rig.until(SessionResumed)
    rig.finish()
    assert rig.fed == [0.0, 0.5]


def test_between_two_pauses_nothing_of_the_first_is_heard() -> None:
    """Paused, resumed and paused again before the engine came to it."""
    rig = Behind()
    rig.at(1.0).session.pause()
    rig.at(4.0).session.resume()
    rig.at(5.0).session.pause()
    for start_s, arrived_s in ((0.5, 1.0), (2.0, 2.5), (3.0, 3.5)):
        rig.wait_with(start_s, arrived_s)
    rig.let_on()
    rig.until(SessionPaused)
    rig.until(SessionResumed)
    rig.until(SessionPaused)
    rig.finish()
    assert rig.fed == [0.0, 0.5]


def test_the_end_counts_from_its_press_on_also_where_a_pause_ends_just_before_it() -> None:
    """The microphone opens once more although the call is over: nothing of what it takes in is heard."""
    rig = Rig()
    rig.say(0.0)
    rig.session.pause()
    rig.until(SessionPaused)
    rig.hears.free.clear()
    rig.load()
    assert rig.hears.busy.wait(WAIT_S)
    rig.session.resume()
    rig.clock_s = 5.0
    rig.session.stop()
    rig.source.arrivals.append(8.0)
    rig.source.items.put(engine.block(0.5))
    rig.hears.free.set()
    rig.until(SessionStopped)
    assert rig.session.join(WAIT_S)
    assert rig.fed == [0.0]


def test_what_was_not_heard_of_a_pause_is_not_counted_twice() -> None:
    """What follows stands where it was said, not later by what came in while the engine was behind."""
    rig = Behind()
    rig.at(1.0).session.pause()
    for start_s, arrived_s in ((0.5, 1.0), (1.0, 1.5), (1.5, 2.0), (2.0, 2.5)):
        rig.wait_with(start_s, arrived_s)
    rig.at(3.0).let_on()
    assert rig.until(SessionPaused) == SessionPaused(1.0)
    rig.at(9.0).session.resume()
    assert rig.until(SessionResumed) == SessionResumed(9.0)
    rig.say(2.5)
    stopped = rig.finish()
    assert rig.fed == [0.0, 0.5, 9.0]
    assert stopped.record.gaps == [Gap(1.0, 9.0, "paused")]


def test_a_pause_that_was_over_before_the_next_came_to_its_turn_is_counted_once() -> None:
    """Both were asked for while the engine was behind; what follows stands where it was said."""
    rig = Behind()
    rig.at(1.0).session.pause()
    rig.at(2.0).session.resume()
    rig.at(3.0).session.pause()
    rig.at(6.0).let_on()
    for kind in (SessionPaused, SessionResumed, SessionPaused):
        rig.until(kind)
    rig.at(9.0).session.resume()
    assert rig.until(SessionResumed) == SessionResumed(8.5)
    rig.say(0.5)
    rig.finish()
    assert rig.fed == [0.0, 8.5]


def test_a_microphone_that_went_during_a_pause_does_not_count_the_pause_twice() -> None:
    """The headset was unplugged over the break: what is said once it is back stands where it was said."""
    rig = Rig()
    rig.say(0.0)
    rig.load()
    rig.session.pause()
    rig.until(SessionPaused)
    rig.source.allowed = set()
    rig.clock_s = 100.5
    rig.session.resume()
    rig.until(Failure)
    rig.clock_s = 103.5
    rig.source.arrivals.append(104.0)
    rig.source.items.put(engine.block(0.5))
    rig.source.allowed = {"first"}
    assert rig.until(SessionResumed) == SessionResumed(100.5)
    rig.until(Level)
    stopped = rig.finish()
    assert rig.fed == [0.0, 103.5]
    assert stopped.record.gaps == [Gap(0.5, 100.5, "paused"), Gap(100.5, 103.5, "no microphone")]
