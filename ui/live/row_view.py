"""A list whose rows have different heights and change one at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import (
    QElapsedTimer,
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    QTimer,
    Slot,
)
from PySide6.QtGui import QPainter, QPaintEvent, QRegion, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyleOptionViewItem, QWidget

from ui.live.rows import RowStack

Index = QModelIndex | QPersistentModelIndex
_Cursor = QAbstractItemView.CursorAction
_Hint = QAbstractItemView.ScrollHint
_AT_ONCE = 100
"""So many rows are laid out without a stall."""
_SLICE_MS = 8
_LOOK_EVERY = 8
"""Rows laid out between two looks at the clock."""


class RowView(QListView):
    """``height_of(row)`` is asked for rows that came or changed, and for all of them when the width changed:
    for those in sight at once, in a long list for the others by and by, between two events.

    ``QListView`` itself asks every row for its size whenever one changes, which makes each word of a long
    call dearer than the one before. It is kept as the base for what it tells screen readers; its own layout
    is never used. Rows may be inserted, changed and reset, not moved; after one was removed, lay all of
    them out again (``doItemsLayout``).
    """

    def __init__(self, height_of: Callable[[int], int], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._height_of = height_of
        self._rows = RowStack()
        self._rough: set[int] = set()
        """Rows that have the height of an earlier width still; none of them is in sight."""
        self._smoothing = QTimer(self, singleShot=True, interval=0)
        self._smoothing.timeout.connect(self._smooth_some)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def doItemsLayout(self) -> None:
        self._rough.clear()
        self._rows.replace(self._height_of(row) for row in range(self.model().rowCount()))
        QAbstractItemView.doItemsLayout(self)

    def reset(self) -> None:
        self._rough.clear()
        self._rows.replace(())
        super().reset()

    def rowsInserted(self, parent: Index, start: int, end: int) -> None:
        if self._rough and start < len(self._rows):
            # Their numbers are others now.
            self.scheduleDelayedItemsLayout()
        elif len(self._rows) + end - start + 1 == self.model().rowCount():
            for row in range(start, end + 1):
                self._rows.insert(row, self._height_of(row))
        else:
            # Nothing was laid out yet, so there is nothing to add to.
            self.scheduleDelayedItemsLayout()
        QAbstractItemView.rowsInserted(self, parent, start, end)
        self.updateGeometries()
        self.viewport().update()

    def dataChanged(self, first: Index, last: Index, roles: Sequence[int] = ()) -> None:
        moved = False
        for row in range(first.row(), min(last.row() + 1, len(self._rows))):
            self._rough.discard(row)
            moved |= self._rows.change(row, self._height_of(row))
        QAbstractItemView.dataChanged(self, first, last, roles)
        if moved:
            self.updateGeometries()
            below = self.viewport().rect()
            below.setTop(max(0, self.visualRect(first).top()))
            self.viewport().update(below)

    def updateGeometries(self) -> None:
        bar, shown = self.verticalScrollBar(), self.viewport().height()
        bar.setPageStep(shown)
        bar.setRange(0, max(0, self._rows.total - shown))
        # A bar that is always there, so that rows keep their width, shows no handle while all is in sight.
        bar.setEnabled(bar.maximum() > 0)
        QAbstractItemView.updateGeometries(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        if event.size().width() != event.oldSize().width():
            self._lay_out_anew()
        QAbstractItemView.resizeEvent(self, event)

    def _lay_out_anew(self) -> None:
        """For another width; what is at the top of the view stays there."""
        count = len(self._rows)
        if count <= _AT_ONCE or count != self.model().rowCount():
            self.doItemsLayout()
        else:
            self._rough = set(range(count))
            self._smooth_in_sight()
            self._smoothing.start()

    @Slot()
    def _smooth_some(self) -> None:
        """The next of the rows out of sight: those below first, which move nothing that is seen."""
        clock = QElapsedTimer()
        clock.start()
        top = self._rows.at(self.verticalOffset()) or 0
        below = [row for row in range(top, len(self._rows)) if row in self._rough]
        left = [*below, *sorted(self._rough.difference(below), reverse=True)]
        for at in range(0, len(left), _LOOK_EVERY):
            if clock.elapsed() >= _SLICE_MS:
                break
            self._smooth(left[at : at + _LOOK_EVERY])
        if self._rough:
            self._smoothing.start()

    def _smooth_in_sight(self) -> None:
        """Rows in sight, and those that come into it while they are laid out."""
        while True:
            top = self.verticalOffset()
            rows = self._rows.between(top, top + self.viewport().height() + 1)
            if self._rough.isdisjoint(rows):
                return
            self._smooth(rows)

    def _smooth_around(self, row: int) -> None:
        """All that may be in sight together with a row."""
        around: list[int] = []
        for rows in (range(row, -1, -1), range(row + 1, len(self._rows))):
            room = self.viewport().height()
            for near in rows if self._rough else ():
                around.append(near)
                room -= self._height_of(near)
                if room < 0:
                    break
        self._smooth(around)

    def _smooth(self, rows: Iterable[int]) -> None:
        """Give them their true heights. The first row in sight stays where it is, or the end in sight."""
        rough = self._rough.intersection(rows)
        if not rough:
            return
        bar = self.verticalScrollBar()
        at_end = 0 < bar.maximum() == bar.value()
        first = self._rows.at(bar.value())
        into = bar.value() - self._rows.top(first) if first is not None else 0
        self._rough -= rough
        moved = [row for row in sorted(rough, reverse=True) if self._rows.change(row, self._height_of(row))]
        if not moved:
            return
        self.updateGeometries()
        if at_end:
            bar.setValue(bar.maximum())
        elif first is not None:
            bar.setValue(self._rows.top(first) + min(into, self._rows.height(first) - 1))
        self.viewport().update()

    def scrollContentsBy(self, dx: int, dy: int) -> None:  # noqa: ARG002 - the base's form
        self._smooth_in_sight()
        # The base moves what is on the screen already, although rows above may be waiting to be painted.
        self.viewport().update()

    def horizontalOffset(self) -> int:
        return 0

    def verticalOffset(self) -> int:
        return self.verticalScrollBar().value()

    def visualRect(self, index: Index) -> QRect:
        if not index.isValid() or index.row() >= len(self._rows):
            return QRect()
        top = self._rows.top(index.row()) - self.verticalOffset()
        return QRect(0, top, self.viewport().width(), self._rows.height(index.row()))

    def indexAt(self, point: QPoint) -> QModelIndex:
        row = self._rows.at(point.y() + self.verticalOffset())
        return QModelIndex() if row is None else self.model().index(row, 0)

    def scrollTo(self, index: Index, hint: _Hint = _Hint.EnsureVisible) -> None:
        if not index.isValid() or index.row() >= len(self._rows):
            return
        self._smooth_around(index.row())
        top, height = self._rows.top(index.row()), self._rows.height(index.row())
        bar, shown = self.verticalScrollBar(), self.viewport().height()
        end = top + height - shown
        if hint is _Hint.PositionAtCenter:
            bar.setValue(top - max(0, (shown - height) // 2))
        elif hint is _Hint.PositionAtTop or (hint is _Hint.EnsureVisible and top < bar.value()):
            bar.setValue(top)
        elif hint is _Hint.PositionAtBottom or end > bar.value():
            # The beginning of a row taller than the view is worth more than its end.
            bar.setValue(min(top, end))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        plain, delegate = option.state, self.itemDelegate()
        chosen, current = self.selectionModel(), self.currentIndex().row()
        offset, dirty = self.verticalOffset(), event.rect()
        for row in self._rows.between(dirty.top() + offset, dirty.bottom() + 1 + offset):
            index = self.model().index(row, 0)
            option.rect = self.visualRect(index)
            option.state = plain
            if chosen.isSelected(index):
                option.state |= QStyle.StateFlag.State_Selected
            if row == current and self.hasFocus():
                option.state |= QStyle.StateFlag.State_HasFocus
            delegate.paint(painter, option, index)
        painter.end()

    def moveCursor(self, action: _Cursor, modifiers: Qt.KeyboardModifier) -> QModelIndex:  # noqa: ARG002
        last = len(self._rows) - 1
        row = self.currentIndex().row()
        if last < 0:
            return QModelIndex()
        page = self.viewport().height()
        if action is _Cursor.MoveHome:
            row = 0
        elif action is _Cursor.MoveEnd:
            row = last
        elif row < 0:
            row = 0
        elif action in (_Cursor.MoveDown, _Cursor.MoveNext, _Cursor.MoveRight):
            row = min(last, row + 1)
        elif action in (_Cursor.MoveUp, _Cursor.MovePrevious, _Cursor.MoveLeft):
            row = max(0, row - 1)
        elif action is _Cursor.MovePageDown:
            below = self._rows.at(self._rows.top(row) + page)
            row = last if below is None else max(below, min(last, row + 1))
        elif action is _Cursor.MovePageUp:
            row = self._rows.at(max(0, self._rows.top(row) - page)) or 0
        return self.model().index(row, 0)

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        offset = self.verticalOffset()
        rows = self._rows.between(rect.top() + offset, rect.bottom() + 1 + offset)
        chosen = QItemSelection()
        if rows:
            chosen.select(self.model().index(rows[0], 0), self.model().index(rows[-1], 0))
        self.selectionModel().select(chosen, command)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        region = QRegion()
        for number in range(selection.count()):
            chosen: QItemSelectionRange = selection.at(number)
            first, last = self.visualRect(chosen.topLeft()), self.visualRect(chosen.bottomRight())
            region += first.united(last).intersected(self.viewport().rect())
        return region
