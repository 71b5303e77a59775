"""The room Team: what was shared, one of it to read, the trend, and what was set aside."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from coach.values import hits
from coach.values.shares import Aside, InboxRow, Note, Trend, Wanted
from ui import text
from ui.look.theme import SPACE_1, SPACE_2, SPACE_3, SPACE_4, set_role
from ui.look.themed import empty
from ui.parts.link_row import LinkRow
from ui.parts.middle import ShownPage
from ui.parts.scrolling import Scrolling
from ui.parts.search_field import SearchField
from ui.practice.parts import Calm, card, label
from ui.supervisor.filters import Filters
from ui.supervisor.reading import Reading
from ui.supervisor.trend import TrendView

MOST_SHOWN = 100
_ROOMY_PX = 760
_TWO_ACROSS_PX = 880
_A_ROW_PX = 96
_LOW_PX = 480
"""Below it the filters would leave no room for the list."""


class TeamPage(QWidget):
    """Asks by signals; ``wanted_changed`` when ``wanted`` gives something else now."""

    wanted_changed = Signal()
    open_wanted = Signal(object)
    delete_wanted = Signal(object)
    note_wanted = Signal(object, str, float, str)
    look_wanted = Signal()
    file_wanted = Signal()
    trend_wanted = Signal()
    aside_wanted = Signal()
    know_wanted = Signal(object)
    again_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: list[LinkRow] = []
        self._ids: list[int] = []
        self._listed: Wanted | None = None
        self.search = SearchField("Search what was said")
        self.search.setAccessibleName("Search shared summaries")
        self.filters = Filters()
        self.look_button, self.trend_button = QPushButton("Look now"), QPushButton("Trend")
        self.aside_button, self.file_button = QPushButton("Set aside"), QPushButton("Open a file…")
        self.status_label = label("", "muted")
        self.list_area = Scrolling("Shared summaries")
        self.reading, self.trend, self.aside_area = Reading(), TrendView(), Scrolling("Set aside")
        self.calm = Calm("voice", "Nothing chosen", "Choose a summary to read it.")
        self.pages = ShownPage()
        for page in (self.calm, self.reading, self.trend, self.aside_area):
            self.pages.addWidget(page)
        self._lay_out()
        self._wire()

    def _lay_out(self) -> None:
        title = label("Team", "display", wrap=False)
        top = QHBoxLayout()
        top.setSpacing(SPACE_2)
        top.addWidget(title)
        top.addStretch(1)
        for button in (self.file_button, self.look_button, self.trend_button, self.aside_button):
            top.addWidget(button)
        left = QFrame()
        set_role(left, "card")
        told = QHBoxLayout()
        told.setSpacing(SPACE_2)
        told.addWidget(self.status_label, 1)
        told.addWidget(self.filters.button)
        inner = QVBoxLayout(left)
        inner.setContentsMargins(SPACE_3, SPACE_3, SPACE_2, SPACE_3)
        inner.setSpacing(SPACE_2)
        inner.addWidget(self.search)
        inner.addLayout(told)
        inner.addWidget(self.filters)
        inner.addWidget(self.list_area, 1)
        left.setMinimumWidth(240)
        left.setMaximumWidth(372)
        self.pages.setMinimumWidth(260)
        self.list_area.setMinimumHeight(_A_ROW_PX)
        self.list_area.body.setSpacing(SPACE_1)
        body = QHBoxLayout()
        body.setSpacing(SPACE_4)
        body.addWidget(left, 2)
        body.addWidget(self.pages, 3)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_4)
        column.addLayout(top)
        column.addLayout(body, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        roomy = event.size().width() >= _ROOMY_PX
        self.filters.place(2 if event.size().width() >= _TWO_ACROSS_PX else 1)
        self.filters.fold(not roomy or event.size().height() < _LOW_PX)

    def _wire(self) -> None:
        self.search.textChanged.connect(lambda _words: self.wanted_changed.emit())
        self.filters.changed.connect(self.wanted_changed)
        self.look_button.clicked.connect(self.look_wanted)
        self.file_button.clicked.connect(self.file_wanted)
        self.trend_button.clicked.connect(self.trend_wanted)
        self.aside_button.clicked.connect(self.aside_wanted)
        self.pages.page_changed.connect(lambda _page: self._mark_shown())
        self.reading.delete_wanted.connect(lambda: self.delete_wanted.emit(self.reading.row))
        self.reading.note_wanted.connect(
            lambda words, at_s, line: self.note_wanted.emit(self.reading.row, words, at_s, line)
        )

    def wanted(self, today: dt.date) -> Wanted:
        return self.filters.wanted(self.search.text(), today)

    def show_inbox(self, rows: Sequence[InboxRow], wanted: Wanted) -> None:
        again, place = wanted == self._listed, self.list_area.verticalScrollBar().value()
        self._listed = wanted
        held = next((key for key, row in zip(self._ids, self.rows, strict=True) if row.hasFocus()), None)
        if held is not None:
            # A row that goes would hand the keyboard to the next, and the list would scroll after it.
            self.list_area.setFocus()
        empty(self.list_area.body)
        self.rows, self._ids = [], [one.id for one in rows[:MOST_SHOWN]]
        for one in rows[:MOST_SHOWN]:
            link = inbox_link(one)
            link.clicked.connect(partial(self.open_wanted.emit, one))
            self.rows.append(link)
            self.list_area.body.addWidget(link)
            if one.id == held:
                link.show()
                link.setFocus()
        self.list_area.body.addStretch(1)
        unread = sum(not one.opened for one in rows)
        said = f"{text.count_text(len(rows), 'summary', 'summaries')}, {unread} unread"
        if len(rows) > MOST_SHOWN:
            said = f"{said}. The newest {MOST_SHOWN} are shown: narrow the list."
        if not rows:
            said = _nothing(wanted)
        self.status_label.setText(said)
        if again:
            self.list_area.keep_place(place)
        else:
            self.list_area.to_top()
        self._mark_shown()

    def _mark_shown(self) -> None:
        on_show = self.reading.row if self.pages.currentWidget() is self.reading else None
        for row_id, link in zip(self._ids, self.rows, strict=True):
            link.mark_shown(on_show is not None and row_id == on_show.id)

    def show_share(self, row: InboxRow, notes: Sequence[Note]) -> None:
        self.reading.show_share(row, notes)
        self.pages.setCurrentWidget(self.reading)
        self._mark_shown()

    def show_trend(self, trend: Trend) -> None:
        self.trend.show_trend(trend)
        self.pages.setCurrentWidget(self.trend)

    def show_aside(self, found: Sequence[Aside]) -> None:
        body = self.aside_area.body
        empty(body)
        body.addWidget(label("Set aside", "title"))
        body.addWidget(label("Files that were not taken in. They stay where they are.", "muted"))
        for one in found:
            body.addWidget(self._aside(one))
        if not found:
            body.addWidget(label("Nothing was set aside."))
        body.addStretch(1)
        self.pages.setCurrentWidget(self.aside_area)

    @property
    def shows_aside(self) -> bool:
        return self.pages.currentWidget() is self.aside_area

    def show_how_many_aside(self, count: int) -> None:
        """Nobody looks for what they do not know to be there."""
        self.aside_button.setText(f"Set aside: {count}" if count else "Set aside")

    def show_calm(self) -> None:
        self.pages.setCurrentWidget(self.calm)

    def _aside(self, one: Aside) -> QFrame:
        frame, column = card()
        column.addWidget(label(one.message))
        column.addWidget(label(one.path, "caption"))
        know, again = QPushButton("I compared the words: add"), QPushButton("Look again")
        buttons = QHBoxLayout()
        if one.card:
            know.clicked.connect(partial(self.know_wanted.emit, one))
            buttons.addWidget(know)
        again.clicked.connect(partial(self.again_wanted.emit, one))
        buttons.addWidget(again)
        buttons.addStretch(1)
        column.addLayout(buttons)
        return frame


def _nothing(wanted: Wanted) -> str:
    """What to do about an empty list: the filters may be the reason, not the words."""
    if wanted == Wanted():
        return "Nothing shared yet."
    if wanted == Wanted(wanted.words):
        return "Nothing found. Try fewer words."
    return "Nothing found. Try a wider filter."


def inbox_link(one: InboxRow) -> LinkRow:
    """Unread ones say so in words, for a dot is not read aloud."""
    when = text.date_time_text(one.share.started_at)
    new = "" if one.opened else "New · "
    link = LinkRow(one.share.title, f"{new}{one.name} · {when}")
    link.add_words(hits.quoted(one.snippet, "“", "”") or one.share.headline, "muted")
    if one.notes:
        link.add_words(text.count_text(one.notes, "note of yours", "notes of yours"), "caption")
    return link
