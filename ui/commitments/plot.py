"""Kept in time, week by week: a small picture, with the same in words beside it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QSizePolicy, QToolTip, QVBoxLayout, QWidget

from coach.values.follow_up import Week
from ui import text
from ui.commitments.words import weeks_text
from ui.look.theme import SPACE_1, SPACE_3, SPACE_4, TEXT_CAPTION_PX, Theme, current_theme, set_role
from ui.look.themed import follow_theme
from ui.parts.chips import font_of
from ui.parts.label import Label

_HEIGHT = 76
_LABELS = 18
_LEAST_TOP = 3
"""A single promise kept is no tower."""


class KeptPlot(QWidget):
    """One bar a week: kept in time, kept late, not kept or past its time, from below."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._weeks: Sequence[Week] = ()
        self.setMinimumHeight(_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        follow_theme(self, lambda _theme: self.update())

    def sizeHint(self) -> QSize:
        return QSize(240, _HEIGHT)

    def show_weeks(self, weeks: Sequence[Week]) -> None:
        self._weeks = weeks
        said = "; ".join(tip_text(week) for week in weeks if week.all)
        self.setAccessibleName(f"By week: {said}" if said else "Nothing has come due yet.")
        self.update()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            step = self.width() / max(1, len(self._weeks))
            place = int(event.pos().x() / step)
            if 0 <= place < len(self._weeks):
                QToolTip.showText(event.globalPos(), tip_text(self._weeks[place]), self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        base = self.height() - _LABELS
        painter.setPen(QPen(QColor(theme.colours.border), theme.border_px))
        painter.drawLine(QPointF(0, base + 0.5), QPointF(self.width(), base + 0.5))
        if self._weeks:
            step = self.width() / len(self._weeks)
            most = max(_LEAST_TOP, *(week.all for week in self._weeks))
            for place, week in enumerate(self._weeks):
                self._bar(painter, week, QRectF(place * step, 0, step, base), most, theme)
            self._ends(painter, theme)
        painter.end()

    def _bar(self, painter: QPainter, week: Week, room: QRectF, most: int, theme: Theme) -> None:
        colours = theme.colours
        width = min(18.0, room.width() - SPACE_1)
        left, bottom, unit = room.center().x() - width / 2, room.bottom(), (room.height() - 2) / most
        parts = ((week.kept, colours.repaired, True), (week.late, colours.repaired, False))
        rest = ((week.broken, colours.control_border, True), (week.open, colours.flag, False))
        for count, colour, filled in (*parts, *rest):
            if not count:
                continue
            part = QRectF(left, bottom - count * unit, width, count * unit).adjusted(0.5, 1, -0.5, -0.5)
            # Filled or an outline, so that the four are told apart without their colours.
            painter.setPen(QPen(QColor(colour), 1.5))
            painter.setBrush(QColor(colour) if filled else QColor(colours.surface))
            painter.drawRoundedRect(part, 2, 2)
            bottom -= count * unit

    def _ends(self, painter: QPainter, theme: Theme) -> None:
        painter.setFont(font_of(TEXT_CAPTION_PX))
        painter.setPen(QColor(theme.colours.text_muted))
        line = QRectF(0, self.height() - _LABELS + 2, self.width(), _LABELS - 2)
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft, text.date_text(self._weeks[0].monday))
        painter.drawText(line, Qt.AlignmentFlag.AlignRight, "this week")


class KeptCard(QFrame):
    """The plot with its title and its words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "card")
        self.title_label = Label()
        self.title_label.setWordWrap(True)
        set_role(self.title_label, "strong")
        self.plot = KeptPlot()
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_4, SPACE_3, SPACE_4, SPACE_3)
        column.setSpacing(SPACE_1)
        column.addWidget(self.title_label)
        column.addSpacing(SPACE_1)
        column.addWidget(self.plot)
        self.legend_label = Label()
        self.legend_label.setTextFormat(Qt.TextFormat.RichText)
        self.legend_label.setWordWrap(True)
        set_role(self.legend_label, "caption")
        column.addWidget(self.legend_label)
        self._weeks: Sequence[Week] = ()
        follow_theme(self, self._restyle)

    def show_weeks(self, weeks: Sequence[Week]) -> None:
        self._weeks = weeks
        kept, every = sum(week.kept for week in weeks), sum(week.all for week in weeks)
        self.title_label.setText(f"{kept} of {every} kept in time" if every else weeks_text(weeks))
        self.title_label.setAccessibleName(weeks_text(weeks))
        self._restyle(current_theme())
        self.plot.show_weeks(weeks)
        for part in (self.plot, self.legend_label):
            part.setVisible(any(week.all for week in weeks))

    def _open(self) -> int:
        return sum(week.open for week in self._weeks)

    def _restyle(self, theme: Theme) -> None:
        """Only what the picture holds is named; no word of anybody's is in it."""
        colours = theme.colours
        named = (
            ("■", colours.repaired, "in time", sum(week.kept for week in self._weeks)),
            ("□", colours.repaired, "late", sum(week.late for week in self._weeks)),
            ("■", colours.control_border, "not kept", sum(week.broken for week in self._weeks)),
            ("□", colours.flag, _past(self._open()), self._open()),
        )
        parts = [
            f'<span style="color:{tint}">{sign}</span>&nbsp;{count}&nbsp;{name}'
            for sign, tint, name, count in named
            if count
        ]
        self.legend_label.setText(" &nbsp; ".join(parts))
        self.legend_label.setAccessibleName("The picture's parts")


def _past(count: int) -> str:
    return "past its time" if count == 1 else "past their time"


def tip_text(week: Week) -> str:
    """ "Week of 16/11/2026: 2 kept in time, 1 kept late"."""
    named = (
        (week.kept, "kept in time"),
        (week.late, "kept late"),
        (week.broken, "not kept"),
        (week.open, _past(week.open)),
    )
    parts = [f"{count} {name}" for count, name in named if count] or ["nothing due"]
    return f"Week of {text.date_text(week.monday)}: {', '.join(parts)}"
