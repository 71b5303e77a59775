"""The commitments of a view as a Qt model: headings, and what stands under them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from coach.values.follow_up import Followed, Key, Overview, State
from ui import text
from ui.commitments.words import Group, action_text, spoken
from ui.parts.label import plain_tip

ROW_ROLE = int(Qt.ItemDataRole.UserRole) + 1
_NO_PARENT = QModelIndex()

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Heading:
    title: str
    count: int


@dataclass(frozen=True, slots=True)
class Entry:
    followed: Followed
    state: State
    clashing: bool


Row = Heading | Entry


class CommitmentsModel(QAbstractListModel):
    """``ROW_ROLE`` gives the ``Row``. Headings cannot be chosen."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Row] = []
        self.overview: Overview | None = None

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = 0) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._words(row)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(row.title if isinstance(row, Heading) else action_text(row.followed))
        return None

    def _words(self, row: Row) -> str:
        if isinstance(row, Heading):
            return f"{row.title}, {text.count_text(row.count, 'commitment', 'commitments')}"
        assert self.overview is not None
        return spoken(row.followed, row.state, self.overview.now.date(), row.clashing)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and isinstance(self._rows[index.row()], Heading):
            return Qt.ItemFlag.ItemIsEnabled
        return super().flags(index)

    def show(self, overview: Overview, groups: Sequence[Group]) -> None:
        self.beginResetModel()
        self.overview = overview
        self._rows = []
        for title, every in groups:
            if title:
                self._rows.append(Heading(title, len(every)))
            self._rows += [Entry(one, overview.states[one.key], one.key in overview.clashes) for one in every]
        self.endResetModel()

    def entry_at(self, row: int) -> Entry | None:
        found = self._rows[row] if 0 <= row < len(self._rows) else None
        return found if isinstance(found, Entry) else None

    def row_of(self, key: Key) -> int | None:
        return next(
            (
                number
                for number, row in enumerate(self._rows)
                if isinstance(row, Entry) and row.followed.key == key
            ),
            None,
        )

    def nearest_entry(self, row: int) -> int | None:
        """The entry at or after ``row``, else the last before it."""
        entries = [number for number, each in enumerate(self._rows) if isinstance(each, Entry)]
        return next((number for number in entries if number >= row), entries[-1] if entries else None)
