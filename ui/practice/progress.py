"""Progress over twelve weeks: three plots, and the same figures as a table."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from coach.practice.progress import FEWEST_WORDS, Week
from coach.practice.rhythm import Rhythm
from ui.practice.chart import Series, WeekChart, rate_text, week_text
from ui.practice.parts import Calm, Column, button, label, row
from ui.practice.week_table import WeekTable, titled

COLUMNS = (
    "Week of",
    "Words",
    "Souring moves per 1,000 words",
    "Repairs per 1,000 words",
    "Flags repaired",
    "Drills",
    "Quiz items",
    "Role-plays",
)
_SHORT = {
    "Souring moves per 1,000 words": "Souring per 1,000",
    "Repairs per 1,000 words": "Repairs per 1,000",
}
"""As they stand over the table, whose columns are narrow on a small screen."""


class ProgressPage(QWidget):
    """``show_weeks`` fills it."""

    forget_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.column = Column("Progress")
        self.moves = WeekChart("Moves per 1,000 words", "Your calls fill this.")
        self.repaired = WeekChart("Flags repaired", "Nothing was flagged in these weeks.", percent=True)
        self.practised = WeekChart("Practice", "What you practise fills this.", stacked=True)
        self.rhythm_words = label("", "muted")
        self.table = WeekTable("Progress by week", COLUMNS, _SHORT)
        self.forget_button = button("Delete all practice", "small")
        self.calm = Calm(
            "progress",
            "Nothing to show yet",
            "After your first calls and drills you see here, week by week, how it goes. Only you see it.",
        )
        self._lay_out()
        self.forget_button.clicked.connect(self.forget_wanted)

    def _lay_out(self) -> None:
        body = self.column.body
        body.addWidget(self.rhythm_words)
        about = (
            (self.moves, f"Of your calls, in weeks with at least {FEWEST_WORDS} words."),
            (self.repaired, "Of the turns that were flagged, how many you repaired within two turns."),
            (self.practised, "Drills, quiz items and role-plays."),
        )
        for chart, words in about:
            body.addWidget(titled(chart.title, chart, words))
        body.addWidget(titled("As a table", self.table))
        private = label("Yours alone: nothing of this is in a summary or an export.", "caption", wrap=False)
        body.addLayout(row(private, self.forget_button, stretch=1))
        body.addStretch(1)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.column)
        self._stack.addWidget(self.calm)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._stack)

    @property
    def is_empty(self) -> bool:
        return self._stack.currentWidget() is self.calm

    def show_weeks(self, weeks: Sequence[Week], rhythm: Rhythm) -> None:
        """Oldest first; the table has the newest on top."""
        anything = rhythm.days or any(week.words for week in weeks)
        self._stack.setCurrentWidget(self.column if anything else self.calm)
        self.rhythm_words.setText(rhythm.words)
        self.forget_button.setVisible(bool(rhythm.days))
        mondays = [week.monday for week in weeks]
        contentious = tuple(week.contentious_per_1000 for week in weeks)
        repairs = tuple(week.repairs_per_1000 for week in weeks)
        self.moves.show_weeks(
            mondays,
            (
                Series("Souring", "flag", "diamond", contentious),
                Series("Repairing", "repaired", "circle", repairs),
            ),
        )
        share = tuple(week.share_repaired for week in weeks)
        self.repaired.show_weeks(mondays, (Series("Repaired", "repaired", "circle", share),))
        self.practised.show_weeks(
            mondays,
            (
                Series("Drills", "accent", "square", tuple(float(week.drills) for week in weeks)),
                Series("Quiz items", "flag", "square", tuple(float(week.quiz_items) for week in weeks)),
                Series("Role-plays", "repaired", "square", tuple(float(week.role_plays) for week in weeks)),
            ),
        )
        self._fill_table(weeks)

    def _fill_table(self, weeks: Sequence[Week]) -> None:
        rows = []
        for week in reversed(weeks):
            counts = (week.drills, week.quiz_items, week.role_plays)
            rows.append(
                (
                    week_text(week.monday),
                    self.moves.value_text(float(week.words)),
                    rate_text(week.contentious_per_1000),
                    rate_text(week.repairs_per_1000),
                    self.repaired.value_text(week.share_repaired),
                    *(self.practised.value_text(float(count)) for count in counts),
                )
            )
        self.table.show_rows(rows)
