"""A microphone held for a meter or a reading."""

from __future__ import annotations

import datetime as dt
import queue
from collections.abc import Iterable

from coach.errors import KnownError
from coach.events import Block, Failure, Level
from coach.ports import EnrolmentEvent, EnrolmentHeard, VoiceEnrolled
from coach.services.enrolling import HeldMicrophone
from tests.fakes.engine import FakeSource, block
from tests.fakes.waiting import WAIT_S


class Sink:
    """Events as they come, from whatever thread."""

    def __init__(self) -> None:
        self.events: queue.SimpleQueue[EnrolmentEvent] = queue.SimpleQueue()

    def __call__(self, event: EnrolmentEvent) -> None:
        self.events.put(event)

    def rest(self) -> list[EnrolmentEvent]:
        return [self.events.get_nowait() for _ in range(self.events.qsize())]


def deaf(_block: Block) -> Iterable[EnrolmentEvent]:
    return ()


def test_levels_come_until_it_is_stopped() -> None:
    """Each block gives a level; stopped, it lets go of the microphone and sends no more."""
    source, sink = FakeSource([block(0.0), block(0.5)]), Sink()
    source.endless = True
    held = HeldMicrophone(source, deaf, sink)
    levels = [sink.events.get(timeout=WAIT_S) for _ in range(2)]
    assert [type(event) for event in levels] == [Level, Level]
    held.stop()
    held.stop()
    assert held.join(WAIT_S)
    assert source.stops == 1
    source.items.put(block(1.0))
    assert sink.rest() == []


def test_a_reading_ends_with_the_profile() -> None:
    """What is heard is passed on in order, and after the profile nothing is listened to."""
    told: list[EnrolmentEvent] = [EnrolmentHeard(0.5, 1.0), VoiceEnrolled(dt.date(2026, 11, 27))]
    source, sink = FakeSource([block(0.0), block(0.5), block(1.0)]), Sink()
    held = HeldMicrophone(source, lambda _block: [told.pop(0)], sink)
    assert held.join(WAIT_S)
    assert [type(event) for event in sink.rest()] == [Level, EnrolmentHeard, Level, VoiceEnrolled]
    assert source.items.qsize() == 1
    assert source.stops == 1


def test_a_microphone_that_is_refused_or_goes_is_a_failure() -> None:
    """The reason arrives as the last event, whether at the start or on the way."""
    gone = KnownError("microphone-gone", "It is gone.")
    for source in (FakeSource([], refuse_starts=1), FakeSource([block(0.0), gone])):
        sink = Sink()
        assert HeldMicrophone(source, deaf, sink).join(WAIT_S)
        last = sink.rest()[-1]
        assert isinstance(last, Failure)
        assert last.code == "microphone-gone"
        assert source.stops == 1


def test_a_bug_in_what_is_made_of_the_sound_leaves_nobody_waiting() -> None:
    """The user hears of it, and the microphone is let go."""

    def broken(_block: Block) -> Iterable[EnrolmentEvent]:
        raise ZeroDivisionError

    source, sink = FakeSource([block(0.0)]), Sink()
    assert HeldMicrophone(source, broken, sink).join(WAIT_S)
    assert [event.code for event in sink.rest() if isinstance(event, Failure)] == ["bug"]
    assert source.stops == 1
