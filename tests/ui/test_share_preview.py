"""The preview of what is shared, of a call of hours."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from coach.calls.shown import show
from coach.calls.summary import summarise
from coach.values.revisions import ShownSummary
from tests.unit.calls.call_parts import TITLES, call
from ui.parts.more import FIRST, More
from ui.sharing.dialog import ShareDialog


def long_summary(count: int) -> ShownSummary:
    """So many moments, each in a turn of its own."""
    record = call(
        *((f"You should have read letter {number}.", {"blaming": "You should"}) for number in range(count))
    )
    return show(record, summarise(record, TITLES))


def test_the_preview_of_a_long_call_is_there_at_once_and_answers_at_once(qtbot: QtBot) -> None:
    """A dozen lines and turns first, the rest when asked for; leaving one out makes nothing anew."""
    shown = long_summary(100)
    dialog = ShareDialog(shown, "Into a folder.", can_share=True)
    qtbot.addWidget(dialog)
    dialog.show()
    moments = next(section for section in shown.to_read if section.key == "moments")
    wanted = [line.id for line in moments.lines]
    assert len(wanted) == 100
    made = dialog.findChildren(QLabel)
    assert len([line_id for line_id in wanted if line_id in dialog.boxes]) == FIRST
    assert len(dialog.turn_labels) == FIRST
    for section in shown.to_read:
        for line in section.lines:
            if line.own.turn_index == 3 and line.id in dialog.boxes:
                dialog.boxes[line.id].click()
    assert dialog.left
    assert len(dialog.turn_labels) == FIRST - 1
    assert dialog.findChildren(QLabel) == made
    while more := [one for one in dialog.findChildren(More) if not one.button.isHidden()]:
        more[0].button.click()
    assert all(line_id in dialog.boxes for line_id in wanted)
    assert len(dialog.turn_labels) == 99


def test_turns_that_were_left_out_are_not_offered(qtbot: QtBot) -> None:
    """The button tells of those that go along; where none does there is nothing more to show."""
    dialog = ShareDialog(long_summary(40), "Into a folder.", can_share=True)
    qtbot.addWidget(dialog)
    dialog.show()
    turns = dialog.findChildren(More)[-1]
    assert turns.button.text() == f"Show more ({40 - FIRST} turns left)"
    while more := [one for one in dialog.findChildren(More)[:-1] if not one.button.isHidden()]:
        more[0].button.click()
    boxes = [box for box in dialog.boxes.values() if box.isChecked()]
    for box in boxes:
        box.click()
    assert not dialog.none_label.isHidden()
    assert turns.button.isHidden()
    for box in boxes:
        box.click()
    assert dialog.none_label.isHidden()
    turns.button.click()
    assert turns.button.text() == f"Show more ({40 - 2 * FIRST} turns left)"
