"""Recordings in line, as they are dropped, watched, taken out, and told of."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication

from coach.errors import KnownError
from coach.values.batches import BatchItem, BatchState, FoundVoice, Side
from tests.fakes.desk import Desk, desk, services, unnamed_controls, unopened_desk
from ui.recordings.desk import CODE
from ui.recordings.voices import PickVoiceDialog
from ui.window.main_window import NOW, RECORDINGS, SUMMARY

__all__ = ["desk", "services", "unopened_desk"]


def drop(desk: Desk, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    event = QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, data, buttons, keys)
    desk.window.dropEvent(event)


def accept(desk: Desk, number: int) -> None:
    """Choose the radio button of this number, and go on."""
    dialog = desk.asked_where()
    dialog.group.button(number).setChecked(True)
    dialog.open_button.click()


def message(desk: Desk) -> str:
    return next(
        (banner.message_label.text() for banner in desk.window.banners.banners if banner.code == CODE), ""
    )


def items(desk: Desk) -> list[BatchItem]:
    return desk.window.recordings.model.items


def over(desk: Desk) -> None:
    """All in line are done with, and the end is told."""
    desk.qtbot.waitUntil(lambda: bool(message(desk)))
    desk.settle()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("a.wav", "b.mp3", "notes.txt"):
        (tmp_path / name).write_bytes(name.encode())
    return tmp_path


def test_a_dropped_folder_is_reviewed_one_after_the_other(desk: Desk, folder: Path) -> None:
    """The channel is asked once, each recording becomes a call, and the end is told with a report to copy."""
    drop(desk, folder)
    accept(desk, 2)
    over(desk)
    assert desk.services.opened == [(folder / "a.wav", 1), (folder / "b.mp3", 1)]
    assert desk.window.room == RECORDINGS
    assert message(desk) == "2 recordings: 2 reviewed."
    banner = next(one for one in desk.window.banners.banners if one.code == CODE)
    banner.action_button.click()
    desk.settle()
    assert "a.wav,reviewed" in QGuiApplication.clipboard().text()
    assert {one.call_id for one in items(desk)} <= set(desk.services.memory.calls)


def test_a_result_opens_its_summary_and_leads_back(desk: Desk, folder: Path) -> None:
    """Results can be looked at as they come, by Enter too; Escape goes back to the line."""
    drop(desk, folder)
    accept(desk, 1)
    over(desk)
    page = desk.window.recordings
    page.select(items(desk)[0].id)
    assert "Taken as yours: the left channel." in page.detail.words_label.text()
    page.detail.summary_button.click()
    desk.settle()
    assert desk.window.room == SUMMARY
    desk.window.banners.dismiss(CODE)
    desk.window.go_back()
    assert desk.window.room == RECORDINGS
    desk.qtbot.keyClick(page.list, Qt.Key.Key_Return)
    desk.settle()
    assert desk.window.room == SUMMARY


def test_one_broken_file_is_no_alarm(desk: Desk, folder: Path) -> None:
    """Which it is and why is said where one looks first, in no red."""
    desk.services.call_error = KnownError("not-audio", "This is not a recording.")
    drop(desk, folder / "a.wav")
    accept(desk, 1)
    over(desk)
    assert message(desk) == "a.wav: This is not a recording."
    assert desk.window.banners.banners[0].kind == "plain"


def test_a_recording_that_fails_does_not_stop_the_rest(desk: Desk, folder: Path) -> None:
    """Its reason is on its row and in the report, and it can be tried again."""
    desk.services.call_error = KnownError("not-audio", "This is not a recording.")
    drop(desk, folder / "a.wav", folder / "b.mp3")
    accept(desk, 1)
    over(desk)
    assert [(one.state, one.why) for one in items(desk)] == [
        (BatchState.FAILED, "This is not a recording.")
    ] * 2
    assert message(desk) == "2 recordings: 2 failed."
    assert desk.window.banners.banners[0].kind == "plain"
    desk.services.call_error = None
    page = desk.window.recordings
    page.select(items(desk)[1].id)
    assert page.detail.why_label.text() == "This is not a recording."
    assert page.detail.summary_button.isHidden()
    page.detail.again_button.click()
    desk.qtbot.waitUntil(lambda: items(desk)[1].state is BatchState.DONE)
    assert items(desk)[0].state is BatchState.FAILED


def test_they_wait_while_a_call_runs(desk: Desk, folder: Path) -> None:
    """Dropped in a call they are put in line, begin when it has ended, and say so until then."""
    desk.start()
    drop(desk, folder)
    accept(desk, 1)
    desk.qtbot.waitUntil(lambda: len(items(desk)) == 2)
    desk.settle()
    assert "waits until the call has ended" in desk.window.recordings.line_label.text()
    assert desk.services.opened == []
    desk.stop()
    over(desk)
    assert len(desk.services.opened) == 2


def test_all_can_be_taken_out_and_put_back(desk: Desk, folder: Path) -> None:
    """Stop all empties the line; Undo fills it again."""
    desk.start()
    drop(desk, folder)
    accept(desk, 1)
    desk.qtbot.waitUntil(lambda: len(items(desk)) == 2)
    desk.settle()
    desk.window.recordings.stop_button.click()
    desk.qtbot.waitUntil(lambda: all(one.state is BatchState.STOPPED for one in items(desk)))
    desk.settle()
    desk.window.toast.action_button.click()
    desk.qtbot.waitUntil(lambda: all(one.state is BatchState.WAITING for one in items(desk)))
    desk.stop()
    over(desk)
    assert [one.state for one in items(desk)] == [BatchState.DONE] * 2


def test_what_was_left_in_line_goes_on(unopened_desk: Desk, folder: Path) -> None:
    """After a quit or a crash the app tells what waits, and goes on when asked."""
    desk = unopened_desk
    desk.services.batch.add([folder / "a.wav"], Side(1))
    desk.open()
    desk.qtbot.waitUntil(lambda: message(desk) == "1 recording waits from last time.")
    assert desk.services.opened == []
    banner = next(one for one in desk.window.banners.banners if one.code == CODE)
    banner.action_button.click()
    assert desk.window.room == RECORDINGS
    desk.qtbot.waitUntil(lambda: "1 reviewed" in message(desk))
    assert desk.services.opened == [(folder / "a.wav", 1)]


def test_very_many_are_asked_about_first(desk: Desk, tmp_path: Path) -> None:
    """A folder of 10,000: nothing is put in line before the user said so, and all of them after."""
    for number in range(10_000):
        (tmp_path / f"{number:05d}.wav").touch()
    drop(desk, tmp_path)
    desk.qtbot.waitUntil(lambda: desk.app.files.questions.many_dialog is not None)
    dialog = desk.app.files.questions.many_dialog
    assert dialog is not None
    assert "".join(filter(str.isdecimal, dialog.windowTitle())) == "10000"
    dialog.reject()
    assert items(desk) == []
    desk.start()
    drop(desk, tmp_path)
    desk.qtbot.waitUntil(lambda: desk.app.files.questions.many_dialog is not None)
    desk.app.files.questions.many_dialog.all_button.click()  # type: ignore[union-attr]
    accept(desk, 1)
    desk.qtbot.waitUntil(lambda: len(items(desk)) == 10_000)
    desk.window.recordings.stop_button.click()
    desk.qtbot.waitUntil(lambda: all(one.state is BatchState.STOPPED for one in items(desk)))
    desk.stop()


def test_a_folder_without_recordings_says_so(desk: Desk, tmp_path: Path) -> None:
    """A drop that leads to nothing is explained."""
    drop(desk, tmp_path)
    desk.qtbot.waitUntil(lambda: bool(desk.window.banners.banners))
    assert desk.window.banners.banners[0].code == "folder-empty"


def test_the_side_can_be_changed_for_each(desk: Desk, folder: Path) -> None:
    """One that was reviewed by the wrong channel is reviewed again by the other, and has one call."""
    drop(desk, folder)
    accept(desk, 1)
    over(desk)
    calls = len(desk.services.memory.calls)
    page = desk.window.recordings
    page.select(items(desk)[0].id)
    page.detail.side_button.click()
    accept(desk, 2)
    desk.qtbot.waitUntil(lambda: len(desk.services.opened) == 3)
    desk.qtbot.waitUntil(lambda: items(desk)[0].state is BatchState.DONE)
    assert desk.services.opened[-1] == (folder / "a.wav", 1)
    assert len(desk.services.memory.calls) == calls


def test_with_a_known_voice_the_channel_is_found_in_each(desk: Desk, folder: Path) -> None:
    """The dialog offers it first; it is asked of each recording."""
    desk.services.enrol_picked(b"")
    desk.services.channel = 1
    drop(desk, folder)
    dialog = desk.asked_where()
    assert dialog.side == Side(find=True)
    dialog.open_button.click()
    over(desk)
    assert desk.services.opened == [(folder / "a.wav", 1), (folder / "b.mp3", 1)]
    assert "where your voice was found" in items(desk)[0].taken


def voices() -> list[FoundVoice]:
    return [FoundVoice(b"first", 62.0, 3.0, 7.0, False), FoundVoice(b"second", 30.0, 9.0, 12.0, True)]


def picking(desk: Desk) -> PickVoiceDialog:
    desk.qtbot.waitUntil(lambda: desk.app.files.questions.picker.dialog is not None)
    dialog = desk.app.files.questions.picker.dialog
    assert dialog is not None
    desk.qtbot.waitUntil(lambda: bool(dialog.voices))
    return dialog


def test_of_two_voices_the_agent_picks_one_by_ear(desk: Desk, folder: Path) -> None:
    """Each is heard through the player; the one chosen serves these recordings, and nobody is enrolled."""
    desk.services.voices = voices()
    drop(desk, folder)
    accept(desk, 0)
    dialog = picking(desk)
    assert not dialog.use_button.isEnabled()
    dialog.play_buttons[1].click()
    player = desk.services.review.players[-1]
    assert player.asked == [("play", 9.0, 12.0, False)]
    assert dialog.play_buttons[1].text() == "Stop"
    assert [one.accessibleName() for one in dialog.play_buttons] == ["Hear voice 1", "Stop voice 2"]
    dialog.group.button(1).click()
    dialog.use_button.click()
    over(desk)
    assert player.closed
    assert desk.services.voices_opened == [b"second", b"second"]
    assert desk.services.enrolled_on is None
    assert items(desk)[0].taken == "All 2 channels together. Only the voice you picked was written down."


def test_a_picked_voice_can_become_the_agents_own(desk: Desk, folder: Path) -> None:
    """Only if the agent says so; a telephone's voice says that reading aloud makes a better profile."""
    desk.services.voices = voices()
    desk.app.files.open_recording(folder / "a.wav")
    accept(desk, 0)
    dialog = picking(desk)
    dialog.group.button(1).click()
    assert dialog.telephone_label.isHidden()
    dialog.keep_check.click()
    assert dialog.telephone_label.isVisible()
    assert unnamed_controls(dialog) == []
    dialog.use_button.click()
    desk.qtbot.waitUntil(lambda: len(desk.services.opened) == 1)
    desk.settle()
    assert desk.services.enrolled_on is not None
    assert desk.services.voices_opened == [None]


