"""Progress over twelve weeks: three plots, and the same figures as a table."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStackedWidget,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from coach.practice.progress import FEWEST_WORDS, Week
from coach.practice.rhythm import Rhythm
from ui.look.theme import set_role
from ui.practice.chart import Series, WeekChart, week_text
from ui.practice.parts import Calm, Column, button, card, label, row

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
        self.table = QTableWidget(0, len(COLUMNS))
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
            frame, inner = card()
            inner.addWidget(label(chart.title, "subtitle"))
            inner.addWidget(label(words, "muted"))
            inner.addWidget(chart)
            body.addWidget(frame)
        frame, inner = card()
        inner.addWidget(label("As a table", "subtitle"))
        inner.addWidget(self.table)
        body.addWidget(frame)
        private = label("Yours alone: nothing of this is in a summary or an export.", "caption", wrap=False)
        body.addLayout(row(private, self.forget_button, stretch=1))
        body.addStretch(1)
        self._set_up_table()
        self._stack = QStackedWidget()
        self._stack.addWidget(self.column)
        self._stack.addWidget(self.calm)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._stack)

    def _set_up_table(self) -> None:
        set_role(self.table, "inside")
        self.table.setAccessibleName("Progress by week")
        self.table.setHorizontalHeaderLabels([_SHORT.get(name, name) for name in COLUMNS])
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setShowGrid(False)
        self.table.verticalHeader().hide()
        header = self.table.horizontalHeader()
        header.setAccessibleName("Figures of a week")
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap)
        header.setMinimumHeight(56)
        header.setHighlightSections(False)
        self.table.setTabKeyNavigation(False)
        self.table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

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
        self.table.setRowCount(len(weeks))
        for place, week in enumerate(reversed(weeks)):
            counts = (week.drills, week.quiz_items, week.role_plays)
            cells = (
                week_text(week.monday),
                self.moves.value_text(float(week.words)),
                _rate_text(week.contentious_per_1000),
                _rate_text(week.repairs_per_1000),
                self.repaired.value_text(week.share_repaired),
                *(self.practised.value_text(float(count)) for count in counts),
            )
            for column, words in enumerate(cells):
                item = QTableWidgetItem(words)
                item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{COLUMNS[column]}: {words}")
                self.table.setItem(place, column, item)
        header = self.table.horizontalHeader().height()
        rows = sum(self.table.rowHeight(place) for place in range(self.table.rowCount()))
        self.table.setFixedHeight(max(56, header) + rows + 4)


def _rate_text(rate: float | None) -> str:
    """One place always, so that a column can be compared."""
    return "–" if rate is None else QLocale().toString(rate, "f", 1)
