"""The leak check: explained, run, judged in words."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Literal

import pytest
from PySide6.QtWidgets import QApplication

from coach.errors import KnownError
from coach.ports import LeakVerdict
from tests.fakes.desk import Desk, desk, services, unnamed_controls, unopened_desk
from ui.dialogs.leak_check import LeakCheckDialog

__all__ = ["desk", "services", "unopened_desk"]


@pytest.fixture
def dialog(desk: Desk) -> Iterator[LeakCheckDialog]:
    desk.app.ear.check_leak()
    desk.settle()
    made = desk.app.ear.leak.dialog
    assert made is not None
    yield made
    if desk.app.ear.leak.dialog is made:
        made.reject()


@pytest.mark.parametrize(
    ("verdict", "title"),
    [("safe", "Safe"), ("headset-needed", "Headset needed"), ("could-not-tell", "Could not tell")],
)
def test_each_verdict_says_why_and_what_to_do(
    desk: Desk,
    dialog: LeakCheckDialog,
    verdict: Literal["safe", "headset-needed", "could-not-tell"],
    title: str,
) -> None:
    """Title, reason and advice, in one card a screen reader reads whole; none of it is squeezed."""
    desk.services.leak = LeakVerdict(verdict, "What was measured, in one sentence.", "What to do now.")
    dialog.play_button.click()
    desk.settle()
    assert dialog.verdict_label.text() == title
    assert dialog.card.accessibleName() == f"{title}. What was measured, in one sentence. What to do now."
    QApplication.processEvents()
    for label in (dialog.why_label, dialog.advice_label):
        assert label.height() >= label.heightForWidth(label.width())


def test_what_is_played_on_and_listened_to_is_the_users_choice(desk: Desk, dialog: LeakCheckDialog) -> None:
    """The output chosen here is used and remembered."""
    desk.services.settings.listening.device = "alsa:headset"
    dialog.outputs.setCurrentIndex(dialog.outputs.findData("alsa:speakers"))
    dialog.play_button.click()
    desk.settle()
    assert desk.services.leak_devices == [("alsa:headset", "alsa:speakers")]
    assert desk.services.settings.listening.output_device == "alsa:speakers"
    assert desk.services.saved_settings == 1


def test_progress_is_shown_and_the_check_can_be_left(desk: Desk, dialog: LeakCheckDialog) -> None:
    """A bar while it plays; closing ends it, and no verdict comes after that."""
    reached, goes_on = threading.Event(), threading.Event()

    def wait(step: int) -> None:
        if step == 10:
            reached.set()
            assert goes_on.wait(10)

    desk.services.before_ear_step = wait
    judged: list[LeakVerdict] = []
    desk.app.ear.leak.judged.connect(judged.append)
    dialog.play_button.click()
    assert reached.wait(10)
    desk.qtbot.waitUntil(lambda: dialog.bar.value() == 300)
    assert dialog.bar.isVisible()
    assert not dialog.play_button.isEnabled()
    assert dialog.close_button.text() == "Cancel"
    dialog.close_button.click()
    goes_on.set()
    desk.settle()
    assert judged == []
    assert desk.app.ear.leak.dialog is None


def test_a_check_that_fails_says_why(desk: Desk, dialog: LeakCheckDialog) -> None:
    """The reason stands in the dialog, and it can be played again."""
    desk.services.ear_error = KnownError("output-missing", "That loudspeaker is not there.")
    dialog.play_button.click()
    desk.settle()
    assert dialog.error_label.text() == "That loudspeaker is not there."
    assert dialog.play_button.isEnabled()
    desk.services.ear_error = None
    dialog.play_button.click()
    desk.settle()
    assert not dialog.error_label.isVisible()
    assert dialog.verdict_label.text() == "Safe"


def test_every_control_has_a_name(desk: Desk, dialog: LeakCheckDialog) -> None:
    """Also the bar while it runs."""
    dialog.bar.show()
    QApplication.processEvents()
    assert unnamed_controls(dialog) == []


def test_an_output_that_is_away_stays_chosen(desk: Desk) -> None:
    """The sound is played on the system's instead, which nobody chose; what is chosen shows on both."""
    listening = desk.services.settings.listening
    listening.output_device = "alsa:away"
    desk.app.ear.open_settings()
    desk.settle()
    settings = desk.app.ear.settings.dialog
    assert settings is not None
    desk.app.ear.check_leak()
    desk.settle()
    dialog = desk.app.ear.leak.dialog
    assert dialog is not None
    dialog.play_button.click()
    desk.settle()
    assert listening.output_device == "alsa:away"
    dialog.outputs.setCurrentIndex(dialog.outputs.findData("alsa:speakers"))
    dialog.play_button.click()
    desk.settle()
    assert listening.output_device == "alsa:speakers"
    assert settings.microphone.outputs.currentData() == "alsa:speakers"
    dialog.reject()
    settings.accept()