def test_that_all_voices_are_mine_counts_for_the_one_that_was_heard(desk: Desk, folder: Path) -> None:
    """It was said of the one that was heard; of the others each is looked at, and asks."""
    desk.services.voices = voices()
    drop(desk, folder)
    accept(desk, 0)
    picking(desk).all_button.click()
    over(desk)
    assert desk.services.opened == [(folder / "a.wav", None)]
    assert "Every voice in it was taken as yours, as you said." in items(desk)[0].taken
    assert items(desk)[1].state is BatchState.ASKING
    assert message(desk) == "2 recordings: 1 reviewed, 1 needs you. Which voice is yours?"


def test_where_one_voice_speaks_nothing_is_asked(desk: Desk, folder: Path) -> None:
    """Nor where the recording cannot be listened to: what is wrong with it is told when it is read."""
    desk.services.voices = voices()[:1]
    desk.app.files.open_recording(folder / "a.wav")
    accept(desk, 0)
    desk.qtbot.waitUntil(lambda: len(desk.services.opened) == 1)
    desk.settle()
    desk.services.ear_error = KnownError("not-audio", "No.")
    desk.app.files.open_recording(folder / "b.mp3")
    accept(desk, 0)
    desk.qtbot.waitUntil(lambda: len(desk.services.opened) == 2)


