"""An hour of a real call leaves the whole app as it was."""

from __future__ import annotations

import gc
import threading
from collections import Counter
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from coach.events import CueEnd
from tests.fakes.desk import Desk
from tests.fakes.hour import HourServices
from tests.fakes.services import fill_past_calls
from ui.running.call_runner import Phase
from ui.window.main_window import CALLS, COMMITMENTS, NOW, PRACTICE, TEAM

MINUTE_S = 60


@pytest.fixture
def hours() -> HourServices:
    made = HourServices()
    made.settings.appearance.reduced_motion = True
    fill_past_calls(made.memory)
    return made


@pytest.fixture
def desk(qtbot: QtBot, qapp: QApplication, hours: HourServices) -> Iterator[Desk]:
    made = Desk(qtbot, hours)
    made.open()
    yield made
    made.close()


@pytest.fixture
def census(desk: Desk) -> Callable[[], Counter[str]]:
    """Every widget and other object, by its kind, every timer that runs, and every thread that was begun."""
    older = frozenset(threading.enumerate())

    def count() -> Counter[str]:
        desk.settle()
        gc.collect()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        QCoreApplication.processEvents()
        roots: list[QObject] = [desk.app, *QApplication.topLevelWidgets()]
        found: Counter[str] = Counter()
        for root in roots:
            found.update(type(each).__name__ for each in (root, *root.findChildren(QObject)))
        timers = {id(timer): timer for root in roots for timer in root.findChildren(QTimer)}
        # The toast goes by itself a little later.
        found["running timers"] = sum(
            timer.isActive() for timer in timers.values() if timer.parent() is not desk.window.toast
        )
        # Qt's own threads come and go as it likes; Python calls them dummies.
        ours = {thread for thread in threading.enumerate() if not thread.name.startswith("Dummy-")}
        found.update(thread.name for thread in ours - older)
        return found

    return count


def begin(desk: Desk) -> None:
    desk.app.start()
    desk.qtbot.waitUntil(lambda: desk.app.runner.phase is Phase.RUNNING)


def hear(desk: Desk, hours: HourServices, seconds: int) -> None:
    """The call goes on for so long, and all of it is shown."""
    hours.hear(seconds)
    wanted_s = hours.heard_s - 1
    desk.qtbot.waitUntil(lambda: hours.record.duration_s >= wanted_s - 12)
    desk.qtbot.waitUntil(hours.source.items.empty)
    desk.settle()


def end(desk: Desk) -> None:
    desk.stop()
    desk.window.leave_summary()
    desk.window.go_to(NOW)
    desk.settle()


def short_call(desk: Desk, hours: HourServices) -> None:
    begin(desk)
    hear(desk, hours, 2 * MINUTE_S)
    end(desk)


def busy_minute(desk: Desk, hours: HourServices, minute: int) -> None:
    """What people do meanwhile: look elsewhere, answer cards, pause, black out, change a setting."""
    overlay, runner, window = desk.app.overlay, desk.app.runner, desk.window
    window.go_to((NOW, CALLS, COMMITMENTS, PRACTICE, TEAM)[minute % 5])
    hear(desk, hours, MINUTE_S)
    if overlay.cue is not None:
        (overlay.toggle_why, overlay.next_line, overlay.put_away, overlay.say_it, overlay.contest)[
            minute % 5
        ]()
    if minute % 10 == 3:
        runner.pause()
        desk.qtbot.waitUntil(lambda: runner.phase is Phase.PAUSED)
        runner.resume()
        desk.qtbot.waitUntil(lambda: runner.phase is Phase.RUNNING)
    if minute % 10 == 6:
        desk.app.ear.open_settings()
        desk.settle()
        dialog = desk.app.ear.settings.dialog
        assert dialog is not None
        dialog.accept()
    if minute % 10 == 8:
        window.actions_.levels[("quiet", "standard")[minute // 10 % 2]].trigger()
    desk.settle()


def test_an_hour_of_the_whole_app_leaves_nothing_behind(
    desk: Desk, hours: HourServices, census: Callable[[], Counter[str]]
) -> None:
    """300 turns, cards, promises, pauses and rooms later: the same widgets, timers and threads as before."""
    short_call(desk, hours)
    for room in (CALLS, COMMITMENTS, PRACTICE, TEAM):
        desk.window.go_to(room)
        desk.settle()
    short_call(desk, hours)
    before = census()
    begin(desk)
    for minute in range(60):
        busy_minute(desk, hours, minute)
    record = hours.record
    end(desk)
    assert len(record.turns) >= 290
    assert len(record.cues) >= 10
    assert {ended.end for ended in record.cue_ends.values()} >= {CueEnd.REPAIRED}
    assert record.commitments
    short_call(desk, hours)
    assert census() - before == Counter()
    assert before - census() == Counter()
