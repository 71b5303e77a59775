"""Shown over the window while recordings are held above it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from ui.look.theme import RADIUS_M, SPACE_3, SPACE_4, SPACE_6, TEXT_LARGE_PX, current_theme
from ui.parts.chips import font_of

_EDGE_PX = 3
_WORDS = "Drop to review"
_VEIL = 0.85
"""How much of what lies beneath is covered."""


class DropSign(QWidget):
    """Covers its parent while it is shown; what is dropped still falls on the window."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(_WORDS)
        self.hide()
        parent.installEventFilter(self)

    def appear(self) -> None:
        self.setGeometry(self.parentWidget().rect())
        self.raise_()
        self.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self.parentWidget().rect())
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        c = current_theme().colours
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        veil = QColor(c.accent_soft)
        veil.setAlphaF(_VEIL)
        painter.fillRect(self.rect(), veil)
        edge = QRectF(self.rect()).adjusted(SPACE_3, SPACE_3, -SPACE_3, -SPACE_3)
        painter.setPen(QPen(QColor(c.accent), _EDGE_PX, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(edge, RADIUS_M, RADIUS_M)
        painter.setFont(font_of(TEXT_LARGE_PX, QFont.Weight.DemiBold))
        words = painter.boundingRect(edge, Qt.AlignmentFlag.AlignCenter.value, _WORDS)
        painter.setPen(QPen(QColor(c.accent), 1))
        painter.setBrush(QColor(c.surface))
        painter.drawRoundedRect(words.adjusted(-SPACE_6, -SPACE_4, SPACE_6, SPACE_4), RADIUS_M, RADIUS_M)
        painter.setPen(QColor(c.text))
        painter.drawText(edge, Qt.AlignmentFlag.AlignCenter, _WORDS)
        painter.end()
