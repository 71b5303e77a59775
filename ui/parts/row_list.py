"""A list of rows that the keyboard can open and delete."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QAbstractItemModel, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QListView

from ui.look.theme import set_role


class RowList(QListView):
    """``activated`` by Enter as by a double click. ``name`` is what a screen reader says."""

    delete_pressed = Signal()
    erase_pressed = Signal()
    """Delete with Shift: for good."""

    def __init__(
        self, name: str, model: QAbstractItemModel, delegate: Callable[[QListView], QAbstractItemDelegate]
    ) -> None:
        super().__init__()
        self.setModel(model)
        self.setItemDelegate(delegate(self))
        self.setAccessibleName(name)
        set_role(self, "inside")
        self.setMouseTracking(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)

    @contextmanager
    def kept_in_place(self) -> Iterator[None]:
        """Filled anew within, it stays where somebody scrolled it, away from what is chosen."""
        bar = self.verticalScrollBar()
        before, chosen = bar.value(), self.currentIndex()
        seen = self.viewport().rect().intersects(self.visualRect(chosen))
        yield
        if not (chosen.isValid() and seen):
            self.doItemsLayout()
            bar.setValue(before)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.erase_pressed.emit()
            return
        if event.matches(QKeySequence.StandardKey.Delete):
            self.delete_pressed.emit()
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.activated.emit(self.currentIndex())
            return
        super().keyPressEvent(event)
