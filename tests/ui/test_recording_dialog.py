"""Which side of a recording is the agent's: suggested where the voice is known, asked as ever."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QAccessible

from coach.errors import KnownError
from tests.fakes.desk import Desk, desk, services, unopened_desk
from ui.dialogs.recording import RecordingDialog

__all__ = ["desk", "services", "unopened_desk"]

STEREO = Path("calls/stereo.wav")


def opened(desk: Desk) -> RecordingDialog:
    desk.app.files.open_recording(STEREO)
    dialog = desk.app.files.questions.recording_dialog
    assert dialog is not None
    return dialog


def test_the_channel_of_the_enrolled_voice_is_chosen_beforehand(desk: Desk) -> None:
    """The dialog does not wait for it, says why it chose, and the user presses Open."""
    desk.services.channel = 1
    dialog = opened(desk)
    assert dialog.channel is None
    desk.settle()
    assert dialog.channel == 1
    assert dialog.found_label.text() == "Your voice was found on the right channel."
    seen = QAccessible.queryAccessibleInterface(dialog.found_label)
    assert seen is not None
    assert seen.text(QAccessible.Text.Name) == dialog.found_label.text()
    dialog.open_button.click()
    desk.settle()
    assert desk.services.opened == [(STEREO, 1)]


def test_what_the_user_chose_is_not_changed(desk: Desk) -> None:
    """A suggestion that comes late is told, not imposed."""
    desk.services.channel = 1
    dialog = opened(desk)
    dialog.group.button(1).click()
    desk.settle()
    assert dialog.channel == 0
    assert "right channel" in dialog.found_label.text()
    dialog.reject()


def test_where_it_cannot_be_told_the_user_is_asked_as_ever(desk: Desk) -> None:
    """No profile, or a file that cannot be read: no suggestion, and no banner about it yet."""
    for error in (None, KnownError("no-audio", "There is no sound in it.")):
        desk.services.channel, desk.services.ear_error = None, error
        dialog = opened(desk)
        desk.settle()
        assert dialog.channel is None
        assert not dialog.found_label.isVisible()
        assert desk.window.banners.banners == ()
        dialog.reject()


def test_without_own_voice_only_nothing_is_looked_for(desk: Desk) -> None:
    """Who switched the voice off is not listened for in files either."""
    desk.services.settings.listening.own_voice_only = False
    desk.services.channel = 1
    dialog = opened(desk)
    desk.settle()
    assert dialog.channel is None
    dialog.reject()
