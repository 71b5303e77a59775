"""From the engine's thread to the main thread."""

from __future__ import annotations

import datetime as dt
import threading
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QThread
from pytestqt.qtbot import QtBot

from coach.errors import BugError
from coach.events import (
    Because,
    BlackedOut,
    BlackOutEnded,
    CallHeader,
    CallRecord,
    CallSource,
    CallSummary,
    Commitment,
    Cue,
    CueEnd,
    CueEnded,
    DelayMeasured,
    Event,
    Failure,
    FileProgress,
    Gap,
    InterimWords,
    Level,
    Move,
    MovesFound,
    OtherVoice,
    Owner,
    SessionDropped,
    SessionPaused,
    SessionResumed,
    SessionStarted,
    SessionStopped,
    Turn,
    VadChanged,
    VadState,
    Word,
    WordsHeard,
)
from ui.bridge import EventBridge

HEADER = CallHeader("c", dt.datetime(2026, 11, 20, 16, 5, tzinfo=dt.UTC), CallSource.LIVE, "Call")


def every_event() -> dict[str, Event]:
    return {
        "session_started": SessionStarted(HEADER, "Headset"),
        "level_changed": Level(0.1, -30.0, -12.0),
        "vad_changed": VadChanged(0.2, VadState.SPEAKING),
        "interim_heard": InterimWords(0, (Word("Hello", 0.2, 0.5, 0.9),)),
        "voice_dropped": OtherVoice(0.2, 0.9),
        "delay_measured": DelayMeasured(0.9, 0.4, 0.4, 0.4),
        "words_heard": WordsHeard(0, (Word("Hello", 0.2, 0.5, 0.9),)),
        "turn_closed": Turn(0, "Hello.", 0.2, 0.5),
        "moves_found": MovesFound(0, (Move("owning", 0.9, (0, 5)),)),
        "cue_raised": Cue("q", 1.0, "owning", "Own it", "Say", "Why", Because("blaming", "you", 0, ())),
        "cue_ended": CueEnded("q", 2.0, CueEnd.EXPIRED),
        "commitment_heard": Commitment("k", "call", Owner.AGENT, None, None, False, "call", 0, 0.2, 0.5),
        "gap_marked": Gap(1.0, 2.0, "unplugged"),
        "blacked_out": BlackedOut(2.0, 32.0),
        "black_out_ended": BlackOutEnded(32.0),
        "failure_raised": Failure(1.0, "no-microphone", "Plug it in."),
        "file_progressed": FileProgress(10.0, 60.0),
        "session_paused": SessionPaused(3.0),
        "session_resumed": SessionResumed(4.0),
        "session_dropped": SessionDropped(),
        "session_stopped": SessionStopped(CallRecord(HEADER), empty_summary(), True),
    }


def empty_summary() -> CallSummary:
    return CallSummary("c", "A call", (), 0.0, 0.0, 0, 0)


def listen(bridge: EventBridge) -> list[tuple[str, Event, bool]]:
    heard: list[tuple[str, Event, bool]] = []
    main = QThread.currentThread()

    def note(name: str) -> Any:
        return lambda event: heard.append((name, event, QThread.currentThread() is main))

    for name in every_event():
        getattr(bridge, name).connect(note(name))
    return heard


def test_every_event_becomes_its_own_signal_on_the_main_thread_in_order(qtbot: QtBot) -> None:
    """Events sent from another thread arrive here, each by its signal, none lost, in the order sent."""
    bridge = EventBridge()
    heard = listen(bridge)
    events = every_event()

    engine = threading.Thread(target=lambda: [bridge.sink(event) for event in events.values()])
    engine.start()
    engine.join()
    assert heard == []
    qtbot.waitUntil(lambda: len(heard) == len(events))

    assert [name for name, _, _ in heard] == list(events)
    assert all(event is events[name] for name, event, _ in heard)
    assert all(on_main for _, _, on_main in heard)


def test_a_slot_never_runs_inside_the_callers_call(qtbot: QtBot) -> None:
    """Even from the main thread the sink returns before anything is drawn."""
    bridge = EventBridge()
    heard = listen(bridge)
    bridge.sink(SessionPaused(1.0))
    assert heard == []
    QCoreApplication.processEvents()
    assert [name for name, _, _ in heard] == ["session_paused"]


def test_every_kind_of_event_has_a_signal() -> None:
    """A kind added to the engine cannot be forgotten here."""
    assert {type(event) for event in every_event().values()} == set(Event.__args__)


def test_what_is_no_event_is_refused_at_once() -> None:
    """A wrong value fails where it was sent, not later in a slot."""
    with pytest.raises(BugError, match="str is not an event"):
        EventBridge().sink("hello")  # type: ignore[arg-type]
