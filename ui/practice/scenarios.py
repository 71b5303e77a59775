"""The role-plays there are to choose from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from coach.practice.scenario import Scenario
from coach.values.practice_log import Grade
from ui.look.theme import SPACE_1, SPACE_2, SPACE_3, set_role
from ui.look.themed import empty
from ui.parts.focus import focus_if_seen
from ui.parts.link_row import LinkRow
from ui.practice.parts import Column, label
from ui.practice.words import trade_text

_TWO_COLUMNS_PX = 700
_WENT = {Grade.GOOD: "ended well", Grade.HARD: "got part of the way", Grade.AGAIN: "played"}


class ScenariosPage(QWidget):
    """``chosen(scenario)``; ``show_scenarios`` fills it."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: list[LinkRow] = []
        self._cards: list[QFrame] = []
        self._columns = 0
        self.column = Column("Role-plays")
        words = "A short call with a scripted customer, who calms or heats up by what you say."
        self.column.body.addWidget(label(words, "muted"))
        self._grid = QGridLayout()
        self._grid.setSpacing(SPACE_3)
        self.column.body.addLayout(self._grid)
        self.column.body.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.column)

    def show_scenarios(self, scenarios: Sequence[Scenario], played: Mapping[str, Grade]) -> None:
        """``played`` is how each went best, by its id."""
        empty(self._grid)
        self.rows, self._cards, self._columns = [], [], 0
        for scenario in scenarios:
            self._cards.append(self._card(scenario, played.get(scenario.id)))
        self._arrange(self.width())

    def focus_first(self) -> None:
        if self.rows:
            focus_if_seen(self.rows[0], self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(event.size().width())

    def _arrange(self, width: int) -> None:
        columns = 2 if width >= _TWO_COLUMNS_PX else 1
        if columns != self._columns:
            self._columns = columns
            for place, card in enumerate(self._cards):
                self._grid.addWidget(card, place // columns, place % columns)
            self._grid.setColumnStretch(0, 1)
            self._grid.setColumnStretch(1, 1 if columns == 2 else 0)

    def _card(self, scenario: Scenario, grade: Grade | None) -> QFrame:
        frame = QFrame()
        set_role(frame, "card")
        inner = QVBoxLayout(frame)
        inner.setContentsMargins(SPACE_2, SPACE_1, SPACE_2, SPACE_1)
        went = f" · {_WENT.get(grade, 'ended well')}" if grade is not None else ""
        where = f"{trade_text(scenario.trade, scenario.setting)}{went}"
        link = LinkRow(scenario.title, f"{where}\n{scenario.customer}")
        link.clicked.connect(lambda: self.chosen.emit(scenario))
        inner.addWidget(link)
        inner.addStretch(1)
        self.rows.append(link)
        return frame
