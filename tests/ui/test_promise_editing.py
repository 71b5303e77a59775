"""A commitment edited in its summary: it changes wherever it is shown, and comes back by undo."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from coach.commitments.lifecycle import current
from coach.errors import KnownError
from coach.events import Answer
from coach.values.follow_up import StepKind
from tests.fakes import sample_call
from tests.fakes.desk import Desk, desk, services, unopened_desk
from ui.summary.line_row import LineRow
from ui.summary.promise_dialog import PromiseDialog
from ui.summary.revise_dialogs import LineDialog

__all__ = ["desk", "services", "unopened_desk"]

CALL = sample_call.header().id
MADE = sample_call.commitments()[1]


def row(desk: Desk) -> LineRow:
    rows = desk.window.summary.rows()
    return next(
        one for one in rows if one.line.id.startswith("commitments.") and one.line.own.subject == MADE.id
    )


def open_call(desk: Desk) -> None:
    desk.app.desk.open(CALL)
    desk.settle()


def dialog_of(desk: Desk) -> PromiseDialog:
    QTest.keyClick(row(desk), Qt.Key.Key_F2)
    desk.settle()
    dialog = desk.window.findChild(PromiseDialog)
    assert isinstance(dialog, PromiseDialog)
    return dialog


def test_a_commitment_edited_in_the_summary_changes_everywhere(desk: Desk) -> None:
    """What and when: the line says so, the room and the calendar file have it; undo, and neither."""
    open_call(desk)
    dialog = dialog_of(desk)
    assert MADE.evidence in dialog.quote.text()
    dialog.action_field.setText("ring the depot and you")
    dialog.write("Friday at four")
    dialog.due_asked.emit("Friday at four")
    dialog.comment_edit.setPlainText("I said depot.")
    dialog.save_button.click()
    desk.settle()
    shown = row(desk).accessibleName()
    assert "Ring the depot and you" in shown
    assert f"Edited by you. It read: {MADE.action[:1].upper()}{MADE.action[1:]}" in shown
    assert "Your comment: I said depot." in shown
    one = desk.services.follow_up.followed((CALL, MADE.id))
    assert one is not None
    assert current(one).action == "ring the depot and you"
    assert isinstance(current(one).due, dt.datetime)
    assert b"ring the depot and you" in desk.services.follow_up.written([one], "ics").lower()
    assert "ring the depot and you" in [current(each).action for each in desk.window.commitments.overview.all]
    desk.window.toast.action_button.click()
    desk.settle()
    assert not row(desk).line.edited
    assert row(desk).line.comment == ""
    one = desk.services.follow_up.followed((CALL, MADE.id))
    assert one is not None
    assert current(one) == one.heard


def test_an_edit_made_in_the_room_is_read_in_the_summary(desk: Desk) -> None:
    """Also while the summary stands open; "As it was heard" brings the words of the call back."""
    open_call(desk)
    one = desk.services.follow_up.followed((CALL, MADE.id))
    assert one is not None
    desk.services.follow_up.change(one, StepKind.EDITED, "ring the depot", MADE.due)
    desk.app.commitments.desk.changed.emit()
    desk.settle()
    assert row(desk).line.text == "Ring the depot"
    dialog = dialog_of(desk)
    assert dialog.original_button.isEnabled()
    dialog.original_button.click()
    dialog.save_button.click()
    desk.settle()
    assert (row(desk).line.edited, row(desk).line.text.lower()) == (False, MADE.action.lower())


def test_what_cannot_be_kept_stays_in_the_dialog(desk: Desk) -> None:
    """Nothing typed is lost, and the commitment reads as before."""
    open_call(desk)
    dialog = dialog_of(desk)
    desk.services.kept.error = KnownError("store-full", "The disk is full.")
    dialog.action_field.setText("ring the depot")
    dialog.save_button.click()
    desk.settle()
    assert (dialog.error_label.text(), dialog.action_field.text()) == ("The disk is full.", "ring the depot")
    desk.services.kept.error = None
    dialog.reject()
    desk.settle()
    assert not row(desk).line.edited


def test_a_line_whose_commitment_is_not_followed_is_edited_as_a_line(desk: Desk) -> None:
    """Dropped meanwhile, in another window: its line can still be put right."""
    open_call(desk)
    desk.services.kept.answer_commitment((CALL, MADE.id), Answer.DROPPED)
    QTest.keyClick(row(desk), Qt.Key.Key_F2)
    desk.settle()
    assert isinstance(desk.window.findChild(LineDialog), LineDialog)


def test_where_the_comment_cannot_be_kept_nothing_is(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Saved again it is one edit, and one undo takes it back."""

    def full(*_given: object) -> None:
        raise KnownError("disk-full", "The disk is full.")

    def edits() -> int:
        found = desk.services.follow_up.followed((CALL, MADE.id))
        assert found is not None
        return len(found.standing)

    open_call(desk)
    dialog = dialog_of(desk)
    dialog.action_field.setText("ring the depot and you")
    dialog.comment_edit.setPlainText("I said depot.")
    with monkeypatch.context() as broken:
        broken.setattr(desk.services.summaries, "revise", full)
        dialog.save_button.click()
        desk.settle()
    assert dialog.error_label.text() == "The disk is full."
    assert edits() == 0
    dialog.save_button.click()
    desk.settle()
    assert edits() == 1
    desk.window.undo()
    desk.settle()
    assert edits() == 0
    assert "I said depot." not in row(desk).accessibleName()


def test_the_key_pressed_twice_asks_once(desk: Desk) -> None:
    open_call(desk)
    line = row(desk)
    for _press in range(2):
        QTest.keyClick(line, Qt.Key.Key_F2)
    desk.settle()
    (dialog,) = desk.window.findChildren(PromiseDialog)
    dialog.reject()
    desk.settle()
    assert dialog_of(desk).isVisible()
