"""The list of past calls as a Qt model."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from coach.events import CallListing
from coach.values import hits
from ui import text
from ui.parts.label import plain_tip

LISTING_ROLE = int(Qt.ItemDataRole.UserRole) + 1
_NO_PARENT = QModelIndex()


def figures(call: CallListing) -> str:
    """The counts in words."""
    parts = [] if call.finished else ["Unfinished"]
    parts.append(text.clock(call.duration_s))
    if call.flags:
        parts.append(f"{text.count_text(call.flags, 'flag', 'flags')}, {call.repaired} repaired")
    if call.commitments:
        parts.append(text.count_text(call.commitments, "commitment", "commitments"))
    return " · ".join(parts)


class CallsModel(QAbstractListModel):
    """``LISTING_ROLE`` gives the ``CallListing``, newest first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._calls: list[CallListing] = []

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._calls)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = 0) -> Any:
        if not index.isValid():
            return None
        call = self._calls[index.row()]
        if role == LISTING_ROLE:
            return call
        if role == Qt.ItemDataRole.DisplayRole:
            return call.title
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(call.title)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            found = f"{figures(call)}. {hits.bare(call.snippet)}"
            said = f"{call.title}, {text.date_time_text(call.started_at)}. {found}"
            return said.strip()
        return None

    def show(self, calls: list[CallListing]) -> None:
        self.beginResetModel()
        self._calls = calls
        self.endResetModel()

    def call_at(self, row: int) -> CallListing:
        return self._calls[row]

    def row_of(self, call_id: str) -> int | None:
        return next((row for row, call in enumerate(self._calls) if call.id == call_id), None)
