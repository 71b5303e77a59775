"""The transcript on the screen: follows the latest words until the reader scrolls up."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal, SignalInstance
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QMenu, QPushButton, QWidget

from ui import text
from ui.live.delegate import TranscriptDelegate
from ui.live.items import TurnItem, is_flag
from ui.live.model import ITEM_ROLE, TranscriptModel
from ui.live.row_view import Index, RowView
from ui.look.theme import SPACE_4, Theme, icon, set_role
from ui.look.themed import follow_theme

_AT_END_PX = 24


class TranscriptView(RowView):
    """One row a turn. ``following`` is true while new words pull the view down with them.

    A flagged turn has a menu (right-click, or the menu key) to call its flags unfair, or take that back.
    """

    following_changed = Signal(bool)
    unfair_wanted = Signal(int, str)
    """The index of a turn and the move it was flagged for."""
    take_back_wanted = Signal(int, str)

    def __init__(self, model: TranscriptModel, live: bool, parent: QWidget | None = None) -> None:
        self.delegate = TranscriptDelegate(model)
        super().__init__(self.delegate.height_of, parent)
        self._live = live
        self._following = live
        self.transcript = model
        self.setItemDelegate(self.delegate)
        self.setModel(model)
        self.setAccessibleName("Transcript")
        set_role(self, "inside")
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.verticalScrollBar().setSingleStep(24)
        self.jump_button = QPushButton("Jump to latest", self)
        set_role(self.jump_button, "primary")
        self.jump_button.hide()
        self.jump_button.clicked.connect(self.jump_to_latest)
        model.modelReset.connect(lambda: self._set_following(live))
        model.rowsRemoved.connect(self._close_up)
        bar = self.verticalScrollBar()
        bar.valueChanged.connect(self._on_scrolled)
        bar.rangeChanged.connect(self._on_grown)
        follow_theme(self, self._restyle)

    @property
    def following(self) -> bool:
        return self._following

    def jump_to_latest(self) -> None:
        self._set_following(True)
        self.scrollToBottom()
        self.setFocus()

    def show_turn(self, turn_index: int) -> bool:
        """Bring a turn to the middle and mark it; false where the call has no such turn."""
        row = self.transcript.row_of_turn(turn_index)
        if row is None:
            return False
        at = self.transcript.index(row)
        self.setCurrentIndex(at)
        self.scrollTo(at, QAbstractItemView.ScrollHint.PositionAtCenter)
        return True

    def copy_selection(self) -> str:
        """Put the selected turns on the clipboard, one a line with its time, and return them."""
        rows = sorted(self.selectedIndexes(), key=QModelIndex.row)
        items = [index.data(ITEM_ROLE) for index in rows]
        lines = [f"{text.clock(item.start_s)}  {item.shown}" for item in items if isinstance(item, TurnItem)]
        QGuiApplication.clipboard().setText("\n".join(lines))
        return "\n".join(lines)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_selection()
            return
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_keyboard = event.reason() is QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_keyboard else self.indexAt(event.pos())
        menu = self.menu_of(index)
        if menu is None:
            return
        at = (
            self.viewport().mapToGlobal(self.visualRect(index).center()) if by_keyboard else event.globalPos()
        )
        menu.popup(at)

    def menu_of(self, index: Index) -> QMenu | None:
        """What can be done with a turn; None where there is none."""
        item = index.data(ITEM_ROLE) if index.isValid() else None
        if not isinstance(item, TurnItem) or item.open:
            return None
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for move in {move.name: move for move in item.moves if is_flag(move)}:
            name = text.move_name(move)
            contested = move in item.contested
            label = f"Take back: “{name}” was unfair" if contested else f"“{name}” was unfair"
            signal = self.take_back_wanted if contested else self.unfair_wanted
            menu.addAction(label, _asker(signal, item.index, move))
        menu.addSeparator()
        menu.addAction("Copy", self.copy_selection).setEnabled(bool(self.selectedIndexes()))
        return menu

    def reset(self) -> None:
        self.delegate.forget()
        super().reset()

    def rowsInserted(self, parent: Index, start: int, end: int) -> None:
        self.delegate.forget(start)
        super().rowsInserted(parent, start, end)

    def dataChanged(self, first: Index, last: Index, roles: Sequence[int] = ()) -> None:
        self.delegate.forget(first.row(), last.row())
        super().dataChanged(first, last, roles)

    def _close_up(self, _parent: Index, first: int) -> None:
        """After a row went, which is rare: the heights of the rest are known and only put together again."""
        self.delegate.forget(first)
        self.doItemsLayout()
        self.updateGeometries()
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.delegate.set_width(self.viewport().width())
        super().resizeEvent(event)
        self._place_button()

    def _restyle(self, theme: Theme) -> None:
        self.delegate.forget()
        self.scheduleDelayedItemsLayout()
        self.jump_button.setIcon(icon("chevron-down", theme.colours.on_accent))
        self.viewport().update()

    def _on_scrolled(self, value: int) -> None:
        self._set_following(self._live and value >= self.verticalScrollBar().maximum() - _AT_END_PX)

    def _on_grown(self, _low: int, high: int) -> None:
        if self._following:
            self.verticalScrollBar().setValue(high)

    def _set_following(self, following: bool) -> None:
        self.jump_button.setVisible(self._live and not following)
        self._place_button()
        if following != self._following:
            self._following = following
            self.following_changed.emit(following)

    def _place_button(self) -> None:
        size = self.jump_button.sizeHint()
        view = self.viewport().geometry()
        self.jump_button.setGeometry(
            view.center().x() - size.width() // 2,
            view.bottom() - size.height() - SPACE_4,
            size.width(),
            size.height(),
        )


def _asker(signal: SignalInstance, turn_index: int, move: str) -> Callable[[], None]:
    return lambda: signal.emit(turn_index, move)
