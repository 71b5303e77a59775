"""Twelve weeks as lines or as stacked bars. Series are told by shape as well as by colour."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QEvent, QLocale, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QHelpEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ui.look.theme import TEXT_BODY_PX, TEXT_CAPTION_PX, Theme, current_theme
from ui.look.themed import follow_theme
from ui.parts.chips import font_of

Shape = Literal["circle", "diamond", "square"]

_LEFT, _RIGHT, _TOP, _BOTTOM = 52.0, 20.0, 34.0, 26.0
_MARK_PX = 4.5


@dataclass(frozen=True, slots=True)
class Series:
    """One row of values, None where there is none. ``colour`` is the name of a colour of the theme."""

    name: str
    colour: str
    shape: Shape
    values: tuple[float | None, ...]


def nice_top(largest: float, percent: bool = False) -> float:
    """A round number at least as large, so that the lines of the grid have round names."""
    if percent:
        return 1.0
    if largest <= 4:
        return 4.0
    step = 10 ** math.floor(math.log10(largest))
    return next(float(step * factor) for factor in (1, 2, 4, 5, 8, 10, 20) if step * factor >= largest)


def week_text(monday: dt.date) -> str:
    """ "2 Nov" in the user's locale."""
    month = QLocale().monthName(monday.month, QLocale.FormatType.ShortFormat)
    return f"{monday.day} {month}"


def rate_text(rate: float | None) -> str:
    """One place always, so that a column can be compared."""
    return "–" if rate is None else QLocale().toString(rate, "f", 1)


