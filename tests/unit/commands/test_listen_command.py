"""``sameside listen`` ends by itself where it said it would, and where nothing is left to hear."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from coach.bootstrap import EngineServices
from coach.calls.summary import conclude
from coach.cli import main
from coach.commands import listen
from coach.commands.listen import _PrintingWatch
from coach.errors import BugError
from coach.events import CallRecord, Event, Failure, SessionStarted, SessionStopped, Turn
from coach.ports import AudioSource, CallControl, Sink
from coach.settings import Settings
from coach.store.local import LocalStore
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


def test_a_notice_is_no_failure_of_the_command() -> None:
    """A playbook with a mistake, recognition that was eased: told when it comes, and the call is whole."""
    watch, _asked = watching(0.0)
    watch(Failure(0.0, "playbook-damaged", "There is a mistake in line 3."))
    watch(Failure(9.0, "faster-model", "The machine is busy."))
    watch(stopped())
    watch.tell()
    watch(BUG)
    with pytest.raises(BugError):
        watch.tell()


class Said:
    """Hears one turn where the words of a microphone would be."""

    def listener(self, *, live: bool) -> engine.FakeHearing:
        return engine.FakeHearing([Turn(0, "I will look into it.", 0.0, 0.5)])


class Listening(EngineServices):
    """The real services over a microphone that ends; counts how often the store is opened."""

    def __init__(self) -> None:
        super().__init__(Settings(), "correct horse")
        self._hearing = Said()  # type: ignore[assignment]
        self.opened = 0

    def live_call(
        self,
        device_key: str | None,
        sink: Sink,
        *,
        save: bool = True,
        waited: AudioSource | None = None,
        alone: bool = False,
    ) -> CallControl:
        microphone = engine.FakeSource([engine.block(0.0)])
        return super().live_call(device_key, sink, save=save, waited=microphone, alone=alone)

    def _open_store(self) -> LocalStore:
        self.opened += 1
        return super()._open_store()


def test_the_store_is_opened_once_for_a_call_that_is_kept(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A passphrase takes its time at every opening, and the microphone waits for the first."""
    monkeypatch.setenv("SAMESIDE_HOME", str(tmp_path))
    services = Listening()
    monkeypatch.setattr(listen, "make_services", lambda: services)
    assert main(["listen"]) == 0
    assert services.opened == 1
    assert [call.turns for call in services.store().listing()] == [1]
    services.close()
    assert services.opened == 2
