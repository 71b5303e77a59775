"""Calling a flag unfair: from the overlay and from a transcript, seen and undone in the settings."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QProgressBar

from coach.errors import KnownError
from coach.events import CueEnd, MovesFound
from coach.values.judgements import Judgement
from tests.fakes import sample_call
from tests.fakes.desk import Desk, desk, services, unnamed_controls, unopened_desk
from ui.live.view import TranscriptView
from ui.look.theme import apply_theme
from ui.settings.dialog import FAIRNESS, SettingsDialog
from ui.window.main_window import SUMMARY

__all__ = ["desk", "services", "unopened_desk"]

TURN, MOVE = 2, "blaming"
UNFAIR, TAKE_BACK = "“Blaming” was unfair", "Take back: “Blaming” was unfair"


@pytest.fixture
def summary(desk: Desk) -> TranscriptView:
    """The transcript of a past call."""
    desk.app.desk.open("sample")
    desk.settle()
    assert desk.window.room == SUMMARY
    return desk.window.summary.view


@pytest.fixture
def dialog(desk: Desk) -> Iterator[SettingsDialog]:
    """The page Fairness of the settings."""
    desk.app.ear.open_settings(FAIRNESS)
    settle(desk)
    made = desk.app.ear.settings.dialog
    assert made is not None
    yield made
    if desk.app.ear.settings.dialog is made:
        made.accept()


def settle(desk: Desk) -> None:
    """A change is answered, and what is shown is read anew after it."""
    desk.settle()
    desk.settle()


def menu_of(view: TranscriptView, turn_index: int) -> QMenu:
    row = view.transcript.row_of_turn(turn_index)
    assert row is not None
    menu = view.menu_of(view.transcript.index(row))
    assert menu is not None
    return menu


def choose(desk: Desk, view: TranscriptView, turn_index: int, label: str) -> None:
    menu = menu_of(view, turn_index)
    [action] = [action for action in menu.actions() if action.text() == label]
    action.trigger()
    menu.close()
    settle(desk)


def labels(view: TranscriptView, turn_index: int) -> list[str]:
    menu = menu_of(view, turn_index)
    shown = [action.text() for action in menu.actions() if action.text()]
    menu.close()
    return shown


def standing(desk: Desk) -> list[Judgement]:
    return [one for one in desk.services.unfair.kept if one.contested]


def contest(desk: Desk, *flags: tuple[str, int, str]) -> None:
    for call_id, turn_index, move in flags:
        desk.services.unfair.contest(call_id, turn_index, move)


def test_a_flag_of_a_past_call_is_called_unfair_and_taken_back(desk: Desk, summary: TranscriptView) -> None:
    """By the menu of its turn: it is kept and marked, the word is undone, or taken back later."""
    choose(desk, summary, TURN, UNFAIR)
    [kept] = standing(desk)
    assert (kept.call_id, kept.turn_index, kept.move) == ("sample", TURN, MOVE)
    assert summary.transcript.item_at(summary.transcript.row_of_turn(TURN) or 0).contested == {MOVE}
    assert TAKE_BACK in labels(summary, TURN)
    desk.window.toast.action_button.click()
    settle(desk)
    assert standing(desk) == []
    assert UNFAIR in labels(summary, TURN)
    choose(desk, summary, TURN, UNFAIR)
    choose(desk, summary, TURN, TAKE_BACK)
    assert standing(desk) == []
    desk.window.toast.action_button.click()
    settle(desk)
    assert standing(desk) == [kept]


def test_a_past_call_opens_with_its_marks(desk: Desk) -> None:
    """What was called unfair, here or anywhere else, is marked; a screen reader hears it."""
    contest(desk, ("sample", TURN, MOVE))
    desk.app.desk.open("sample")
    settle(desk)
    model = desk.window.summary.model
    row = model.row_of_turn(TURN)
    assert row is not None
    spoken = model.data(model.index(row), 11)
    assert "Flagged: Blaming, called unfair." in spoken
    chips = [chip.label for chip, _ in desk.window.summary.view.delegate.layout_of(model.index(row)).chips]
    assert "Blaming, called unfair" in chips


def test_a_turn_of_the_running_call_can_be_contested(desk: Desk) -> None:
    """Its cue, if it is still open, ends with that, so that both say the same."""
    call = desk.start()
    call.send(*sample_call.turns()[: TURN + 1], MovesFound(TURN, sample_call.record().moves[TURN]))
    call.send(sample_call.cues()[1])
    desk.settle()
    assert sample_call.cues()[1].because.turn_index == TURN
    choose(desk, desk.window.live.view, TURN, UNFAIR)
    assert [(one.call_id, one.move) for one in standing(desk)] == [("live", MOVE)]
    assert call.cue_ends == [("c2", CueEnd.UNFAIR)]
    assert TAKE_BACK in labels(desk.window.live.view, TURN)


def test_unfair_on_the_overlay_marks_the_turn(desk: Desk) -> None:
    """The call keeps it; the transcript shows it without asking the store."""
    call = desk.start()
    call.send(*sample_call.turns()[: TURN + 1], MovesFound(TURN, sample_call.record().moves[TURN]))
    call.send(sample_call.cues()[1])
    desk.settle()
    desk.app.overlay.cue_contested.emit("c2")
    desk.settle()
    assert TAKE_BACK in labels(desk.window.live.view, TURN)


def test_turns_without_a_flag_have_nothing_to_contest(summary: TranscriptView) -> None:
    """Repairs are not called unfair; copying is always there."""
    unflagged = [
        turn.index
        for turn in sample_call.turns()
        if not any(label != "Copy" for label in labels(summary, turn.index))
    ]
    assert 0 in unflagged
    assert labels(summary, 0) == ["Copy"]


def test_the_menu_opens_by_mouse_and_by_key(summary: TranscriptView, monkeypatch: pytest.MonkeyPatch) -> None:
    """The menu key opens that of the chosen turn, the mouse that of the turn under it; a gap has none."""
    opened: list[list[str]] = []
    # The offscreen platform cannot show a popup without a warning.
    monkeypatch.setattr(
        QMenu, "popup", lambda menu, _at: opened.append([one.text() for one in menu.actions()])
    )
    summary.show_turn(TURN)
    under = summary.visualRect(summary.currentIndex()).center()
    summary.clearSelection()
    for reason, place in (
        (QContextMenuEvent.Reason.Keyboard, QPoint(-1, -1)),
        (QContextMenuEvent.Reason.Mouse, under),
        (QContextMenuEvent.Reason.Mouse, QPoint(10, -500_000)),
    ):
        event = QContextMenuEvent(reason, place, summary.viewport().mapToGlobal(under))
        summary.contextMenuEvent(event)
    assert [UNFAIR in texts for texts in opened] == [True, True]


def test_without_feedback_the_page_says_how(desk: Desk, dialog: SettingsDialog) -> None:
    """Nothing to undo, nothing to export, and a sentence on where unfair is said."""
    page = dialog.fairness
    assert page.head_label.text() == "Nothing is called unfair"
    assert "right-click" in page.words_label.text()
    assert page.reset_button.isHidden()
    assert page.export_button.isHidden()


def test_the_page_shows_how_far_each_move_is_raised(desk: Desk, dialog: SettingsDialog) -> None:
    """Shipped, now, limit, how often, and the turns themselves, in words and on a bar."""
    contest(desk, ("sample", TURN, MOVE), ("past-0", 0, MOVE))
    dialog.fairness.show_moves(desk.services.feedback.overview())
    shown = " ".join(label.text() for label in dialog.fairness.findChildren(QLabel) if not label.isHidden())
    assert "at least 56 % sure; as shipped it is 44 %" in shown
    assert "as shipped 44 %" in shown
    assert "limit 72 %" in shown
    assert "Called unfair 2 times" in shown
    assert "“You must have picked”" in shown
    [bar] = [bar for bar in dialog.fairness.findChildren(QProgressBar) if not bar.isHidden()]
    assert bar.value() == pytest.approx(437, abs=1)
    assert "Blaming: raised by 44 % of what is possible" in bar.accessibleName()
    assert unnamed_controls(dialog) == []


def test_one_is_taken_back_and_that_is_undone(desk: Desk, dialog: SettingsDialog) -> None:
    """At once, with an undo on the page itself, which gets the focus."""
    contest(desk, ("sample", TURN, MOVE), ("past-0", 0, MOVE))
    dialog.go_to("words")
    dialog.go_to(FAIRNESS)
    settle(desk)
    page = dialog.fairness
    page.take_back_buttons[1].click()
    settle(desk)
    assert [one.id for one in standing(desk)] == [2]
    assert list(page.take_back_buttons) == [2]
    assert page.undo_label.text() == "Taken back: 1 flag counts as fair again."
    page.undo_button.click()
    settle(desk)
    assert [one.id for one in standing(desk)] == [1, 2]
    assert page.undo_bar.isHidden()


def test_an_undo_that_fails_can_be_tried_again(desk: Desk, dialog: SettingsDialog) -> None:
    """The disk is full just then; what was taken back is not lost by that."""
    contest(desk, ("sample", TURN, MOVE))
    dialog.fairness.take_back_wanted.emit([one.id for one in standing(desk)])
    settle(desk)
    desk.services.unfair.error = KnownError("disk-full", "The disk is full. Free some space, then try again.")
    dialog.fairness.undo_button.click()
    settle(desk)
    assert "disk is full" in dialog.fairness.problem_label.text()
    desk.services.unfair.error = None
    dialog.fairness.undo_button.click()
    settle(desk)
    assert len(standing(desk)) == 1
    assert dialog.fairness.undo_bar.isHidden()


def test_take_back_pressed_twice_can_be_undone(desk: Desk, dialog: SettingsDialog) -> None:
    """The second time changes nothing, and takes no offer away."""
    contest(desk, ("sample", TURN, MOVE))
    dialog.fairness.show_moves(desk.services.feedback.overview())
    [button] = dialog.fairness.take_back_buttons.values()
    button.click()
    button.click()
    desk.settle()
    assert not dialog.fairness.undo_bar.isHidden()


def test_all_is_taken_back_and_that_is_undone(desk: Desk, dialog: SettingsDialog) -> None:
    """Reset all needs no question, for it can be undone whole; what was taken back before stays so."""
    contest(desk, ("sample", TURN, MOVE), ("past-0", 0, MOVE), ("past-3", 0, "convincing"))
    desk.services.unfair.take_back([2])
    dialog.fairness.show_moves(desk.services.feedback.overview())
    dialog.fairness.reset_button.click()
    settle(desk)
    assert standing(desk) == []
    assert dialog.fairness.head_label.text() == "Nothing is called unfair"
    dialog.fairness.undo_button.click()
    settle(desk)
    assert [one.id for one in standing(desk)] == [1, 3]


def test_what_is_taken_back_in_the_settings_is_unmarked_in_the_transcript(
    desk: Desk, summary: TranscriptView, dialog: SettingsDialog
) -> None:
    """One truth in both places."""
    contest(desk, ("sample", TURN, MOVE))
    desk.app.desk.open("sample")
    settle(desk)
    assert TAKE_BACK in labels(summary, TURN)
    dialog.fairness.take_back_wanted.emit([1])
    settle(desk)
    assert UNFAIR in labels(summary, TURN)


def test_turns_are_exported_as_labelled_data(desk: Desk, dialog: SettingsDialog, tmp_path: Path) -> None:
    """Chosen in a dialog, which asks before it replaces; what cannot be written is said on the page."""
    contest(desk, ("sample", TURN, MOVE))
    path = tmp_path / "unfair.jsonl"
    path.write_text("old", encoding="utf-8")
    desk.app.feedback.export(path)
    desk.settle()
    [line] = path.read_text(encoding="utf-8").splitlines()
    assert json.loads(line)["near"] == MOVE
    assert dialog.fairness.note_label.text() == "1 turn saved as unfair.jsonl."
    desk.app.feedback.export(tmp_path / "nowhere" / "unfair.jsonl")
    desk.settle()
    assert "Choose another place" in dialog.fairness.problem_label.text()
    assert not dialog.fairness.problem_label.isHidden()
    assert dialog.fairness.note_label.isHidden()


def test_a_store_that_fails_says_so_and_changes_nothing(desk: Desk, summary: TranscriptView) -> None:
    """The flag stays as it is, and the window says why."""
    desk.services.unfair.error = KnownError("disk-full", "The disk is full. Free some space, then try again.")
    choose(desk, summary, TURN, UNFAIR)
    assert UNFAIR in labels(summary, TURN)
    [banner] = desk.window.banners.banners
    assert "disk is full" in banner.message_label.text()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nothing_is_cut_off_where_there_is_little_room(
    desk: Desk, dialog: SettingsDialog, qapp: QApplication, theme: str
) -> None:
    """At 200 % on a small screen the page is as wide as the window lets it be."""
    contest(desk, ("sample", TURN, MOVE), ("past-0", 0, MOVE), ("past-3", 0, "convincing"))
    apply_theme(qapp, "dark" if theme == "dark" else "light")
    dialog.resize(620, 380)
    dialog.fairness.show_moves(desk.services.feedback.overview())
    QApplication.processEvents()
    page = dialog.fairness
    assert page.minimumSizeHint().width() <= page.parentWidget().width()
