"""What scrolls: a column that is filled anew each time, and whatever has too little room."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from ui.look.theme import SPACE_2, SPACE_3

SETTLES_MS = 1000
"""After so long whoever scrolls is the user."""


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
        self._settling = QTimer(self, singleShot=True, interval=SETTLES_MS)
        self._settling.timeout.connect(self._let_go)
        self.verticalScrollBar().rangeChanged.connect(self._take_place)

    def to_top(self) -> None:
        self._let_go()
        self.verticalScrollBar().setValue(0)

    def keep_place(self, place: int) -> None:
        """Where what is filled anew is to be scrolled to: its height comes to rest in several steps."""
        self._place = place
        self._settling.start()
        self._take_place()

    def _take_place(self) -> None:
        if self._place is not None:
            self.verticalScrollBar().setValue(self._place)

    def _let_go(self) -> None:
        self._place = None
        self._settling.stop()


class ScrollsIfSmall(QScrollArea):
    """Holds ``inner``, which has all the room there is, and scrolls where that is less than it needs."""

    def __init__(self, inner: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(inner)
