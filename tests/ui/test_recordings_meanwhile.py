"""Recordings while something else happens: none is dropped or read twice, no other voice is written down."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from coach.values.batches import BatchItem, BatchSink, BatchState, ItemChanged, Side
from tests.fakes.desk import Desk, desk, services, unopened_desk
from tests.ui.test_recordings import accept, drop, folder, items, over, picking, voices
from ui.recordings.desk import CODE

__all__ = ["desk", "folder", "services", "unopened_desk"]


def test_a_call_that_begins_meanwhile_sends_the_recording_into_the_line(desk: Desk, folder: Path) -> None:
    """Asked for before the call, answered in it: the recording waits for the end of the call."""
    desk.app.files.open_recording(folder / "a.wav")
    desk.qtbot.waitUntil(lambda: desk.app.files.questions.recording_dialog is not None)
    desk.start()
    accept(desk, 1)
    desk.qtbot.waitUntil(lambda: len(items(desk)) == 1)
    desk.stop()
    over(desk)
    assert desk.services.opened == [(folder / "a.wav", 0)]


def test_undo_does_nothing_anew_that_was_done(desk: Desk, folder: Path) -> None:
    """One that came to its end before it could be taken out keeps its call."""
    drop(desk, folder)
    accept(desk, 1)
    over(desk)
    desk.window.recordings.stop_wanted.emit(items(desk)[0].id)
    desk.settle()
    desk.window.toast.action_button.click()
    desk.settle()
    assert items(desk)[0].state is BatchState.DONE
    assert len(desk.services.opened) == 2


def test_undo_begins_no_line_that_stood_still(unopened_desk: Desk, folder: Path) -> None:
    """What waits from last time waits until the agent says Go on, one taken out by mistake too."""
    desk = unopened_desk
    desk.services.batch.add([folder / "a.wav", folder / "b.wav"], Side(1))
    desk.open()
    desk.qtbot.waitUntil(lambda: len(desk.window.recordings.model.items) == 2)
    desk.window.recordings.stop_wanted.emit(items(desk)[0].id)
    desk.settle()
    desk.window.toast.action_button.click()
    desk.settle()
    desk.settle()
    assert [one.state for one in items(desk)] == [BatchState.WAITING] * 2
    assert not desk.app.files.line.running


def test_a_voice_that_is_kept_counts_where_every_voice_is_heard_by_choice(desk: Desk, folder: Path) -> None:
    """In the recording it was picked in, opened at once or put in line, nobody else is written down."""
    desk.services.settings.listening.own_voice_only = False
    desk.services.voices = voices()
    for number in (1, 2):
        desk.services.enrolled_on = None
        if number == 2:
            drop(desk, folder)
        else:
            desk.app.files.open_recording(folder / "a.wav")
        accept(desk, 0)
        dialog = picking(desk)
        dialog.group.button(1).click()
        dialog.keep_check.click()
        dialog.use_button.click()
        desk.qtbot.waitUntil(lambda: not desk.app.runner.running and bool(desk.services.voices_opened))
        desk.settle()
    desk.qtbot.waitUntil(lambda: len(desk.services.voices_opened) >= 2)
    over(desk)
    assert set(desk.services.voices_opened) == {b"second"}
    assert desk.services.enrolled_on is not None


def test_an_enrolled_voice_is_not_replaced_by_one_of_a_recording(desk: Desk, folder: Path) -> None:
    """Where it is not in use, a voice can be picked for the recording, and nothing false is said."""
    desk.services.enrol_picked(b"")
    desk.services.settings.listening.own_voice_only = False
    desk.services.voices = voices()
    desk.app.files.open_recording(folder / "a.wav")
    accept(desk, 0)
    dialog = picking(desk)
    assert dialog.keep_check.isHidden()
    assert "Nobody is enrolled" not in dialog.words_label.text()
    dialog.group.button(0).click()
    dialog.use_button.click()
    desk.qtbot.waitUntil(lambda: desk.services.voices_opened == [b"first"])


def test_a_call_that_begins_does_not_hear_the_voices(desk: Desk, folder: Path) -> None:
    """The clip that is played stops, and can be heard again."""
    desk.services.voices = voices()
    desk.app.files.open_recording(folder / "a.wav")
    accept(desk, 0)
    dialog = picking(desk)
    dialog.play_buttons[0].click()
    desk.start()
    assert not desk.services.review.players[-1].playback.playing
    desk.qtbot.waitUntil(lambda: dialog.play_buttons[0].text() == "Hear it")
    dialog.reject()
    desk.stop()


def test_a_line_that_is_shown_as_it_was_before_is_not_begun_without_end(
    desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A row read in the moment it changed says that it waits: the line itself is asked what is left."""
    drop(desk, folder)
    accept(desk, 1)
    over(desk)
    begun: list[object] = []
    line, run = desk.app.files.line, desk.services.batch.run

    def counted(sink: BatchSink) -> None:
        begun.append(sink)
        if len(begun) < 9:
            run(sink)

    monkeypatch.setattr(desk.services.batch, "run", counted)
    desk.window.banners.dismiss(CODE)
    line.page.show_items([replace(one, state=BatchState.WAITING) for one in items(desk)])
    line.go_on()
    over(desk)
    assert len(begun) == 1
    assert [one.state for one in items(desk)] == [BatchState.DONE] * 2


def test_a_list_that_was_read_before_a_change_is_read_again(
    desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One came to its end while the whole line was read anew: it does not seem to be read for ever."""
    drop(desk, folder)
    accept(desk, 1)
    over(desk)
    line, batch = desk.app.files.line, desk.services.batch
    now = batch.items()
    before = [replace(now[0], state=BatchState.RUNNING), now[1]]
    asked: list[object] = []

    def late() -> list[BatchItem]:
        asked.append(None)
        if len(asked) > 1:
            return now
        line._told.emit(ItemChanged(now[0]))
        return before

    monkeypatch.setattr(batch, "items", late)
    line._show_anew()
    desk.settle()
    assert items(desk) == now


def test_what_is_read_before_it_stands_in_the_list_does_not_seem_to_wait(
    desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A line that runs may be done with it in the moment it is put in."""
    line, batch = desk.app.files.line, desk.services.batch
    add, ended = batch.add, list[BatchItem]()
    monkeypatch.setattr(batch, "run", lambda _sink: None)
    monkeypatch.setattr(batch, "items", lambda: ended)

    def late(paths: list[Path], side: Side) -> list[BatchItem]:
        made = add(paths, side)
        ended.extend(replace(one, state=BatchState.FAILED, why="Not a recording.") for one in made)
        for one in ended:
            line._told.emit(ItemChanged(one))
        return made

    monkeypatch.setattr(batch, "add", late)
    line.add([folder / "a.wav"], Side())
    desk.settle()
    desk.settle()
    assert items(desk) == ended