class WeekChart(QWidget):
    """``show_weeks`` fills it. ``stacked``: bars on top of each other; else lines that break where a value is
    missing. Pointing at a week tells its values; the table beside it tells them to everybody. ``nothing`` are
    words for a plot without any."""

    def __init__(
        self,
        title: str,
        nothing: str = "Nothing to show yet.",
        *,
        percent: bool = False,
        stacked: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.title, self.nothing = title, nothing
        self._percent, self._stacked = percent, stacked
        self.mondays: tuple[dt.date, ...] = ()
        self.series: tuple[Series, ...] = ()
        self.setMinimumHeight(176)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{title}, as a plot. The table below has the same figures.")
        follow_theme(self, lambda _theme: self.update())

    def show_weeks(self, mondays: Sequence[dt.date], series: Sequence[Series]) -> None:
        self.mondays, self.series = tuple(mondays), tuple(series)
        self.update()

    def value_text(self, value: float | None) -> str:
        if value is None:
            return "–"
        if self._percent:
            return f"{round(value * 100)} %"
        return QLocale().toString(float(value), "f", 0 if float(value).is_integer() else 1)

    def words_at(self, place: int) -> str:
        """What a week came to, for its tooltip."""
        lines = [f"{one.name}: {self.value_text(one.values[place])}" for one in self.series]
        return "\n".join([f"Week of {week_text(self.mondays[place])}", *lines])

    @property
    def is_empty(self) -> bool:
        """Whether no week has anything to show."""
        missing = (0, None) if self._stacked else (None,)
        return all(value in missing for one in self.series for value in one.values)

    @property
    def _top(self) -> float:
        if self._stacked:
            columns = zip(*(one.values for one in self.series), strict=True)
            largest = max((sum(value or 0 for value in column) for column in columns), default=0)
        else:
            largest = max(
                (value for one in self.series for value in one.values if value is not None), default=0
            )
        return nice_top(largest, self._percent)

    def _area(self) -> QRectF:
        return QRectF(_LEFT, _TOP, self.width() - _LEFT - _RIGHT, self.height() - _TOP - _BOTTOM)

    def _x(self, place: int) -> float:
        area = self._area()
        return area.left() + area.width() * (place + 0.5) / max(1, len(self.mondays))

    def place_at(self, x: float) -> int | None:
        """Which week lies at this x; None beside the plot."""
        area = self._area()
        if not self.mondays or not area.left() <= x <= area.right():
            return None
        return min(len(self.mondays) - 1, int((x - area.left()) / area.width() * len(self.mondays)))

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            place = self.place_at(event.pos().x())
            if place is None:
                QToolTip.hideText()
            else:
                QToolTip.showText(event.globalPos(), self.words_at(place), self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font_of(TEXT_CAPTION_PX))
        self._paint_legend(painter, theme)
        self._paint_grid(painter, theme)
        if self.is_empty:
            painter.setPen(QColor(theme.colours.text_muted))
            painter.setFont(font_of(TEXT_BODY_PX))
            words = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self._area(), words, self.nothing)
        elif self._stacked:
            self._paint_bars(painter, theme)
        else:
            for one in self.series:
                self._paint_line(painter, one, theme)
        painter.end()

    def _paint_legend(self, painter: QPainter, theme: Theme) -> None:
        x = _LEFT
        for number, one in enumerate(self.series):
            mark = QPointF(x + 6, 14)
            if self._stacked:
                self._fill(painter, number, one, theme)
                painter.drawRoundedRect(QRectF(x, 8, 12, 12), 3, 3)
            else:
                self._mark(painter, mark, one, theme)
            painter.setPen(QColor(theme.colours.text_muted))
            width = painter.fontMetrics().horizontalAdvance(one.name)
            painter.drawText(QRectF(x + 18, 4, width + 4, 20), Qt.AlignmentFlag.AlignVCenter, one.name)
            x += width + 40

    def _paint_grid(self, painter: QPainter, theme: Theme) -> None:
        area, top = self._area(), self._top
        for part in range(5):
            y = area.bottom() - area.height() * part / 4
            painter.setPen(QPen(QColor(theme.colours.border), 1))
            if not theme.high_contrast or part == 0:
                painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            painter.setPen(QColor(theme.colours.text_muted))
            room = QRectF(0, y - 9, area.left() - 8, 18)
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(room, right, self.value_text(top * part / 4))
        every = 1 if area.width() / max(1, len(self.mondays)) > 64 else 2
        for place, monday in enumerate(self.mondays):
            # Counted from this week, whose name is always there.
            if (len(self.mondays) - 1 - place) % every == 0:
                room = QRectF(self._x(place) - 40, area.bottom() + 6, 80, 18)
                painter.drawText(room, Qt.AlignmentFlag.AlignCenter, week_text(monday))

    def _paint_line(self, painter: QPainter, one: Series, theme: Theme) -> None:
        area, top = self._area(), self._top
        run: list[QPointF] = []
        runs = [run]
        for place, value in enumerate(one.values):
            if value is None:
                run = []
                runs.append(run)
            else:
                run.append(QPointF(self._x(place), area.bottom() - area.height() * value / top))
        pen = QPen(QColor(getattr(theme.colours, one.colour)), 2.5)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        for points in runs:
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPolyline(QPolygonF(points))
            for point in points:
                self._mark(painter, point, one, theme)

    def _mark(self, painter: QPainter, at: QPointF, one: Series, theme: Theme) -> None:
        painter.setPen(QPen(QColor(theme.colours.surface), 1.5))
        painter.setBrush(QColor(getattr(theme.colours, one.colour)))
        if one.shape == "circle":
            painter.drawEllipse(at, _MARK_PX, _MARK_PX)
            return
        r = _MARK_PX + 1
        corners = (
            ((0, -r), (r, 0), (0, r), (-r, 0))
            if one.shape == "diamond"
            else ((-4, -4), (4, -4), (4, 4), (-4, 4))
        )
        painter.drawPolygon(QPolygonF([at + QPointF(x, y) for x, y in corners]))

    def _paint_bars(self, painter: QPainter, theme: Theme) -> None:
        area, top = self._area(), self._top
        width = min(28.0, area.width() / max(1, len(self.mondays)) * 0.6)
        for place in range(len(self.mondays)):
            foot = area.bottom()
            for number, one in enumerate(self.series):
                height = area.height() * (one.values[place] or 0) / top
                if height:
                    self._fill(painter, number, one, theme)
                    bar = QRectF(self._x(place) - width / 2, foot - height, width, height)
                    painter.drawRoundedRect(bar.adjusted(0, 0.5, 0, -0.5), 2, 2)
                    foot -= height

    def _fill(self, painter: QPainter, number: int, one: Series, theme: Theme) -> None:
        """Solid, hatched, empty: bars are told apart without their colours."""
        colour = QColor(getattr(theme.colours, one.colour))
        patterns = (Qt.BrushStyle.SolidPattern, Qt.BrushStyle.BDiagPattern, Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour, 1.5))
        painter.setBrush(QBrush(colour, patterns[number % len(patterns)]))
