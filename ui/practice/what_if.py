"""What if: one turn, three other ways to say it, and the likely reply to each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QFrame, QVBoxLayout, QWidget

from coach.practice.content import Instead, WhatIf
from coach.taxonomy import CONTENTIOUS
from ui import text
from ui.look.theme import SPACE_1, SPACE_2, SPACE_3, SPACE_4
from ui.look.themed import empty
from ui.parts.announce import announce
from ui.practice.choice_row import ChoiceRow
from ui.practice.parts import Column, MoveChips, Sign, button, card, label, primary, row
from ui.practice.quiz import LETTERS, place_of
from ui.practice.words import EFFECTS, points_text, trade_text

_SIGNS = {"calms": ("check", "repaired"), "holds": ("gap", "text_muted"), "heats": ("flag", "flag")}


class WhatIfPage(QWidget):
    """``show_turns`` fills it. Nothing is kept of it: one looks round."""

    shown = Signal(str)
    """The id of the turn that is shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._all: list[WhatIf] = []
        self.turns: list[WhatIf] = []
        self.place = 0
        self.ways: list[Way] = []
        self._points: Mapping[str, str] = {}
        self.from_label = label("", "muted", wrap=False)
        self.move_box = QComboBox()
        self.move_box.setAccessibleName("On which move")
        self.customer, self.said = label("", "subtitle"), label("", "subtitle")
        self.chips = MoveChips()
        self.sources = label("", "caption")
        self.next_button = primary("&Next one")
        self.back_button = button("Previo&us")
        self.column = Column("What if")
        self._lay_out()
        self.move_box.activated.connect(lambda _row: self._choose_move())
        self.next_button.clicked.connect(lambda: self._step(1))
        self.back_button.clicked.connect(lambda: self._step(-1))

    def _lay_out(self) -> None:
        moment, inner = card()
        inner.setSpacing(SPACE_1)
        inner.addWidget(label("They said", "caption", wrap=False))
        inner.addWidget(self.customer)
        inner.addSpacing(SPACE_3)
        inner.addWidget(label("You said", "caption", wrap=False))
        inner.addWidget(self.said)
        inner.addSpacing(SPACE_1)
        inner.addWidget(self.chips)
        self._ways = QVBoxLayout()
        self._ways.setSpacing(SPACE_2)
        body = self.column.body
        body.setSpacing(SPACE_3)
        body.addWidget(moment)
        body.addWidget(label("What if you had said this? Choose one and see.", "strong"))
        body.addLayout(self._ways)
        body.addWidget(self.sources)
        body.addLayout(row(self.back_button, self.next_button, stretch=1))
        body.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(SPACE_4)
        whole.addLayout(row(self.from_label, self.move_box, stretch=1))
        whole.addWidget(self.column, 1)

    def show_turns(self, turns: Sequence[WhatIf], points: Mapping[str, str]) -> None:
        """``turns`` in the order they come; the moves offered are those that are there."""
        self._all, self._points = list(turns), points
        self.move_box.clear()
        self.move_box.addItem("Any move", "")
        there = {turn.move for turn in turns}
        for move in CONTENTIOUS:
            if move in there:
                self.move_box.addItem(text.move_name(move), move)
        self._choose_move()

    @property
    def turn(self) -> WhatIf:
        return self.turns[self.place]

    def focus_first(self) -> None:
        if self.ways:
            self.ways[0].choice.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        place = place_of(event, len(self.ways))
        if place is None:
            super().keyPressEvent(event)
        else:
            self.ways[place].reveal()

    def _bring_into_view(self) -> None:
        """The reply too, once it is laid out: a key was pressed, perhaps below what is in sight."""
        way = self.sender()
        if isinstance(way, Way):
            QTimer.singleShot(0, way, lambda: self.column.ensureWidgetVisible(way, 0, SPACE_2))

    def _choose_move(self) -> None:
        move = self.move_box.currentData()
        self.turns = [turn for turn in self._all if move in ("", turn.move)]
        self.place = 0
        self._show()

    def _step(self, by: int) -> None:
        if self.turns:
            self.place = (self.place + by) % len(self.turns)
            self._show()
            self.focus_first()

    def _show(self) -> None:
        if not self.turns:
            return
        turn = self.turn
        self.from_label.setText(trade_text(turn.trade, turn.setting))
        self.customer.setText(f"“{turn.customer}”")
        self.said.setText(f"“{turn.said}”")
        self.chips.show_moves([turn.move])
        empty(self._ways)
        self.ways = [Way(LETTERS[place], way) for place, way in enumerate(turn.instead)]
        for way in self.ways:
            way.revealed.connect(self._bring_into_view)
            self._ways.addWidget(way)
        self.sources.setText(points_text(turn.sources, dict(self._points)))
        several = len(self.turns) > 1
        self.next_button.setEnabled(several)
        self.back_button.setEnabled(several)
        self.column.to_top()
        self.shown.emit(turn.id)


class Way(QWidget):
    """Another way to say it; chosen, it shows what the customer would likely answer and what that does."""

    revealed = Signal()

    def __init__(self, letter: str, way: Instead, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.way = way
        self.choice = ChoiceRow(letter, f"“{way.say}”")
        self.reply = QFrame()
        self.reply.setContentsMargins(SPACE_4 + 28 + SPACE_3, SPACE_1, 0, SPACE_2)
        sign, colour = _SIGNS[way.effect]
        inner = QVBoxLayout(self.reply)
        inner.setSpacing(SPACE_1)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addLayout(row(Sign(sign, colour, 18), label(f"{EFFECTS[way.effect]}.", "strong", wrap=False)))
        inner.addWidget(label(f"They would likely say: “{way.reply}”"))
        if way.makes:
            inner.addWidget(MoveChips(way.makes))
        self.reply.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_1)
        column.addWidget(self.choice)
        column.addWidget(self.reply)
        self.choice.clicked.connect(self.reveal)

    def reveal(self) -> None:
        self.reply.show()
        words = f"{EFFECTS[self.way.effect]}. They would likely say: {self.way.reply}"
        self.choice.mark("", words)
        announce(self.choice, words)
        self.revealed.emit()
