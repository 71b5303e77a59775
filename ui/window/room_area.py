"""The room that is shown. In a window with less room than it needs, it scrolls."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QWidget

from ui.parts.middle import ShownPage
from ui.parts.scrolling import ScrollsIfSmall


class _Rooms(ShownPage):
    def minimumSizeHint(self) -> QSize:
        """A room has the width there is and makes the best of it. Were it given more, it would think itself
        roomy, ask for more still, and never come to rest."""
        return QSize(0, super().minimumSizeHint().height())


class RoomArea(ScrollsIfSmall):
    """Holds ``rooms``, and shows each from its top."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self.rooms = _Rooms()
        super().__init__(self.rooms, parent)
        self.rooms.page_changed.connect(self._begin_at_the_top)

    def set_small(self, small: bool) -> None:
        """Only in a small window does anything scroll. There the bar has its room always, seen or not: were
        it to come and go, rooms that take less height where they are narrower would never come to rest."""
        policy = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(policy.ScrollBarAlwaysOn if small else policy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(policy.ScrollBarAlwaysOff)

    def _begin_at_the_top(self) -> None:
        self.rooms.updateGeometry()
        self.verticalScrollBar().setValue(0)
        self.horizontalScrollBar().setValue(0)
