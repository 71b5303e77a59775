"""Widgets in the middle, and pages of which only the one that is shown counts."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QWidget

_FIRST = 1_000
"""A stretch beside which the others get only what is over."""


def in_the_middle(widget: QWidget, widest_px: int) -> QHBoxLayout:
    """A row in which it has all the room there is, up to ``widest_px``.

    By an alignment instead, a layout would take no height for the width.
    """
    widget.setMaximumWidth(widest_px)
    row = QHBoxLayout()
    row.setContentsMargins(0, 0, 0, 0)
    row.addStretch(1)
    row.addWidget(widget, _FIRST)
    row.addStretch(1)
    return row


class ShownPage(QWidget):
    """A stack of pages that asks for no more than the one that is shown needs, whatever the others do."""

    page_changed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pages = _Shown(self)
        self._pages.currentChanged.connect(self._tell)

    def addWidget(self, page: QWidget) -> int:
        return self._pages.addWidget(page)

    def count(self) -> int:
        return self._pages.count()

    def widget(self, place: int) -> QWidget | None:
        return self._pages.widget(place)

    def currentWidget(self) -> QWidget | None:
        return self._pages.currentWidget()

    def setCurrentWidget(self, page: QWidget) -> None:
        self._pages.setCurrentWidget(page)

    def _tell(self, place: int) -> None:
        self.updateGeometry()
        self.page_changed.emit(place)


class _Shown(QStackedLayout):
    """Qt's own asks every page, and for the height that the tallest would like: one that scrolls likes more
    than there is, and what holds it would cut it off. A list in a page has a scroll bar of its own."""

    def minimumSize(self) -> QSize:
        page = self.currentWidget()
        return page.minimumSizeHint().expandedTo(page.minimumSize()) if page is not None else QSize()

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def hasHeightForWidth(self) -> bool:
        page = self.currentWidget()
        return page is not None and page.hasHeightForWidth()

    def heightForWidth(self, width: int) -> int:
        """The least, as for the size."""
        page = self.currentWidget()
        layout = page.layout() if page is not None else None
        return layout.minimumHeightForWidth(width) if layout is not None else -1
