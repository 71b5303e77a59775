"""Recordings in line as a Qt model: thousands of rows, of which one changes at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from coach.values.batches import BatchItem, BatchState, ItemProgress
from coach.values.file_names import shown_name
from ui.parts.label import plain_tip
from ui.recordings.words import HELD, LEAVING, spoken

ITEM_ROLE = int(Qt.ItemDataRole.UserRole) + 1
PROGRESS_ROLE = ITEM_ROLE + 1
WAITS_ROLE = ITEM_ROLE + 2
_NO_PARENT = QModelIndex()


class RecordingsModel(QAbstractListModel):
    """``ITEM_ROLE`` gives the ``BatchItem``, ``PROGRESS_ROLE`` how far it is or None, in the order added."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.items: list[BatchItem] = []
        self._rows: dict[int, int] = {}
        self.progress: ItemProgress | None = None
        self.held = False
        self._leaving: set[int] = set()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.items)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = 0) -> Any:
        if not index.isValid():
            return None
        item = self.items[index.row()]
        if role == ITEM_ROLE:
            return item
        if role == PROGRESS_ROLE:
            return self._of(item)
        if role == WAITS_ROLE:
            return self.waits(item)
        if role == Qt.ItemDataRole.DisplayRole:
            return shown_name(item.path.name)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(shown_name(str(item.path)))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(item, self._of(item), self.waits(item))
        return None

    def show(self, items: Sequence[BatchItem]) -> None:
        self.beginResetModel()
        self.items = list(items)
        self._rows = {item.id: row for row, item in enumerate(self.items)}
        self.endResetModel()

    def add(self, items: Sequence[BatchItem]) -> None:
        if not items:
            return
        first = len(self.items)
        self.beginInsertRows(QModelIndex(), first, first + len(items) - 1)
        self.items.extend(items)
        self._rows.update({item.id: first + place for place, item in enumerate(items)})
        self.endInsertRows()

    def change(self, item: BatchItem) -> None:
        row = self._rows.get(item.id)
        if row is not None:
            self.items[row] = item
            if item.state is not BatchState.RUNNING:
                self._leaving.discard(item.id)
            self._changed(row)

    def leave(self, ids: Sequence[int]) -> None:
        """They are to be taken out; the one that is read takes a moment."""
        for item_id in ids:
            row = self._rows.get(item_id)
            if row is not None and self.items[row].state is BatchState.RUNNING:
                self._leaving.add(item_id)
                self._changed(row)

    def waits(self, item: BatchItem) -> str:
        """Why the one that is read does not go on; empty where it does."""
        if item.id in self._leaving:
            return LEAVING
        return HELD if self.held else ""

    def show_progress(self, progress: ItemProgress | None) -> None:
        self.progress = progress
        row = self._rows.get(progress.item_id) if progress is not None else None
        if row is not None:
            self._changed(row)

    def hold(self, on: bool) -> None:
        self.held = on
        if self.items:
            self.dataChanged.emit(self.index(0), self.index(len(self.items) - 1))

    def item_at(self, row: int) -> BatchItem:
        return self.items[row]

    def row_of(self, item_id: int) -> int | None:
        return self._rows.get(item_id)

    def _of(self, item: BatchItem) -> ItemProgress | None:
        return self.progress if self.progress is not None and self.progress.item_id == item.id else None

    def _changed(self, row: int) -> None:
        self.dataChanged.emit(self.index(row), self.index(row))