def test_a_voice_that_cannot_be_heard_says_why(desk: Desk, folder: Path) -> None:
    """No loudspeaker: the reason is in the dialog, and one can still choose."""
    desk.services.voices = voices()
    desk.services.review.no_output = KnownError("no-output", "There is no loudspeaker.")
    desk.app.files.open_recording(folder / "a.wav")
    accept(desk, 0)
    dialog = picking(desk)
    dialog.play_buttons[0].click()
    desk.qtbot.waitUntil(lambda: dialog.error_label.text() == "There is no loudspeaker.")
    dialog.reject()
    desk.settle()
    assert desk.window.room == NOW
    assert desk.services.opened == []


def test_the_room_can_be_used_without_a_mouse(desk: Desk, folder: Path) -> None:
    """Every control has a name, Delete takes a recording out, then off the list; its call stays."""
    page = desk.window.recordings
    desk.window.go_to(RECORDINGS)
    assert unnamed_controls(page.window()) == []
    drop(desk, folder)
    accept(desk, 1)
    over(desk)
    page.select(items(desk)[0].id)
    assert unnamed_controls(page.window()) == []
    calls = set(desk.services.memory.calls)
    desk.qtbot.keyClick(page.list, Qt.Key.Key_Delete)
    desk.qtbot.waitUntil(lambda: len(items(desk)) == 1)
    page.clear_action.trigger()
    desk.qtbot.waitUntil(lambda: items(desk) == [])
    assert set(desk.services.memory.calls) == calls
    assert desk.services.line.kept == {}


def test_the_report_is_saved_as_a_table(desk: Desk, folder: Path, tmp_path: Path) -> None:
    """What became of each, for a spreadsheet."""
    drop(desk, folder)
    accept(desk, 1)
    over(desk)
    desk.app.files.line.save_report(tmp_path / "out.csv")
    desk.settle()
    # With the mark: without it a spreadsheet reads an umlaut in a name as two other signs.
    assert (tmp_path / "out.csv").read_bytes().startswith("\ufefffile,result,seconds,call,why".encode())


def test_voices_are_looked_for_in_the_first_that_can_be_read(
    desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that is none is passed over, and the dialog names the one that is heard."""

    def voices_in(path: Path, _progress: object, _channel: int | None, lone: bool) -> list[FoundVoice]:
        assert not lone
        if path.name == "a.wav":
            raise KnownError("not-audio", "No.")
        return voices()

    monkeypatch.setattr(desk.services, "voices_in", voices_in)
    drop(desk, folder)
    accept(desk, 0)
    dialog = picking(desk)
    assert "who speaks in b.mp3" in dialog.words_label.text()
    dialog.reject()
