"""How many cues are left: counted as the policy counts them, shown as dots."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from coach.coaching.pacing import Pacing

DOT_PX = 6
STEP_PX = 9
_ONE_ROW = 5
"""More dots than this stand in two rows."""


class BudgetCount:
    """Cues raised in this call, against what the level allows in its window of time."""

    def __init__(self, pacing: Pacing) -> None:
        self._pacing = pacing
        self._raised_s: list[float] = []

    @property
    def most(self) -> int:
        return self._pacing.most

    def choose(self, pacing: Pacing) -> None:
        """Another level: what was raised so far counts in it too."""
        self._pacing = pacing

    def count(self, at_s: float) -> None:
        """A cue was raised ``at_s`` seconds into the call."""
        self._raised_s.append(at_s)

    def left(self, now_s: float) -> int:
        return self._pacing.left(self._raised_s, now_s)


class BudgetDots(QWidget):
    """One dot for each cue: full while it is left, a ring once it is spent."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._left = self._most = 0
        self._full = self._ring = QColor("black")
        self.show_budget(0, 0)

    @property
    def left(self) -> int:
        return self._left

    @property
    def most(self) -> int:
        return self._most

    @property
    def _columns(self) -> int:
        return self._most if self._most <= _ONE_ROW else (self._most + 1) // 2

    def sizeHint(self) -> QSize:
        rows = 1 if self._most <= _ONE_ROW else 2
        return QSize(max(0, self._columns * STEP_PX - (STEP_PX - DOT_PX)), rows * STEP_PX)

    def show_budget(self, left: int, most: int) -> None:
        self._left, self._most = min(left, most), most
        words = f"{self._left} of {most} cues left" if most else "Cues are off"
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.setFixedSize(self.sizeHint())
        self.update()

    def set_colours(self, full: str, ring: str) -> None:
        self._full, self._ring = QColor(full), QColor(ring)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number in range(self._most):
            row, column = divmod(number, self._columns)
            at = QPointF(column * STEP_PX + DOT_PX / 2, row * STEP_PX + STEP_PX / 2)
            full = number < self._left
            painter.setPen(Qt.PenStyle.NoPen if full else QPen(self._ring, 1.2))
            painter.setBrush(self._full if full else Qt.BrushStyle.NoBrush)
            radius = DOT_PX / 2 if full else DOT_PX / 2 - 0.6
            painter.drawEllipse(at, radius, radius)
        painter.end()
