"""Figures by week as a table: what a plot shows, for everybody, a screen reader too."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from ui.look.theme import set_role
from ui.practice.parts import card, label

_LEAST_HEADER_PX = 56
"""Two lines of a heading."""


class WeekTable(QTableWidget):
    """As high as its rows. ``columns`` are spoken with each figure, ``short`` are shown over them where room
    is scarce. The first column names the week and is never shortened."""

    def __init__(self, name: str, columns: Sequence[str], short: dict[str, str] | None = None) -> None:
        super().__init__(0, len(columns))
        self._columns = tuple(columns)
        set_role(self, "inside")
        self.setAccessibleName(name)
        shown = short or {}
        self.setHorizontalHeaderLabels([shown.get(column, column) for column in columns])
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        for each in (header, self.verticalHeader()):
            each.setAccessibleName("Figures of a week")
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap)
        header.setMinimumHeight(_LEAST_HEADER_PX)
        header.setHighlightSections(False)

    def show_rows(self, rows: Sequence[Sequence[str]]) -> None:
        """One for each week, in words."""
        self.setRowCount(len(rows))
        for place, cells in enumerate(rows):
            for column, words in enumerate(cells):
                item = QTableWidgetItem(words)
                item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{self._columns[column]}: {words}")
                self.setItem(place, column, item)
        high = sum(self.rowHeight(place) for place in range(self.rowCount()))
        self.setFixedHeight(max(_LEAST_HEADER_PX, self.horizontalHeader().height()) + high + 4)


def titled(title: str, shown: QWidget, words: str = "") -> QFrame:
    """A plot or a table as a card, with its title and what it counts."""
    frame, inner = card()
    inner.addWidget(label(title, "subtitle"))
    if words:
        inner.addWidget(label(words, "muted"))
    inner.addWidget(shown)
    return frame
