"""Widgets in the middle, and pages of which only the one that is shown counts."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

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


class ShownPage(QStackedWidget):
    """Asks for no more than the page that is shown needs, whatever the others do."""

    def minimumSizeHint(self) -> QSize:
        return self.currentWidget().minimumSizeHint() if self.count() else QSize()

    def sizeHint(self) -> QSize:
        # Qt's own asks every page, and every page of these, again and again.
        return self.minimumSizeHint()

    def hasHeightForWidth(self) -> bool:
        return self.count() > 0 and self.currentWidget().hasHeightForWidth()

    def heightForWidth(self, width: int) -> int:
        """The least, as for the size: a list in it has a scroll bar of its own."""
        layout = self.currentWidget().layout() if self.count() else None
        return layout.minimumHeightForWidth(width) if layout is not None else -1
