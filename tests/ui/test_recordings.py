from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication

from coach.errors import KnownError
from coach.recordings.report import Result
from tests.fakes.desk import Desk, desk, services
from ui.recordings import CODE

__all__ = ["desk", "services"]


def drop(desk: Desk, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    event = QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, data, buttons, keys)
    desk.window.dropEvent(event)


def accept(desk: Desk, channel: int) -> None:
    desk.qtbot.waitUntil(lambda: desk.app.files.recording_dialog is not None)
    dialog = desk.app.files.recording_dialog
    assert dialog is not None
    dialog.group.button(channel + 1).setChecked(True)
    dialog.open_button.click()


def message(desk: Desk) -> str:
    return next(banner.message_label.text() for banner in desk.window.banners.banners if banner.code == CODE)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("a.wav", "b.mp3", "notes.txt"):
        (tmp_path / name).write_bytes(b"sound")
    return tmp_path


def test_a_dropped_folder_is_reviewed_one_after_the_other(desk: Desk, folder: Path) -> None:
    """The channel is asked once, each recording becomes a call, and the end is told with a report to copy."""
    drop(desk, folder)
    accept(desk, 1)
    desk.qtbot.waitUntil(lambda: len(desk.app.files.queue.outcomes) == 2 and not desk.app.runner.running)
    desk.settle()
    assert desk.services.opened == [(folder / "a.wav", 1), (folder / "b.mp3", 1)]
    desk.qtbot.waitUntil(lambda: message(desk) == "2 recordings: 2 reviewed.")
    banner = next(one for one in desk.window.banners.banners if one.code == CODE)
    banner.action_button.click()
    assert "a.wav,reviewed" in QGuiApplication.clipboard().text()


def test_a_recording_that_fails_does_not_stop_the_rest(desk: Desk, folder: Path) -> None:
    """Its reason is in the report, and the others are tried."""
    desk.services.call_error = KnownError("not-audio", "This is not a recording.")
    drop(desk, folder / "a.wav", folder / "b.mp3")
    accept(desk, 0)
    desk.qtbot.waitUntil(lambda: len(desk.app.files.queue.outcomes) == 2)
    outcomes = desk.app.files.queue.outcomes
    assert [(one.result, one.why) for one in outcomes] == [(Result.FAILED, "This is not a recording.")] * 2
    desk.qtbot.waitUntil(lambda: message(desk) == "2 recordings: 2 failed. Failed: a.wav, b.mp3.")


def test_those_that_wait_can_be_let_go(desk: Desk, folder: Path) -> None:
    """The one that runs is heard to its end; the others are named as not begun."""
    drop(desk, folder)
    accept(desk, 0)
    desk.qtbot.waitUntil(lambda: desk.app.files.queue.running)
    desk.app.files.queue.stop()
    desk.qtbot.waitUntil(lambda: not desk.app.files.queue.running)
    desk.settle()
    results = sorted(one.result.value for one in desk.app.files.queue.outcomes)
    assert results == ["not begun", "reviewed"]
    assert [path.name for path, _channel in desk.services.opened] == ["a.wav"]


def test_a_folder_without_recordings_says_so(desk: Desk, tmp_path: Path) -> None:
    """A drop that leads to nothing is explained."""
    drop(desk, tmp_path)
    desk.qtbot.waitUntil(lambda: bool(desk.window.banners.banners))
    assert desk.window.banners.banners[0].code == "folder-empty"
