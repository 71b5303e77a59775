"""By what the shared summaries are narrowed: in a small window put away behind a button that counts them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QComboBox, QGridLayout, QPushButton, QWidget

from coach.taxonomy import CONTENTIOUS, REPAIR
from coach.values.shares import Known, Repaired, Wanted, told_apart
from ui import text
from ui.look.theme import SPACE_2, set_role

_DAYS = {"Any day": None, "Last 7 days": 7, "Last 30 days": 30, "Last 90 days": 90}
_DUE: dict[str, tuple[int | None, int] | None] = {
    "Any commitment": None,
    "Due by today": (None, 0),
    "Due within 7 days": (0, 7),
    "Due within 30 days": (0, 30),
}
"""From so many days from now to so many. What was due long ago is not due within some days."""
_REPAIRED = {
    "Any outcome": Repaired.ANY,
    "Left open": Repaired.OPEN,
    "All repaired": Repaired.ALL,
}


class Filters(QWidget):
    """``changed`` when ``wanted`` gives something else. ``button`` shows and hides them where ``fold`` says
    that there is little room; it is for the caller to place."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.person_box, self.move_box = QComboBox(), QComboBox()
        self.since_box, self.repaired_box, self.due_box = QComboBox(), QComboBox(), QComboBox()
        self.boxes = (self.person_box, self.move_box, self.since_box, self.repaired_box, self.due_box)
        self.button = QPushButton("Filters", checkable=True)
        set_role(self.button, "small")
        self.button.hide()
        self.button.toggled.connect(self._show)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(SPACE_2)
        self._across = 0
        self._fill()
        self.place(2)
        for box in self.boxes:
            box.currentIndexChanged.connect(self._chosen)

    def _fill(self) -> None:
        self.person_box.addItem("Everybody", None)
        self.move_box.addItem("Any move", "")
        for move in (*CONTENTIOUS, *REPAIR):
            self.move_box.addItem(text.move_name(move), move)
        for box, choices in ((self.since_box, _DAYS), (self.repaired_box, _REPAIRED), (self.due_box, _DUE)):
            for name, value in choices.items():
                box.addItem(name, value)
        names = ("Agent", "Move", "Date", "Repaired or not", "Commitment due")
        for box, name in zip(self.boxes, names, strict=True):
            box.setAccessibleName(name)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(6)

    def place(self, across: int) -> None:
        """So many beside each other; names of people and of moves, and when a commitment is due, are long and
        have a line of their own."""
        if across == self._across:
            return
        self._across = across
        line = column = 0
        for box in self.boxes:
            wide = 1 if box in (self.since_box, self.repaired_box) else across
            self._grid.addWidget(box, line, column, 1, wide)
            column += wide
            if column >= across:
                line, column = line + 1, 0

    def fold(self, little_room: bool) -> None:
        self.button.setVisible(little_room)
        self._show()

    @Slot()
    def _show(self) -> None:
        self.setVisible(self.button.isHidden() or self.button.isChecked())

    @Slot()
    def _chosen(self) -> None:
        self._tell()
        self.changed.emit()

    def _tell(self) -> None:
        """Filters that are put away are not forgotten."""
        used = sum(box.currentIndex() > 0 for box in self.boxes)
        self.button.setText(f"Filters: {used}" if used else "Filters")

    def wanted(self, words: str, today: dt.date) -> Wanted:
        since = self.since_box.currentData()
        first, last = self.due_box.currentData() or (None, None)
        return Wanted(
            words,
            self.person_box.currentData(),
            _ahead(today, None if since is None else -since),
            self.move_box.currentData(),
            self.repaired_box.currentData(),
            _ahead(today, last),
            _ahead(today, first),
        )

    def show_people(self, people: Sequence[Known]) -> None:
        """The chosen one stays chosen."""
        blocker = QSignalBlocker(self.person_box)
        chosen = self.person_box.currentData()
        self.person_box.clear()
        self.person_box.addItem("Everybody", None)
        called = told_apart(people)
        for one in people:
            self.person_box.addItem(called[one.key], one.key)
        # Not by ``findData``: to it, equal keys read from the store twice are two.
        keys = [one.key for one in people]
        self.person_box.setCurrentIndex(keys.index(chosen) + 1 if chosen in keys else 0)
        blocker.unblock()
        self._tell()


def _ahead(today: dt.date, days: int | None) -> dt.date | None:
    return None if days is None else today + dt.timedelta(days=days)
