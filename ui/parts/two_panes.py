"""Two panes side by side with a handle between them; one above the other where both would be too narrow."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

from ui.look.theme import SPACE_4

STACKED_BELOW_PX = 600
"""A list and what it tells of one row have too few words a line in less than half of this each."""


class TwoPanes(QSplitter):
    """``first`` left of or above ``second``; side by side they begin at ``widths`` (pixels) and share what
    a wider window adds in the parts ``shares``. ``least_height_px`` is what either pane needs."""

    def __init__(
        self,
        first: QWidget,
        second: QWidget,
        *,
        widths: tuple[int, int],
        shares: tuple[int, int],
        least_height_px: int,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._beside, self._least_height_px = list(widths), least_height_px
        self._was_beside = False
        """Only once they stood side by side the widths are somebody's choice."""
        self.setChildrenCollapsible(False)
        self.setHandleWidth(SPACE_4)
        for place, pane in enumerate((first, second)):
            self.addWidget(pane)
            self.setStretchFactor(place, shares[place])
        self.setSizes(self._beside)
        self.setMinimumHeight(least_height_px)

    @property
    def stacked(self) -> bool:
        return self.orientation() == Qt.Orientation.Vertical

    def resizeEvent(self, event: QResizeEvent) -> None:
        stacked = event.size().width() < STACKED_BELOW_PX
        if stacked != self.stacked:
            self._turn(stacked)
        super().resizeEvent(event)
        self._was_beside |= not stacked

    def _turn(self, stacked: bool) -> None:
        """The widths that somebody dragged come back with the room for them."""
        if stacked and self._was_beside:
            self._beside = self.sizes()
        self.setOrientation(Qt.Orientation.Vertical if stacked else Qt.Orientation.Horizontal)
        least = self._least_height_px
        for place in range(self.count()):
            self.widget(place).setMinimumHeight(least if stacked else 0)
        self.setMinimumHeight(2 * least + self.handleWidth() if stacked else least)
        self.setSizes([1, 1] if stacked else self._beside)
