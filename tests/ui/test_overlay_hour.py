"""An hour of calls leaves the overlay as it was."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

from coach.events import CueEnd, CueEnded, Level
from tests.fakes import sample_call
from tests.fakes.desk import Desk, desk, services
from tests.fakes.services import ScriptedCall

__all__ = ["desk", "services"]

HOUR_S = 3_600
CUE_EVERY_S, STEP_S = 30, 15
ENDS = (CueEnd.REPAIRED, CueEnd.EXPIRED, CueEnd.DISMISSED, CueEnd.UNFAIR)


def census(desk: Desk) -> Counter[str]:
    """Every object of the overlay by its kind, every open window, and every timer that runs."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    QCoreApplication.processEvents()
    found = Counter(type(each).__name__ for each in desk.app.overlay.findChildren(QObject))
    found["windows"] = sum(1 for window in QApplication.topLevelWidgets() if window.isVisible())
    timers = [
        timer for root in (desk.app, desk.window, desk.app.overlay) for timer in root.findChildren(QTimer)
    ]
    # The toast goes by itself a little later.
    found["timers"] = sum(timer.isActive() for timer in timers if timer.parent() is not desk.window.toast)
    return found


def hour(call: ScriptedCall) -> None:
    """Levels and a cue every half minute, in the call's own time; nobody waits for it.

    The cues are of no turn there is: what the transcript makes of them is not looked at here.
    """
    first = sample_call.cues()[1]
    cue = replace(first, because=replace(first.because, turn_index=-1))
    for second in (*range(0, HOUR_S, STEP_S), HOUR_S - 1):
        call.send(Level(float(second), -30.0 + second % 7, -12.0))
        number, into = divmod(second, CUE_EVERY_S)
        if into == 0:
            call.send(replace(cue, id=f"q{number}", at_s=float(second)))
        elif into == CUE_EVERY_S // 2:
            call.send(CueEnded(f"q{number}", float(second), ENDS[number % len(ENDS)]))


def test_an_hour_leaves_no_timer_widget_or_window_behind(desk: Desk) -> None:
    """120 cues later the overlay is made of the same parts, and nothing of it still runs."""
    desk.start()
    desk.stop()
    before = census(desk)
    call = desk.start()
    hour(call)
    desk.settle()
    assert desk.app.overlay.pill.elapsed_label.text() == "59:59"
    desk.stop()
    assert census(desk) == before
    assert not desk.app.overlay.isVisible()
    assert not desk.app.overlay.thanks_timer.isActive()
    assert not desk.app.overlay.fade.is_running
