"""A ring that fills with seconds of clean speech."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QProgressBar, QWidget

from ui.look.theme import TEXT_CAPTION_PX, TEXT_TITLE_PX, current_theme
from ui.parts.chips import font_of

_SIZE_PX = 116
_WIDTH_PX = 9
_FULL_TURN = 360 * 16
_TOP = 90 * 16


class ProgressRing(QProgressBar):
    """A progress bar to everybody who cannot see it. Its range is in tenths of a second."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # The style sheet's bar is eight pixels high; this is not a bar.
        self.setStyleSheet(f"min-height: {_SIZE_PX}px; max-height: {_SIZE_PX}px;")
        self.setFixedSize(QSize(_SIZE_PX, _SIZE_PX))
        self.setAccessibleName("Clean speech heard")
        self.show_seconds(0.0, 1.0)

    def show_seconds(self, done_s: float, wanted_s: float) -> None:
        self.setRange(0, max(1, round(wanted_s * 10)))
        self.setValue(min(self.maximum(), round(done_s * 10)))
        self.setAccessibleDescription(self.words())

    def words(self) -> str:
        return f"{self.value() // 10} of {round(self.maximum() / 10)} seconds"

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        theme = current_theme()
        colours = theme.colours
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        half = _WIDTH_PX / 2 + 1
        circle = QRectF(self.rect()).adjusted(half, half, -half, -half)
        # In high contrast the empty ring is as strong as the full one: it is told by its width.
        empty_px = theme.border_px if theme.high_contrast else _WIDTH_PX
        pen = QPen(QColor(colours.border), empty_px, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawEllipse(circle)
        if self.value():
            pen.setColor(QColor(colours.accent))
            pen.setWidth(_WIDTH_PX)
            painter.setPen(pen)
            painter.drawArc(circle, _TOP, -round(_FULL_TURN * self.value() / self.maximum()))
        middle = circle.center().y()
        painter.setPen(QColor(colours.text))
        painter.setFont(font_of(TEXT_TITLE_PX))
        number = QRectF(circle.left(), middle - 24, circle.width(), 28)
        painter.drawText(number, Qt.AlignmentFlag.AlignCenter, f"{self.value() // 10} s")
        painter.setPen(QColor(colours.text_muted))
        painter.setFont(font_of(TEXT_CAPTION_PX))
        wanted = QRectF(circle.left(), middle + 4, circle.width(), 18)
        painter.drawText(wanted, Qt.AlignmentFlag.AlignCenter, f"of {round(self.maximum() / 10)} s")
        painter.end()
