"""The weeks of a team as plain plots, with the same figures as a table. Nobody is named, nobody ranked."""

from __future__ import annotations

import datetime as dt

from PySide6.QtWidgets import QVBoxLayout, QWidget

from coach.values.shares import Trend, TrendWeek
from ui import text
from ui.parts.scrolling import Scrolling
from ui.practice.chart import Series, WeekChart, rate_text, week_text
from ui.practice.parts import label
from ui.practice.week_table import WeekTable, titled

_WEEKS = 12
_WHY = (
    "A week is shown where at least five people shared calls in it, or where those who did agreed to be "
    "counted alone. Flags and repairs are per 1,000 words. Search and filters change nothing here."
)
_HEADS = ("Week", "People", "Calls", "Flags", "Repairs", "Repaired", "Kept")


class TrendView(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        area = Scrolling("Trend")
        self.moves = WeekChart("Moves per 1,000 words")
        self.shares = WeekChart("Flags repaired and commitments kept", percent=True)
        self.hidden_label = label("", "muted")
        self.table = WeekTable("Trend by week, as a table", _HEADS)
        area.body.addWidget(label(_WHY, "muted"))
        area.body.addWidget(self.hidden_label)
        self._cards = [
            titled(self.moves.title, self.moves),
            titled(self.shares.title, self.shares),
            titled("As a table", self.table),
        ]
        for shown in self._cards:
            area.body.addWidget(shown)
        area.body.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(area)

    def show_trend(self, trend: Trend) -> None:
        weeks = trend.weeks[-_WEEKS:]
        for shown in self._cards:
            shown.setVisible(bool(weeks))
        hidden = text.count_text(trend.hidden, "week has", "weeks have")
        nothing = "Nothing to show yet. " if not weeks else ""
        self.hidden_label.setText(f"{nothing}{hidden} calls of too few people." if trend.hidden else nothing)
        self.hidden_label.setVisible(bool(self.hidden_label.text()))
        by_monday = {week.monday: week for week in weeks}
        mondays = _run(weeks)
        found = [by_monday.get(monday) for monday in mondays]
        self.moves.show_weeks(
            mondays,
            [
                Series("Flags", "flag", "diamond", tuple(_rate(week, "flags") for week in found)),
                Series("Repairs", "repaired", "circle", tuple(_rate(week, "repairs") for week in found)),
            ],
        )
        self.shares.show_weeks(
            mondays,
            [
                Series("Flags repaired", "repaired", "circle", tuple(_part(week, "flags") for week in found)),
                Series("Commitments kept", "accent", "square", tuple(_part(week, "kept") for week in found)),
            ],
        )
        self.table.show_rows(
            [
                (
                    week_text(week.monday),
                    str(week.people),
                    str(week.calls),
                    rate_text(_rate(week, "flags")),
                    rate_text(_rate(week, "repairs")),
                    self.shares.value_text(_part(week, "flags")),
                    self.shares.value_text(_part(week, "kept")),
                )
                for week in weeks
            ]
        )


def _run(weeks: tuple[TrendWeek, ...]) -> list[dt.date]:
    """Every Monday from the first week to the last, those that are not shown too."""
    if not weeks:
        return []
    first, last = weeks[0].monday, weeks[-1].monday
    return [first + dt.timedelta(weeks=place) for place in range((last - first).days // 7 + 1)][-_WEEKS:]


def _rate(week: TrendWeek | None, name: str) -> float | None:
    if week is None or not week.words:
        return None
    return float(getattr(week, name)) * 1000 / week.words


def _part(week: TrendWeek | None, name: str) -> float | None:
    if week is None:
        return None
    part, whole = (week.answered, week.flags) if name == "flags" else (week.kept, week.settled)
    return part / whole if whole else None
