"""Moves of one's own: tried on a sentence, listed with what is wrong with them, added, changed, deleted."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from coach.values.own_moves import OwnListing, OwnMove
from ui import text
from ui.look.theme import SPACE_2, SPACE_3, SPACE_4, set_role
from ui.look.themed import empty
from ui.parts.announce import announce
from ui.parts.label import Label
from ui.settings.own_moves_try import TrySentence
from ui.settings.parts import SettingsPage, button_row, wrapped

_WHAT = (
    "A habit of yours, or a rule of your company: give a few sentences or the exact words, and the line to "
    "say instead. It is flagged and cued like any other move, from the next call on."
)
_NONE = "There are none yet. Add one, and try a sentence above."
_PHRASES_ONLY = (
    "The moves model on this machine cannot compare meanings, so own moves are known by their phrases only."
)
_PLAYBOOK = "From your organisation's playbook"


class OwnMovesPage(SettingsPage):
    """Only shows and asks; ``ui.settings.own_moves_desk`` answers."""

    sentence_typed = Signal(str)
    add_wanted = Signal()
    edit_wanted = Signal(object)
    delete_wanted = Signal(object)
    undo_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Own moves", parent)
        self._add_undo()
        trying = self.add_card("Try a sentence", "Which moves it makes, how strongly, and why.")
        self.trying = TrySentence()
        self.trying.sentence_typed.connect(self.sentence_typed)
        trying.addWidget(self.trying)
        card = self.add_card("Your moves", _WHAT)
        self.state_label = wrapped("Looking…", "muted")
        self.problem_label = wrapped("", "danger")
        self.problem_label.hide()
        self.phrases_only_label = wrapped(_PHRASES_ONLY, "muted")
        self.phrases_only_label.hide()
        self.rows = QVBoxLayout()
        self.rows.setSpacing(SPACE_4)
        self.add_button = QPushButton("&Add a move…")
        self.add_button.clicked.connect(self.add_wanted)
        self.buttons: dict[str, tuple[QPushButton, QPushButton]] = {}
        card.addWidget(self.state_label)
        card.addLayout(self.rows)
        card.addWidget(self.phrases_only_label)
        card.addWidget(self.problem_label)
        card.addLayout(button_row(self.add_button))

    def show_listing(self, listing: OwnListing) -> None:
        """The moves there are; the focus stays where it can."""
        held = any(button.hasFocus() for pair in self.buttons.values() for button in pair)
        empty(self.rows)
        self.buttons = {}
        for move in listing.personal:
            self.rows.addWidget(self._row(move, listing, personal=True))
        for move in listing.playbook:
            self.rows.addWidget(self._row(move, listing, personal=False))
        some = bool(listing.personal or listing.playbook)
        self.state_label.setText("" if some else _NONE)
        self.state_label.setVisible(not some)
        self.phrases_only_label.setVisible(not listing.by_meaning)
        self.show_problem("\n".join(listing.problems))
        if held:
            (self.undo_button if not self.undo_bar.isHidden() else self.add_button).setFocus()

    def show_problem(self, message: str) -> None:
        self.problem_label.setText(message)
        self.problem_label.setAccessibleName(message)
        self.problem_label.setVisible(bool(message))

    def offer_undo(self, words: str) -> None:
        """What was done; empty takes the offer away."""
        self.undo_label.setText(words)
        self.undo_bar.setAccessibleName(words)
        self.undo_bar.setVisible(bool(words))
        announce(self.undo_bar, words)

    def _add_undo(self) -> None:
        """A line at the top, for the toast of the window lies behind the settings."""
        self.undo_bar = QFrame()
        set_role(self.undo_bar, "sunken")
        self.undo_label = Label()
        self.undo_button = QPushButton(text.UNDO)
        self.undo_button.clicked.connect(self.undo_wanted)
        row = QHBoxLayout(self.undo_bar)
        row.setContentsMargins(SPACE_4, SPACE_2, SPACE_2, SPACE_2)
        row.addWidget(self.undo_label, 1)
        row.addWidget(self.undo_button)
        self.undo_bar.hide()
        self.column.insertWidget(self.column.count() - 1, self.undo_bar)

    def _row(self, move: OwnMove, listing: OwnListing, personal: bool) -> QWidget:
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(wrapped(move.called, "strong"))
        column.addWidget(wrapped(f"Card: {move.title} · “{move.say[0].line}”", ""))
        known_by = _known_by(move) if personal else f"{_PLAYBOOK} · {_known_by(move)}"
        column.addWidget(wrapped(known_by, "caption"))
        for mistake in listing.mistakes.get(move.name, ()):
            column.addWidget(wrapped(mistake, "danger"))
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE_3)
        row.addLayout(column, 1)
        if personal:
            for button in self._row_buttons(move):
                row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return made

    def _row_buttons(self, move: OwnMove) -> tuple[QPushButton, QPushButton]:
        change, delete = QPushButton("Change…"), QPushButton("Delete")
        change.setAccessibleName(f"Change {move.called}")
        delete.setAccessibleName(f"Delete {move.called}; this can be undone")
        change.clicked.connect(_sender(self.edit_wanted, move))
        delete.clicked.connect(_sender(self.delete_wanted, move))
        for button in (change, delete):
            set_role(button, "small")
        self.buttons[move.name] = change, delete
        return change, delete


def _sender(signal: Signal, move: OwnMove) -> Callable[[], None]:
    return lambda: signal.emit(move)


def _known_by(move: OwnMove) -> str:
    counted = [
        text.count_text(len(texts), one, many)
        for texts, one, many in (
            (move.examples, "example", "examples"),
            (move.not_examples, "counter-example", "counter-examples"),
            (move.phrases, "phrase", "phrases"),
        )
        if texts
    ]
    return "Known by " + ", ".join(counted)
