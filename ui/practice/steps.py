"""How far a round is: a dot for each exercise."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.look.theme import SPACE_2, TEXT_BODY_PX, current_theme
from ui.look.themed import follow_theme
from ui.parts.chips import font_of

_DOT_PX = 10
_GAP_PX = 6


class Steps(QWidget):
    """Full dots for what is done, a ring round what comes now, and "2 of 5" beside them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._count, self._now = 0, -1
        self._done: frozenset[int] = frozenset()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        follow_theme(self, lambda _theme: self.update())

    @property
    def words(self) -> str:
        return f"{self._now + 1} of {self._count}" if self._now >= 0 else f"{self._count} of {self._count}"

    def show_steps(self, count: int, now: int, done: Collection[int]) -> None:
        """``now`` is the place of the exercise that is shown, -1 once all are done."""
        self._count, self._now, self._done = count, now, frozenset(done)
        self.setAccessibleName(f"Exercise {self.words}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        words = QFontMetrics(font_of(TEXT_BODY_PX)).horizontalAdvance(self.words)
        return QSize(self._count * (_DOT_PX + _GAP_PX) + SPACE_2 + words + 2, 24)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        theme = current_theme()
        c = theme.colours
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = self.height() / 2
        for place in range(self._count):
            done, now = place in self._done, place == self._now
            pen = QPen(QColor(c.accent if done or now else c.control_border), 2 if now else theme.border_px)
            painter.setPen(pen)
            painter.setBrush(QColor(c.accent) if done else Qt.BrushStyle.NoBrush)
            left = 1 + place * (_DOT_PX + _GAP_PX)
            painter.drawEllipse(QRectF(left, middle - _DOT_PX / 2, _DOT_PX, _DOT_PX))
        painter.setPen(QColor(c.text_muted))
        painter.setFont(font_of(TEXT_BODY_PX))
        left = self._count * (_DOT_PX + _GAP_PX) + SPACE_2
        room = QRectF(left, 0, self.width() - left, self.height())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, self.words)
        painter.end()
