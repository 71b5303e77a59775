"""While the models of a call load: what is said of the microphone is so, and Stop lets go of it at once."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest

from coach.ports import SpeechBegan
from tests.fakes.desk import Desk, desk, services
from tests.fakes.engine import FakeSource
from tests.fakes.waiting import WAIT_S
from ui.running.call_runner import Phase

__all__ = ["desk", "services"]

SPEAK = "You can speak already."


class Loading:
    """Models that load until they are told to have loaded."""

    def __init__(self, desk: Desk) -> None:
        self.begun, self.done = threading.Event(), threading.Event()
        self._desk = desk
        self._live_call = desk.services.live_call

    def __call__(self, *given: Any, **named: Any) -> Any:
        self.begun.set()
        self.done.wait(WAIT_S)
        return self._live_call(*given, **named)

    def start(self) -> None:
        self._desk.app.start()
        self._desk.qtbot.waitUntil(self.begun.is_set)

    @property
    def words(self) -> str:
        return self._desk.window.live.welcome._words.text()


@pytest.fixture
def loading(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Iterator[Loading]:
    made = Loading(desk)
    monkeypatch.setattr(desk.services, "live_call", made)
    yield made
    made.done.set()
    desk.settle()


def let_go(desk: Desk, source: FakeSource) -> None:
    desk.qtbot.waitUntil(lambda: source.stops == 1)


def test_speak_already_is_said_while_the_microphone_is_open(desk: Desk, loading: Loading) -> None:
    loading.start()
    assert desk.app.runner.phase is Phase.PREPARING
    desk.qtbot.waitUntil(lambda: loading.words.startswith(SPEAK))
    desk.app.runner.stop()
    assert not loading.words.startswith(SPEAK)


def test_nobody_is_told_to_speak_into_a_microphone_that_is_not_open(desk: Desk, loading: Loading) -> None:
    desk.services.microphone_shut = True
    loading.start()
    assert desk.app.runner.phase is Phase.PREPARING
    assert not loading.words.startswith(SPEAK)
    loading.done.set()
    desk.qtbot.waitUntil(lambda: desk.app.runner.phase is Phase.RUNNING)
    desk.stop()


def test_stop_lets_go_of_the_microphone_before_the_models_have_loaded(desk: Desk, loading: Loading) -> None:
    loading.start()
    desk.app.runner.stop()
    let_go(desk, desk.services.microphones_opened[0])
    assert not loading.done.is_set()
    assert desk.app.runner.phase is Phase.PREPARING
    loading.done.set()
    desk.qtbot.waitUntil(lambda: desk.app.runner.phase is Phase.IDLE)
    assert desk.services.call is not None
    assert desk.services.call.asked == []


def test_so_does_stop_in_a_call_that_begins_by_speaking(desk: Desk, loading: Loading) -> None:
    desk.services.settings.listening.start_by_speech = True
    desk.app.ear.changed.emit()
    desk.settle()
    desk.services.waits[-1].send(SpeechBegan(12.0))
    desk.qtbot.waitUntil(loading.begun.is_set)
    desk.app.runner.stop()
    let_go(desk, desk.services.waits[0].source)
    assert not loading.done.is_set()


def test_closing_meanwhile_leaves_no_microphone_open(desk: Desk, loading: Loading) -> None:
    loading.start()
    desk.app.closing.quit()
    assert "Saving" not in desk.window.status.message_label.accessibleName()
    loading.done.set()
    desk.qtbot.waitUntil(lambda: desk.closed)
    assert desk.services.microphones_opened[0].stops == 1
