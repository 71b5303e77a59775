"""What scrolls: a column that is filled anew each time, and whatever has too little room."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from ui.look.theme import SPACE_2, SPACE_3


class Scrolling(QScrollArea):
    """Fill ``body``. It never scrolls sideways: its words wrap."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = QWidget()
        self.body = QVBoxLayout(inner)
        self.body.setContentsMargins(0, 0, SPACE_2, 0)
        self.body.setSpacing(SPACE_3)
        self.setWidget(inner)
        self._place: int | None = None
        self.verticalScrollBar().rangeChanged.connect(self._take_place)

    def to_top(self) -> None:
        self._place = None
        self.verticalScrollBar().setValue(0)

    def keep_place(self, place: int) -> None:
        """Where what is filled anew is to be scrolled to, as soon as it is as long as that."""
        self._place = place

    def _take_place(self, _least: int, most: int) -> None:
        if self._place is not None and self._place <= most:
            place, self._place = self._place, None
            self.verticalScrollBar().setValue(place)


class ScrollsIfSmall(QScrollArea):
    """Holds ``inner``, which has all the room there is, and scrolls where that is less than it needs."""

    def __init__(self, inner: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(inner)
