"""The room that is shown. In a window with less room than it needs, it scrolls."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.parts.middle import ShownPage
from ui.parts.scrolling import ScrollsIfSmall


class RoomArea(ScrollsIfSmall):
    """Holds ``rooms``, and shows each from its top."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self.rooms = ShownPage()
        super().__init__(self.rooms, parent)
        self.rooms.currentChanged.connect(self._begin_at_the_top)

    def _begin_at_the_top(self) -> None:
        self.rooms.updateGeometry()
        self.verticalScrollBar().setValue(0)
        self.horizontalScrollBar().setValue(0)
