"""One move of one's own, to be written or changed; its examples are checked while they are typed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from coach.moves.own import name_for
from coach.values.own_moves import FEWEST_EXAMPLES, MOST_EXAMPLES, OwnLine, OwnMove
from ui import text
from ui.dialogs.frame import PlainDialog
from ui.look.theme import SPACE_1, SPACE_3, SPACE_4
from ui.parts.announce import announce
from ui.parts.label import Label
from ui.settings.parts import wrapped

PAUSE_MS = 600
_WIDTH = 720
_AREA_PX = 92
_MOST_SHOWN = 3
_WORDS = (
    f"Known by {FEWEST_EXAMPLES} to {MOST_EXAMPLES} example sentences, by phrases said word for word, "
    "or by both. One on a line."
)
_WELL = "Every example fires, and no counter-example does."


class OwnMoveDialog(PlainDialog):
    """``check_wanted(move)`` when the typing pauses, ``save_wanted(move)``; the caller answers both."""

    is_written_in = True

    check_wanted = Signal(object)
    save_wanted = Signal(object)

    def __init__(self, move: OwnMove | None, parent: QWidget | None = None) -> None:
        super().__init__("Change this move" if move else "Add a move of your own", _WORDS, parent)
        self.setFixedWidth(_WIDTH)
        self.before = move
        self.name, self.title, self.why = QLineEdit(), QLineEdit(), QLineEdit()
        self.say, self.phrases = QPlainTextEdit(), QPlainTextEdit()
        self.examples, self.not_examples = QPlainTextEdit(), QPlainTextEdit()
        self._lay_out()
        if move is not None:
            self._fill(move)
        self.state_label = wrapped("", "muted")
        self.body.addWidget(self.state_label)
        self.cancel_button = self.add_button(text.CANCEL)
        self.cancel_button.clicked.connect(self.reject)
        self.save_button = self.add_button("Save", "primary")
        self.save_button.clicked.connect(lambda: self.save_wanted.emit(self.move_written()))
        self.timer = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self.timer.timeout.connect(lambda: self.check_wanted.emit(self.move_written()))
        texts = (self.name, self.title, self.why)
        areas = (self.say, self.phrases, self.examples, self.not_examples)
        for field in (*texts, *areas):
            field.textChanged.connect(self._edited)
        self.name.setFocus()

    def move_written(self) -> OwnMove:
        """What stands there, mistakes and all."""
        kept = {line.line: line for line in self.before.say} if self.before else {}
        return OwnMove(
            name_for(self.name.text()),
            self.title.text().strip(),
            self.why.text().strip(),
            tuple(kept.get(line, OwnLine(line)) for line in _lines(self.say)),
            _lines(self.examples),
            _lines(self.not_examples),
            _lines(self.phrases),
        )

    def show_problems(self, problems: Sequence[str]) -> None:
        """What was found; empty where all is well. A move with mistakes in its examples may be saved."""
        self.error_label.hide()
        more = len(problems) - _MOST_SHOWN
        shown = [*problems[:_MOST_SHOWN], *([f"{more} more."] if more > 0 else [])]
        self.state_label.setText("\n".join(shown) if shown else _WELL)
        announce(self.state_label, self.state_label.text())
        self.fit()

    def refuse(self, message: str) -> None:
        self.state_label.setText("")
        self.show_error(message)
        self.save_button.setEnabled(True)

    def _edited(self) -> None:
        self.timer.start()

    def _fill(self, move: OwnMove) -> None:
        self.name.setText(move.called)
        self.title.setText(move.title)
        self.why.setText(move.why)
        self.say.setPlainText("\n".join(line.line for line in move.say))
        for area, texts in (
            (self.phrases, move.phrases),
            (self.examples, move.examples),
            (self.not_examples, move.not_examples),
        ):
            area.setPlainText("\n".join(texts))

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE_4)
        grid.setVerticalSpacing(SPACE_3)
        places: tuple[tuple[QLineEdit | QPlainTextEdit, str, str, int, int], ...] = (
            (self.name, "&What you call it", "Trade words", 0, 0),
            (self.title, "&Title on the card, two words", "Plain words", 0, 1),
            (self.why, "Wh&y it is better left", "Words of the trade shut people out.", 1, 0),
            (self.say, "&Lines to say instead", "Let me say that in plain words.", 2, 0),
            (self.phrases, "&Phrases, word for word", "back end\nescalate it to tier two", 2, 1),
            (self.examples, "&Examples of it", "Your ticket is stuck in our provisioning queue.", 3, 0),
            (
                self.not_examples,
                "Looks like it, and is &not",
                "Your order is waiting here.",
                3,
                1,
            ),
        )
        for field, label, hint, row, column in places:
            field.setPlaceholderText(hint)
            field.setAccessibleName(label.replace("&", ""))
            if isinstance(field, QPlainTextEdit):
                field.setTabChangesFocus(True)
                field.setFixedHeight(_AREA_PX)
            name = Label(label)
            name.setBuddy(field)
            cell = QVBoxLayout()
            cell.setSpacing(SPACE_1)
            cell.addWidget(name)
            cell.addWidget(field)
            grid.addLayout(cell, row, column, 1, 2 if field is self.why else 1)
        self.body.addLayout(grid)


def _lines(area: QPlainTextEdit) -> tuple[str, ...]:
    found = (" ".join(line.split()) for line in area.toPlainText().splitlines())
    return tuple(line for line in found if line)
