"""How a mark on the waveform looks: drawn once for each kind, and put wherever one stands."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap, QPolygonF

from ui.look.theme import SPACE_2, Theme
from ui.review.marks import Mark

LANE = 26
MARK_PX = 13
_INTO_SOUND = 10
"""How far the line below a mark reaches into the sound."""
_HALF = MARK_PX
"""Half the width of a stamp: room for a mark that is chosen, and its edge."""


class Stamps:
    """Hours of talk have thousands of marks and two looks for each kind."""

    def __init__(self, theme: Theme, ratio: float) -> None:
        self._theme = theme
        self._ratio = ratio
        self._made: dict[tuple[bool, bool, bool], QPixmap] = {}

    def put(self, painter: QPainter, x: float, edge: float, mark: Mark, chosen: bool) -> None:
        """``edge``: the upper edge of the sound, over which a flag stands, or its lower one for a repair."""
        kind = (mark.flag, mark.unfair, chosen)
        if kind not in self._made:
            self._made[kind] = self._stamp(mark, chosen)
        top = edge - LANE if mark.flag else edge - _INTO_SOUND
        # On whole pixels of the screen: a picture between two of them is blurred.
        left = round((x - _HALF) * self._ratio) / self._ratio
        painter.drawPixmap(QPointF(left, top), self._made[kind])

    def _stamp(self, mark: Mark, chosen: bool) -> QPixmap:
        made = QPixmap(round(2 * _HALF * self._ratio), round((LANE + _INTO_SOUND) * self._ratio))
        made.setDevicePixelRatio(self._ratio)
        made.fill(Qt.GlobalColor.transparent)
        painter = QPainter(made)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _paint(painter, mark, chosen, self._theme)
        painter.end()
        return made


def _paint(painter: QPainter, mark: Mark, chosen: bool, theme: Theme) -> None:
    c = theme.colours
    colour = QColor(c.text_muted if mark.unfair else c.flag if mark.flag else c.repaired)
    painter.setPen(QPen(QColor(c.text), 2) if chosen else QPen(colour, 1.5))
    painter.setBrush(Qt.BrushStyle.NoBrush if mark.unfair else colour)
    x, shape = float(_HALF), MARK_PX / 2 + (1 if chosen else 0)
    if mark.flag:
        top = LANE - SPACE_2 - MARK_PX
        painter.drawPolygon(
            QPolygonF([QPointF(x - shape, top), QPointF(x + shape, top), QPointF(x, top + MARK_PX)])
        )
        ends = (float(LANE - SPACE_2), float(LANE + _INTO_SOUND))
    else:
        middle = _INTO_SOUND + LANE / 2
        painter.drawEllipse(QPointF(x, middle), shape - 0.5, shape - 0.5)
        ends = (0.0, middle - shape)
    painter.setPen(QPen(colour, 1.5))
    painter.drawLine(QPointF(x, ends[0]), QPointF(x, ends[1]))
