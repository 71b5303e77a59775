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

    def to_top(self) -> None:
        self.verticalScrollBar().setValue(0)


class ScrollsIfSmall(QScrollArea):
    """Holds ``inner``, which has all the room there is, and scrolls where that is less than it needs."""

    def __init__(self, inner: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(inner)
