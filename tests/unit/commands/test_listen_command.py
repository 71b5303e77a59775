"""``sameside listen`` ends by itself where it said it would, and where nothing is left to hear."""

from __future__ import annotations

import threading

import pytest

from coach.calls.summary import conclude
from coach.commands.listen import _PrintingWatch
from coach.events import CallRecord, Event, Failure, SessionStarted, SessionStopped
from tests.fakes import engine
from tests.fakes.waiting import WAIT_S

BUG = Failure(3.0, "bug", "Sameside stopped on a fault of its own. The call so far is kept.")


def stopped() -> SessionStopped:
    record = CallRecord(engine.header())
    return SessionStopped(record, conclude(record, {}), True)


def watching(seconds: float) -> tuple[_PrintingWatch, threading.Event]:
    asked = threading.Event()
    return _PrintingWatch(lambda _event: None, asked, seconds), asked


def test_a_call_that_ends_by_itself_ends_the_command() -> None:
    """After a fault of the engine nobody listens any more, and nobody would press Ctrl+C in a script."""
    watch, asked = watching(0.0)
    watch(SessionStarted(engine.header(), "Headset"))
    watch(BUG)
    assert not asked.is_set()
    watch(stopped())
    assert asked.is_set()


@pytest.mark.parametrize(
    "event",
    [
        SessionStarted(engine.header(), "Headset"),
        Failure(0.0, "no-microphone", "No microphone was found."),
        Failure(0.0, "microphone-unknown", "It is not there."),
    ],
    ids=["begun", "none", "another"],
)
def test_its_seconds_are_counted_from_its_beginning_and_while_a_microphone_is_waited_for(
    event: Event,
) -> None:
    """A machine without a microphone would be listened to for ever."""
    watch, asked = watching(0.001)
    watch(event)
    assert asked.wait(WAIT_S)
