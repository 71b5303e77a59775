"""A fault of our own in the windows: the user hears of it, calmly, and everything goes on."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QPushButton

from coach.errors import KnownError
from coach.events import CueEnd, CueEnded
from tests.fakes import sample_call
from tests.fakes.desk import Desk, desk, services
from tests.fakes.waiting import WAIT_S
from ui import faults
from ui.faults import AGAIN_AFTER_S, CODE, Faults

__all__ = ["desk", "services"]

LOGS = Path("/logs of mine")


class Watched:
    """The app with what run() adds to it, and a clock that the test sets."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.now_s = 1000.0
        self.opened: list[QUrl] = []
        window, overlay, bridge = desk.window, desk.app.overlay, desk.app.bridge
        self.faults = Faults(
            window.banners, overlay, bridge, LOGS, lambda: self.now_s, lambda url: not self.opened.append(url)
        )

    def meet(self, bug: BaseException | None = None) -> None:
        bug = bug or ZeroDivisionError("a slot")
        self.faults.take(type(bug), bug, None)
        self.desk.settle()

    @property
    def told(self) -> list[str]:
        banners = self.desk.window.banners.banners
        return [one.message_label.text() for one in banners if one.code == CODE]

    def put_away(self) -> None:
        self.desk.window.banners.dismiss(CODE)


@pytest.fixture
def watched(desk: Desk) -> Watched:
    return Watched(desk)


@pytest.fixture
def hooks() -> Iterator[None]:
    before = sys.excepthook, threading.excepthook
    yield
    sys.excepthook, threading.excepthook = before


def test_it_says_that_nothing_is_lost_and_where_the_log_is(
    watched: Watched, caplog: pytest.LogCaptureFixture
) -> None:
    """In the window, with nothing to answer; the log holds what it was."""
    with caplog.at_level(logging.ERROR):
        watched.meet()
    [message] = watched.told
    assert "what you just did may not be done" in message
    assert str(LOGS / "sameside.log") in message
    assert "ZeroDivisionError: a slot" in caplog.text
    watched.desk.window.banners.banners[0].action_button.click()
    assert watched.opened == [QUrl.fromLocalFile(str(LOGS))]


def test_it_is_told_at_most_once_a_minute(watched: Watched) -> None:
    """A fault in what happens with every move of the mouse buries nobody under messages."""
    watched.meet()
    watched.put_away()
    watched.now_s += AGAIN_AFTER_S - 1.0
    watched.meet()
    assert watched.told == []
    watched.now_s += 1.0
    watched.meet()
    assert len(watched.told) == 1


def test_it_waits_until_the_cue_was_said(watched: Watched) -> None:
    """Nothing takes the eyes from the line that saves the call."""
    call = watched.desk.start()
    cue = sample_call.cues()[0]
    call.send(cue)
    watched.desk.settle()
    watched.meet()
    assert watched.told == []
    call.send(CueEnded(cue.id, 50.0, CueEnd.DISMISSED))
    watched.desk.settle()
    assert len(watched.told) == 1
    watched.desk.stop()


def test_what_was_told_already_is_not_told_twice(watched: Watched) -> None:
    """Work beside the window says itself that it failed, and why its bug is raised."""

    def broken() -> None:
        raise ZeroDivisionError

    said: list[KnownError] = []
    with watched.desk.qtbot.captureExceptions() as bugs:
        watched.desk.app.background.run(broken, lambda _none: None, said.append)
        watched.desk.qtbot.waitUntil(lambda: bool(bugs))
    watched.meet(bugs[0][1])
    assert [error.code for error in said] == ["bug"]
    assert watched.told == []


@pytest.mark.usefixtures("hooks")
def test_faults_of_any_thread_and_slot_arrive(watched: Watched) -> None:
    met: list[str] = []
    faults.watch(lambda kind, _bug, _where: met.append(kind.__name__))

    def broken(_checked: bool = False) -> None:
        raise ZeroDivisionError

    with watched.desk.qtbot.captureExceptions() as bugs:
        button = QPushButton()
        watched.desk.qtbot.addWidget(button)
        button.clicked.connect(broken)
        button.click()
    assert [kind for kind, _bug, _where in bugs] == [ZeroDivisionError]
    thread = threading.Thread(target=broken)
    thread.start()
    thread.join(WAIT_S)
    assert met == ["ZeroDivisionError"]
