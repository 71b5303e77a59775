"""Widgets one after the other, in as many lines as the width they get takes."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from ui.look.theme import SPACE_2

_Line = list[tuple[QLayoutItem, QSize]]


class Flow(QLayout):
    """Each widget as large as it wants to be, in the middle of its line. ``even``: all as wide as the widest,
    so that they stand in columns. Only widgets go in."""

    def __init__(
        self, *widgets: QWidget, across: int = SPACE_2, down: int = SPACE_2, even: bool = False
    ) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._across = across
        self._down = down
        self._even = even
        self.setContentsMargins(0, 0, 0, 0)
        for widget in widgets:
            self.addWidget(widget)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # type: ignore[override]
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # type: ignore[override]
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._height(self._lines(width))

    def sizeHint(self) -> QSize:
        """All in one line."""
        sizes = self._sizes()
        width = sum(size.width() for _item, size in sizes) + self._across * max(0, len(sizes) - 1)
        return QSize(width, max((size.height() for _item, size in sizes), default=0))

    def minimumSize(self) -> QSize:
        """One in a line; how high it gets with that follows from the width."""
        sizes = [size for _item, size in self._sizes()]
        return QSize(
            max((size.width() for size in sizes), default=0),
            max((size.height() for size in sizes), default=0),
        )

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        top = rect.top()
        for line in self._lines(rect.width()):
            left, high = rect.left(), _height(line)
            for item, size in line:
                place = QPoint(left, top + (high - size.height()) // 2)
                item.setGeometry(QRect(place, size.boundedTo(QSize(rect.width(), size.height()))))
                left += size.width() + self._across
            top += high + self._down

    def _sizes(self) -> _Line:
        sizes = [
            (item, item.sizeHint().expandedTo(item.minimumSize()))
            for item in self._items
            if not item.isEmpty()
        ]
        if self._even and sizes:
            widest = max(size.width() for _item, size in sizes)
            sizes = [(item, QSize(widest, size.height())) for item, size in sizes]
        return sizes

    def _lines(self, width: int) -> list[_Line]:
        lines: list[_Line] = []
        left = 0
        for item, size in self._sizes():
            if not lines or left + size.width() > width:
                lines.append([])
                left = 0
            lines[-1].append((item, size))
            left += size.width() + self._across
        return lines

    def _height(self, lines: list[_Line]) -> int:
        return sum(map(_height, lines)) + self._down * max(0, len(lines) - 1)


def _height(line: _Line) -> int:
    return max(size.height() for _item, size in line)
