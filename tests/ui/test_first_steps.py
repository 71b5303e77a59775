"""Three steps offered once, before or after the first call, never in its way."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtWidgets import QApplication

from coach.ports import LeakVerdict, VoiceEnrolled
from tests.fakes.desk import Desk, desk, services, unnamed_controls, unopened_desk
from ui.dialogs.consent import ConsentDialog
from ui.live.first_steps import ENROL, LEAK, MEASURE
from ui.look.theme import apply_theme
from ui.running.call_runner import Phase

__all__ = ["desk", "services", "unopened_desk"]


@pytest.fixture
def new_desk(unopened_desk: Desk) -> Desk:
    """A first start, its question answered."""
    consent = unopened_desk.services.settings.consent
    consent.first_run_done = consent.first_steps_done = False
    unopened_desk.app.open()
    question = unopened_desk.app.readiness.dialog
    assert isinstance(question, ConsentDialog)
    assert not unopened_desk.window.live.welcome.steps.isVisible()
    question.agree_button.click()
    unopened_desk.settle()
    return unopened_desk


def test_a_first_start_offers_them_once(new_desk: Desk) -> None:
    """After the question they stand on the page; put away, they are gone for good."""
    steps = new_desk.window.live.welcome.steps
    assert steps.isVisible()
    assert unnamed_controls(new_desk.window) == []
    steps.skip_button.setFocus()
    steps.skip_button.click()
    new_desk.settle()
    assert not steps.isVisible()
    assert new_desk.services.settings.consent.first_steps_done
    assert new_desk.window.focusWidget() is new_desk.window.live.welcome.start_button
    new_desk.app.ear.steps.offer()
    assert not steps.isVisible()


def test_an_old_hand_never_sees_them(desk: Desk) -> None:
    """Who put them away once is left alone."""
    assert not desk.window.live.welcome.steps.isVisible()


def test_the_first_call_waits_for_none_of_them(new_desk: Desk) -> None:
    """With every step untaken a call starts as always; afterwards they are offered still."""
    new_desk.start()
    assert new_desk.app.runner.phase is Phase.RUNNING
    new_desk.stop()
    assert not new_desk.services.settings.consent.first_steps_done


def test_each_step_says_what_it_came_to(new_desk: Desk) -> None:
    """Measured, enrolled, checked: a tick, and the result in words."""
    steps = new_desk.window.live.welcome.steps
    steps.buttons[MEASURE].click()
    assert steps.buttons[MEASURE].text() == "Cancel"
    new_desk.settle()
    assert steps.lines[MEASURE].text().startswith("Model base: words about 0.6 s")
    steps.buttons[ENROL].click()
    new_desk.settle()
    dialog = new_desk.app.ear.voice.dialog
    assert dialog is not None
    dialog.main_button.click()
    new_desk.services.readings[0].send(VoiceEnrolled(dt.date(2026, 11, 27)))
    new_desk.settle()
    dialog.accept()
    assert "27" in steps.lines[ENROL].text()
    assert not steps.all_done
    new_desk.services.leak = LeakVerdict("headset-needed", "It is heard.", "Use a headset.")
    steps.buttons[LEAK].click()
    new_desk.settle()
    check = new_desk.app.ear.leak.dialog
    assert check is not None
    check.play_button.click()
    new_desk.settle()
    check.reject()
    assert steps.lines[LEAK].text() == "Headset needed."
    assert steps.all_done
    assert steps.buttons[LEAK].accessibleDescription().startswith("Done.")


def test_a_step_can_be_left(new_desk: Desk) -> None:
    """A cancelled measurement is not ticked."""
    steps = new_desk.window.live.welcome.steps
    new_desk.services.before_ear_step = lambda _step: new_desk.app.ear.measuring.work._left.set()
    steps.buttons[MEASURE].click()
    new_desk.app.ear.measuring.cancel()
    new_desk.app.ear.measuring.ended.emit()
    new_desk.settle()
    assert steps.buttons[MEASURE].text() == "Measure"
    assert not new_desk.services.settings.listening.model_automatic


def test_there_is_room_for_them_in_the_smallest_window(new_desk: Desk, qapp: QApplication) -> None:
    """Nothing overlaps and nothing is cut: ornaments go first, then whom a call is with."""
    apply_theme(qapp, "light")
    window = new_desk.window
    window.resize(window.minimumSize())
    new_desk.settle()
    welcome = window.live.welcome
    assert welcome.rect().contains(welcome.steps.geometry().translated(welcome.offers.pos()))
    assert welcome.steps.height() >= welcome.steps.minimumSizeHint().height()
    top = welcome.steps.mapTo(welcome, welcome.steps.rect().topLeft()).y()
    assert top > welcome.start_button.mapTo(welcome, welcome.start_button.rect().bottomLeft()).y()
    assert not window.live.with_bar.isVisible()
    bar = window.call_bar
    assert bar.elapsed_label.isVisible() == (bar.width() >= 640)
    bar.show_waiting(True)
    assert bar.elapsed_label.isVisible()
    bar.show_waiting(False)
    welcome.steps.skip_button.click()
    new_desk.settle()
    assert window.live.with_bar.isVisible()


def test_what_stops_a_step_says_so_to_a_screen_reader(new_desk: Desk) -> None:
    """While it is under way its button cancels it, and begins it again afterwards."""
    steps = new_desk.window.live.welcome.steps
    steps.show_busy(MEASURE, "Measuring base.")
    assert steps.buttons[MEASURE].accessibleName() == "Cancel: Measure this machine"
    steps.show_step(MEASURE, done=True)
    assert steps.buttons[MEASURE].accessibleName() == "Measure this machine"
