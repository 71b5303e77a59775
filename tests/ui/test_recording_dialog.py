"""Which side of a recording is the agent's: suggested where the voice is known, asked as ever."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QAccessible

from coach.errors import KnownError
from coach.values.batches import Side
from tests.fakes.desk import Desk, desk, services, unopened_desk
from ui.dialogs.recording import RecordingDialog

__all__ = ["desk", "services", "unopened_desk"]

STEREO = Path("calls/stereo.wav")


def opened(desk: Desk) -> RecordingDialog:
    desk.app.files.open_recording(STEREO)
    return desk.asked_where()


def test_the_channel_of_the_enrolled_voice_is_chosen_beforehand(desk: Desk) -> None:
    """It says why it chose, and the user presses Open."""
    desk.services.channel = 1
    dialog = opened(desk)
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


def test_nobody_is_asked_for_the_channel_of_a_recording_with_one(desk: Desk) -> None:
    """It goes on to whose voice counts, and to the line."""
    desk.services.channel_count = 1
    desk.app.files.open_recording(STEREO)
    desk.qtbot.waitUntil(lambda: desk.services.opened == [(STEREO, None)])
    desk.settle()
    assert desk.app.files.questions.recording_dialog is None


def test_of_one_track_only_what_it_can_be_is_offered(desk: Desk) -> None:
    """Your side of a recording with one channel: none to choose, not even one chosen for its folder."""
    desk.services.channel_count = 1
    desk.app.files.line.add([STEREO], Side(1))
    desk.settle()
    page = desk.window.recordings
    page.select(page.model.items[0].id)
    page.detail.side_button.click()
    dialog = desk.asked_where()
    assert [button.text() for button in dialog.group.buttons()] == [
        "Somewhere on it: only my voice counts",
        "Every voice on it is mine, as when I practise alone",
    ]
    assert dialog.side == Side()
    assert "one track" in dialog.words_label.text()
    dialog.reject()


def test_a_file_that_is_no_recording_is_not_asked_about(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is wrong with it is said at once, in line."""
    no_audio = KnownError("not-audio", "This is not a recording.")

    def channels(_path: Path) -> int:
        raise no_audio

    monkeypatch.setattr(desk.services, "channels", channels)
    desk.services.call_error = no_audio
    desk.app.files.open_recording(STEREO)
    desk.qtbot.waitUntil(lambda: bool(desk.window.banners.banners))
    assert desk.window.banners.banners[0].message_label.text() == "stereo.wav: This is not a recording."
    assert desk.app.files.questions.recording_dialog is None
