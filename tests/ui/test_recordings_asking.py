"""Whose voice is whose: nobody but the agent is written down, and one click answers what asks."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from coach.errors import KnownError
from coach.values.batches import BatchState, Side
from tests.fakes.desk import Desk, desk, services, unnamed_controls, unopened_desk
from tests.ui.test_recordings import accept, drop, folder, items, message, over, picking, voices
from ui.dialogs.recording import EVERYONE, FIND
from ui.window.main_window import NOW, RECORDINGS, SUMMARY

__all__ = ["desk", "folder", "services", "unopened_desk"]


@pytest.fixture
def asking(desk: Desk, folder: Path) -> Desk:
    """Two recordings with two voices each, added while a call ran, that ask now."""
    desk.start()
    drop(desk, folder)
    accept(desk, 0)
    desk.qtbot.waitUntil(lambda: len(items(desk)) == 2)
    desk.services.voices = voices()
    desk.stop()
    over(desk)
    assert [one.state for one in items(desk)] == [BatchState.ASKING] * 2
    assert desk.services.opened == []
    return desk


def test_what_was_added_in_a_call_waits_for_an_answer(asking: Desk) -> None:
    """Its row and the end of the line say so, and where to answer; nothing of it was written down."""
    desk, page = asking, asking.window.recordings
    assert not {one.call_id for one in items(desk)} & set(desk.services.memory.calls)
    assert message(desk) == "2 recordings: 2 need you. Which voice is yours?"
    page.select(items(desk)[0].id)
    assert page.detail.voice_button.isVisibleTo(page)
    assert "not a word of it is written down" in page.detail.words_label.text()
    said = page.model.data(page.model.index(0), int(Qt.ItemDataRole.AccessibleTextRole))
    assert "Needs you: which voice is yours?" in said
    assert unnamed_controls(page.window()) == []


def test_one_answer_serves_all_that_ask(asking: Desk) -> None:
    """The banner leads to the question; the voice that was picked keeps the others out of each."""
    desk = asking
    desk.window.go_to(NOW)
    desk.window.banners.banners[0].action_button.click()
    assert desk.window.room == RECORDINGS
    dialog = picking(desk)
    assert dialog.others_check.text() == "It is my voice for one more recording that asks, too"
    assert unnamed_controls(dialog) == []
    dialog.group.button(1).click()
    dialog.use_button.click()
    desk.qtbot.waitUntil(lambda: all(one.state is BatchState.DONE for one in items(desk)))
    assert desk.services.voices_opened == [b"second", b"second"]
    assert desk.services.enrolled_on is None


def test_no_voice_is_played_into_a_call(asking: Desk) -> None:
    """Its microphone would hear the customer of the recording: what is open stays silent, none is asked."""
    desk, detail = asking, asking.window.recordings.detail
    asking.window.recordings.select(items(desk)[0].id)
    detail.voice_button.click()
    dialog = picking(desk)
    desk.start()
    dialog.play_buttons[0].click()
    assert [told for told in desk.services.review.players[-1].asked if told[0] == "play"] == []
    assert "during a call" in dialog.error_label.text()
    dialog.reject()
    desk.settle()
    detail.voice_button.click()
    desk.settle()
    assert desk.app.files.questions.picker.dialog is None
    assert "during a call" in desk.window.toast.message_label.text()
    desk.stop()


def test_nothing_in_the_question_is_squeezed(asking: Desk) -> None:
    """The voices come some seconds after the dialog: it grows for them."""
    asking.window.recordings.select(items(asking)[0].id)
    asking.window.recordings.detail.voice_button.click()
    dialog = picking(asking)
    asking.settle()
    dialog.layout().activate()
    shown = [*dialog.group.buttons(), *dialog.play_buttons, dialog.others_check, dialog.keep_check]
    assert [one.text() for one in shown if one.height() < one.sizeHint().height()] == []
    dialog.reject()


def test_a_single_recording_that_asked_shows_its_summary_once_it_is_answered(
    desk: Desk, folder: Path
) -> None:
    """Whoever opened one alone waits for what comes of it, question or not."""
    desk.start()
    drop(desk, folder / "a.wav")
    accept(desk, 0)
    desk.qtbot.waitUntil(lambda: len(items(desk)) == 1)
    desk.services.voices = voices()
    desk.stop()
    over(desk)
    desk.window.go_to(RECORDINGS)
    page = desk.window.recordings
    page.select(items(desk)[0].id)
    page.detail.voice_button.click()
    dialog = picking(desk)
    dialog.group.button(0).click()
    dialog.use_button.click()
    desk.qtbot.waitUntil(lambda: items(desk)[0].state is BatchState.DONE)
    desk.settle()
    assert desk.window.room == SUMMARY


def test_others_on_my_own_channel_are_told_apart_on_that_channel(desk: Desk, folder: Path) -> None:
    """The question listens where the recording is read: in a mix of all channels voices may be others."""
    desk.services.voices, desk.services.channel_shared = voices(), True
    drop(desk, folder / "a.wav")
    accept(desk, 1)
    over(desk)
    desk.window.banners.banners[0].action_button.click()
    dialog = picking(desk)
    assert desk.services.voices_asked == [0]
    dialog.group.button(1).click()
    dialog.use_button.click()
    desk.qtbot.waitUntil(lambda: items(desk)[0].state is BatchState.DONE)
    assert desk.services.opened == [(folder / "a.wav", 0)]
    assert desk.services.voices_opened == [b"second"]


def test_an_answer_for_several_leaves_one_at_the_line(desk: Desk, folder: Path) -> None:
    """One alone was waited for until another joined it: nobody is led away while the line goes on."""
    desk.services.voices, desk.services.channel_shared = voices(), True
    for name in ("a.wav", "b.mp3"):
        drop(desk, folder / name)
        accept(desk, 1)
        over(desk)
    desk.window.go_to(RECORDINGS)
    page = desk.window.recordings
    page.select(items(desk)[1].id)
    page.detail.voice_button.click()
    dialog = picking(desk)
    dialog.group.button(0).click()
    dialog.use_button.click()
    over(desk)
    assert [one.state for one in items(desk)] == [BatchState.DONE] * 2
    assert desk.window.room == RECORDINGS


def test_an_answer_may_be_for_one_alone(asking: Desk) -> None:
    """Enter on its row asks; the other still waits."""
    desk, page = asking, asking.window.recordings
    page.select(items(desk)[1].id)
    desk.qtbot.keyClick(page.list, Qt.Key.Key_Return)
    dialog = picking(desk)
    dialog.others_check.click()
    dialog.group.button(0).click()
    dialog.use_button.click()
    desk.qtbot.waitUntil(lambda: items(desk)[1].state is BatchState.DONE)
    assert items(desk)[0].state is BatchState.ASKING
    assert desk.services.voices_opened == [b"first"]


def test_with_an_enrolled_voice_all_that_ask_go_on(asking: Desk) -> None:
    """Enrolled by picking it or by reading aloud: there is nothing left to ask."""
    desk = asking
    desk.services.enrol_picked(b"")
    desk.app.ear.voice.refresh()
    desk.qtbot.waitUntil(lambda: all(one.state is BatchState.DONE for one in items(desk)))
    assert items(desk)[0].taken.endswith("Only your enrolled voice was written down.")


def test_that_every_voice_is_mine_can_be_said_before(desk: Desk, folder: Path) -> None:
    """Practice alone: it is one of the choices, counts for all of them, and nothing more is asked."""
    desk.services.voices = voices()
    drop(desk, folder)
    accept(desk, EVERYONE)
    over(desk)
    assert [one.state for one in items(desk)] == [BatchState.DONE] * 2
    assert items(desk)[1].taken.endswith("Every voice in it was taken as yours, as you said.")


@pytest.mark.parametrize(
    ("side", "chosen"),
    [(Side(), 0), (Side(0), 1), (Side(1), 2), (Side(find=True), FIND), (Side(everyone=True), EVERYONE)],
)
def test_your_side_begins_with_what_is_set(desk: Desk, folder: Path, side: Side, chosen: int) -> None:
    """Whoever only looks changes nothing; a voice that is found later does not change it either."""
    desk.services.channel = 0
    desk.app.files.line.add([folder / "a.wav"], side)
    over(desk)
    page = desk.window.recordings
    page.select(items(desk)[0].id)
    page.detail.side_button.click()
    dialog = desk.asked_where()
    desk.settle()
    assert dialog.group.checkedId() == chosen
    assert dialog.side == side
    dialog.reject()


def test_what_is_dropped_while_a_question_is_open_is_asked_next(desk: Desk, folder: Path) -> None:
    """Neither question is lost: the second comes when the first is answered, or left."""
    desk.services.voices = voices()
    drop(desk, folder / "a.wav")
    accept(desk, 0)
    first = picking(desk)
    drop(desk, folder / "b.mp3")
    desk.settle()
    assert desk.app.files.questions.recording_dialog is None
    first.group.button(0).click()
    first.use_button.click()
    accept(desk, 2)
    desk.qtbot.waitUntil(lambda: [one.state for one in items(desk)] == [BatchState.DONE] * 2)
    assert set(desk.services.opened) == {(folder / "a.wav", None), (folder / "b.mp3", 1)}


def test_of_several_none_takes_the_window_to_its_summary(desk: Desk, folder: Path) -> None:
    """That all voices are mine is said of the one that was heard: it is still one of those in line."""
    desk.services.voices = voices()
    (folder / "c.wav").write_bytes(b"c.wav")
    drop(desk, folder)
    accept(desk, 0)
    picking(desk).all_button.click()
    desk.qtbot.waitUntil(lambda: len(items(desk)) == 3)
    over(desk)
    desk.settle()
    assert [one.state for one in items(desk)] == [BatchState.DONE, BatchState.ASKING, BatchState.ASKING]
    assert desk.window.room == RECORDINGS


def test_one_recording_is_reviewed_once_like_many(desk: Desk, folder: Path) -> None:
    """It shows its summary at its end; opened again it is known, and its summary is shown again."""
    for states in ([BatchState.DONE], [BatchState.DONE, BatchState.KNOWN]):
        desk.window.go_to(NOW)
        desk.app.files.open_recording(folder / "a.wav")
        accept(desk, 1)
        desk.qtbot.waitUntil(lambda states=states: [one.state for one in items(desk)] == states)
        desk.qtbot.waitUntil(lambda: desk.window.room == SUMMARY)
        desk.settle()
    assert desk.services.opened == [(folder / "a.wav", 0)]
    assert items(desk)[0].call_id == items(desk)[1].call_id


def test_what_was_cleared_can_be_brought_back(desk: Desk, folder: Path) -> None:
    """Undo puts the list back as it was."""
    drop(desk, folder)
    accept(desk, 1)
    over(desk)
    before, page = list(items(desk)), desk.window.recordings
    page.select(before[0].id)
    page.detail.remove_button.click()
    desk.qtbot.waitUntil(lambda: items(desk) == before[1:])
    desk.settle()
    assert desk.window.toast.message_label.text() == "1 recording taken off the list. Its call stays."
    desk.window.toast.action_button.click()
    desk.qtbot.waitUntil(lambda: items(desk) == before)
    page.clear_action.trigger()
    desk.qtbot.waitUntil(lambda: items(desk) == [])
    desk.settle()
    desk.window.toast.action_button.click()
    desk.qtbot.waitUntil(lambda: items(desk) == before)
    assert desk.services.line.batch_items() == before


def test_what_asks_is_told_at_the_next_start(unopened_desk: Desk, folder: Path) -> None:
    """It is not forgotten."""
    desk = unopened_desk
    desk.services.voices = voices()
    desk.services.batch.add([folder / "a.wav"], Side())
    desk.services.batch.run(lambda _event: None)
    desk.qtbot.waitUntil(lambda: not desk.services.batch.running)
    desk.open()
    desk.qtbot.waitUntil(lambda: message(desk) == "1 recording needs you. Which voice is yours?")


def test_where_one_is_on_a_recording_that_is_gone_changes_nothing(
    desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was reviewed and stays so: why it cannot be asked about is told, and it is not read again."""
    drop(desk, folder)
    accept(desk, 1)
    over(desk)
    before = items(desk)
    assert [one.state for one in before] == [BatchState.DONE] * 2

    def gone(_path: Path) -> int:
        raise KnownError("recording-missing", "The recording is not there.")

    monkeypatch.setattr(desk.services, "channels", gone)
    desk.window.recordings.side_wanted.emit(before[0].id)
    told = desk.window.banners
    desk.qtbot.waitUntil(lambda: any(one.code == "recording-missing" for one in told.banners))
    desk.settle()
    assert items(desk) == before
    assert desk.app.files.questions.recording_dialog is None
