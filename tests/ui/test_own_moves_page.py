"""The page of own moves: tried while typing, listed with mistakes, added, changed, deleted, undone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

from coach.errors import KnownError
from coach.values.own_moves import OwnLine, OwnMove
from tests.fakes.desk import Desk, desk, services, unnamed_controls
from ui.settings.dialog import OWN_MOVES, SettingsDialog
from ui.settings.own_move_dialog import OwnMoveDialog
from ui.settings.own_moves_page import OwnMovesPage
from ui.settings.own_moves_try import StrengthBar

__all__ = ["desk", "services"]

MOVE = OwnMove(
    "Trade_words", "Plain words", "It shuts people out.", (OwnLine("It waits."),), phrases=("tier two",)
)


@pytest.fixture
def page(desk: Desk) -> Iterator[OwnMovesPage]:
    desk.services.own_moves.personal["Trade_words"] = MOVE
    desk.app.ear.open_settings(OWN_MOVES)
    settle(desk)
    dialog = settings(desk)
    yield dialog.own_moves
    dialog.accept()


def settings(desk: Desk) -> SettingsDialog:
    made = desk.app.ear.settings.dialog
    assert made is not None
    return made


def settle(desk: Desk) -> None:
    desk.settle()
    desk.qtbot.waitUntil(lambda: not desk.app.own_moves.background.busy)


def shown(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if not label.isHidden())


def editor(desk: Desk) -> OwnMoveDialog:
    made = desk.app.own_moves.editor
    assert made is not None
    return made


def test_a_sentence_is_tried_while_it_is_typed(desk: Desk, page: OwnMovesPage) -> None:
    """One look when the typing pauses, not one for every key; the answer says how strongly and why."""
    QTest.keyClicks(page.trying.field, "Sorry, ask tier two")
    assert desk.services.own_moves.tried == []
    page.trying.timer.timeout.emit()
    settle(desk)
    assert desk.services.own_moves.tried == ["Sorry, ask tier two"]
    bars = [bar.accessibleName() for bar in page.trying.findChildren(StrengthBar)]
    assert bars[0].startswith("Trade words fires: 1.00, from 0.50 on")
    assert bars[1].startswith("Apologising fires")
    assert bars[2].startswith("Blaming does not fire")
    assert "It holds the phrase “tier two”." in shown(page.trying)
    page.trying.field.clear()
    assert page.trying.results.count() == 0


def test_an_answer_that_comes_late_is_passed_over(desk: Desk, page: OwnMovesPage) -> None:
    """What stands there is what was answered."""
    page.trying.field.setText("Ask tier two")
    late = desk.services.own_moves.try_sentence("Something else")
    page.trying.show_tried(late)
    assert page.trying.results.count() == 0
    desk.services.own_moves.error = KnownError("model-missing", "The moves model is missing.")
    page.trying.look()
    settle(desk)
    assert page.trying.state_label.text() == "The moves model is missing."


def test_a_move_is_added_and_that_undone(desk: Desk, page: OwnMovesPage) -> None:
    """Written in a dialog, checked while typing, listed at once; Undo takes it away again."""
    page.add_button.click()
    made = editor(desk)
    made.name.setText("Five stars")
    made.title.setText("Ask later")
    made.why.setText("It puts us first.")
    made.say.setPlainText("Is there anything else?\n\n")
    made.phrases.setPlainText("five  stars")
    made.not_examples.setPlainText("Our hotel has five stars.")
    made.timer.timeout.emit()
    settle(desk)
    assert "This counter-example fires" in made.state_label.text()
    made.not_examples.clear()
    made.save_button.click()
    settle(desk)
    kept = desk.services.own_moves.personal["Five_stars"]
    assert (kept.phrases, kept.say) == (("five stars",), (OwnLine("Is there anything else?"),))
    assert desk.app.own_moves.editor is None
    assert "“Five stars” is added." in shown(page)
    assert list(page.buttons) == ["Trade_words", "Five_stars"]
    page.undo_button.click()
    settle(desk)
    assert list(page.buttons) == ["Trade_words"]


def test_what_cannot_be_kept_stays_in_the_dialog(desk: Desk, page: OwnMovesPage) -> None:
    """A mistake is said where it was made, and nothing that was typed is lost."""
    page.add_button.click()
    made = editor(desk)
    made.name.setText("Blaming")
    made.save_button.click()
    settle(desk)
    assert "Choose another name." in made.error_label.text()
    assert made.name.text() == "Blaming"
    made.reject()
    assert desk.app.own_moves.editor is None


def test_a_move_is_changed_and_deleted_with_undo(desk: Desk, page: OwnMovesPage) -> None:
    """Either can be taken back from the line at the top, which has the focus after a deletion."""
    own = desk.services.own_moves.personal
    page.buttons["Trade_words"][0].click()
    made = editor(desk)
    assert made.phrases.toPlainText() == "tier two"
    made.name.setText("Jargon")
    made.save_button.click()
    settle(desk)
    assert list(own) == ["Jargon"]
    page.undo_button.click()
    settle(desk)
    assert own == {"Trade_words": MOVE}
    delete = page.buttons["Trade_words"][1]
    delete.setFocus()
    QTest.keyClick(delete, Qt.Key.Key_Space)
    settle(desk)
    assert own == {}
    assert "There are none yet" in page.state_label.text()
    page.undo_button.click()
    settle(desk)
    assert own == {"Trade_words": MOVE}


def test_what_is_wrong_is_shown_where_it_is(desk: Desk, page: OwnMovesPage) -> None:
    """Mistakes beside their move, what the model cannot do under the list, faults of files in words."""
    own = desk.services.own_moves
    own.playbook["Org"] = OwnMove(
        "Org", "A b", "c", (OwnLine("d e"),), (), ("The back end waved.",), ("back end",)
    )
    own.by_meaning = False
    settings(desk).go_to("voice")
    settings(desk).go_to(OWN_MOVES)
    settle(desk)
    words = shown(page)
    assert "This counter-example fires: “The back end waved.”" in words
    assert "From your organisation's playbook" in words
    assert "by their phrases only" in words
    assert list(page.buttons) == ["Trade_words"], "the playbook's moves cannot be changed here"
    own.error = KnownError("own-moves-unwritable", "There is no room.")
    page.buttons["Trade_words"][1].click()
    settle(desk)
    assert page.problem_label.text() == "There is no room."
    assert own.personal == {"Trade_words": MOVE}


def test_every_control_has_a_name(desk: Desk, page: OwnMovesPage) -> None:
    """A screen reader can name all there is, in the page and in the dialog."""
    page.trying.field.setText("Ask tier two")
    page.trying.look()
    settle(desk)
    assert unnamed_controls(settings(desk)) == []
    page.add_button.click()
    assert unnamed_controls(editor(desk)) == []
    editor(desk).reject()


def test_an_undo_that_fails_can_be_tried_again(desk: Desk, page: OwnMovesPage) -> None:
    """The disk is full just then; the move that was deleted is not lost by that."""
    page.buttons["Trade_words"][1].click()
    settle(desk)
    desk.services.own_moves.error = KnownError(
        "disk-full", "The disk is full. Free some space, then try again."
    )
    page.undo_button.click()
    settle(desk)
    assert "disk is full" in page.problem_label.text()
    page.undo_button.click()
    settle(desk)
    assert desk.services.own_moves.personal == {"Trade_words": MOVE}
    assert page.undo_bar.isHidden()
