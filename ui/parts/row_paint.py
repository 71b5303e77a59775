"""What the drawn rows of a list share: the ground, the chips at the end, words cut to fit."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyle

from ui.look.theme import SPACE_2, SPACE_4, Theme
from ui.parts.chips import CHIP_HEIGHT, Chip, chip_size, paint_chip, paint_row_ground

ICON_PX = 20
LEFT = SPACE_4 + ICON_PX + SPACE_4
"""Where the words of a row begin, behind its sign."""
_CHIP_WIDTH = 200


def paint_ground(painter: QPainter, area: QRectF, state: QStyle.StateFlag, theme: Theme) -> None:
    selected = bool(state & QStyle.StateFlag.State_Selected)
    over = bool(state & QStyle.StateFlag.State_MouseOver)
    focused = bool(state & QStyle.StateFlag.State_HasFocus)
    painter.setPen(QPen(QColor(theme.colours.border), theme.border_px))
    y = area.bottom() - 0.5
    painter.drawLine(QPointF(LEFT, y), QPointF(area.right() - SPACE_4, y))
    if selected or over or focused:
        paint_row_ground(painter, area.adjusted(0, 0, 0, -1), selected, focused, theme)


def paint_chips(
    painter: QPainter, area: QRectF, height: float, chips: Sequence[Chip], theme: Theme, ratio: float
) -> float:
    """From the right edge, in the middle of ``height`` pixels; returns where the leftmost begins."""
    right = area.right() - SPACE_4
    top = (height - CHIP_HEIGHT) / 2
    for chip in reversed(chips):
        width = chip_size(chip, _CHIP_WIDTH).width()
        paint_chip(painter, QRectF(right - width, top, width, CHIP_HEIGHT), chip, theme, ratio)
        right -= width + SPACE_2
    return right


def paint_elided(
    painter: QPainter,
    rect: QRectF,
    words: str,
    font: QFont,
    colour: str,
    how: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
) -> None:
    painter.setFont(font)
    painter.setPen(QColor(colour))
    shown = QFontMetricsF(font).elidedText(words, how, rect.width())
    painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
