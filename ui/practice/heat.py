"""How hot the customer of a role-play is: six steps, told by height, number and word."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from coach.practice.scenario import HOT
from ui.look.theme import TEXT_CAPTION_PX, Theme, current_theme
from ui.look.themed import follow_theme
from ui.parts.chips import font_of
from ui.practice.words import HEATS


def heat_colour(heat: int, theme: Theme) -> str:
    """Green when cool, amber between, red when hot; the height and the word say the same."""
    c = theme.colours
    return c.repaired if heat <= 1 else c.flag if heat <= 3 else c.danger


class HeatBars(QWidget):
    """Bars that grow from left to right, as many lit as the heat is; with the word under them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heat = 0
        self.setFixedHeight(64)
        self.setMinimumWidth(160)
        self.show_heat(0)
        follow_theme(self, lambda _theme: self.update())

    def show_heat(self, heat: int) -> None:
        self.heat = heat
        self.setAccessibleName(f"Heat {heat} of {HOT}: {HEATS[heat]}")
        self.setToolTip(self.accessibleName())
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        theme = current_theme()
        c = theme.colours
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        step, foot = 24.0, 40.0
        for place in range(HOT + 1):
            height = 10 + place * 5.5
            lit = place <= self.heat
            bar = QRectF(1 + place * step, foot - height, step - 8, height)
            painter.setPen(QPen(QColor(heat_colour(self.heat, theme) if lit else c.control_border), 1))
            painter.setBrush(QColor(heat_colour(self.heat, theme)) if lit else Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(bar, 3, 3)
        painter.setPen(QColor(c.text))
        painter.setFont(font_of(TEXT_CAPTION_PX + 1))
        painter.drawText(
            QRectF(0, foot + 4, self.width(), 20), Qt.AlignmentFlag.AlignVCenter, HEATS[self.heat]
        )
        painter.end()


class HeatLine(QWidget):
    """The heat over a whole role-play, turn by turn."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heats: tuple[int, ...] = ()
        self.setMinimumSize(QSize(220, 132))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        follow_theme(self, lambda _theme: self.update())

    def show_heats(self, heats: Sequence[int]) -> None:
        self.heats = tuple(heats)
        said = ", ".join(str(heat) for heat in self.heats)
        self.setAccessibleName(f"Heat after each of your turns, from 0 to {HOT}: {said}")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        theme = current_theme()
        c = theme.colours
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font_of(TEXT_CAPTION_PX))
        area = QRectF(92, 10, self.width() - 104, self.height() - 34)
        for heat in (0, 1, 3, HOT):
            y = area.bottom() - area.height() * heat / HOT
            painter.setPen(QPen(QColor(c.border), 1))
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            painter.setPen(QColor(c.text_muted))
            room = QRectF(0, y - 9, area.left() - 8, 18)
            painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, HEATS[heat])
        across = area.width() / max(1, len(self.heats) - 1)
        points = [
            QPointF(area.left() + across * place, area.bottom() - area.height() * heat / HOT)
            for place, heat in enumerate(self.heats)
        ]
        pen = QPen(QColor(c.accent), 2.5)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.drawPolyline(QPolygonF(points))
        for place, point in enumerate(points):
            painter.setPen(QPen(QColor(c.surface), 2))
            painter.setBrush(QColor(heat_colour(self.heats[place], theme)))
            painter.drawEllipse(point, 6, 6)
            painter.setPen(QColor(c.text_muted))
            name = "start" if place == 0 else str(place)
            room = QRectF(point.x() - 20, area.bottom() + 8, 40, 16)
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter, name)
        painter.end()
