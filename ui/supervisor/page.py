"""The room Team: what was shared, one of it to read, the trend, and what was set aside."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from coach.taxonomy import CONTENTIOUS, REPAIR
from coach.values.shares import Aside, InboxRow, Known, Note, Repaired, Trend, Wanted
from ui import text
from ui.look.theme import SPACE_1, SPACE_2, SPACE_3, SPACE_4, set_role
from ui.look.themed import empty
from ui.parts.link_row import LinkRow
from ui.parts.middle import ShownPage
from ui.parts.scrolling import Scrolling
from ui.parts.search_field import SearchField
from ui.practice.parts import Calm, card, label
from ui.supervisor.reading import Reading
from ui.supervisor.trend import TrendView

MOST_SHOWN = 100
_ROOMY_PX = 760
_DAYS = {"Any day": None, "Last 7 days": 7, "Last 30 days": 30, "Last 90 days": 90}
_DUE = {"Any commitment": None, "Due by today": 0, "Due within 7 days": 7, "Due within 30 days": 30}
_REPAIRED = {
    "Any outcome": Repaired.ANY,
    "A moment left open": Repaired.OPEN,
    "All repaired": Repaired.ALL,
}


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
        self.search = SearchField("Search what was said")
        self.search.setAccessibleName("Search shared summaries")
        self.person_box, self.move_box = QComboBox(), QComboBox()
        self.since_box, self.repaired_box, self.due_box = QComboBox(), QComboBox(), QComboBox()
        self.look_button, self.trend_button = QPushButton("Look now"), QPushButton("Trend")
        self.aside_button, self.file_button = QPushButton("Set aside"), QPushButton("Open a file…")
        self.status_label = label("", "muted")
        self.list_area = Scrolling("Shared summaries")
        self.reading, self.trend, self.aside_area = Reading(), TrendView(), Scrolling("Set aside")
        self.calm = Calm("voice", "Nothing chosen", "Choose a summary to read it.")
        self.pages = ShownPage()
        for page in (self.calm, self.reading, self.trend, self.aside_area):
            self.pages.addWidget(page)
        self._fill_boxes()
        self._lay_out()
        self._wire()

    def _fill_boxes(self) -> None:
        self.person_box.addItem("Everybody", None)
        self.move_box.addItem("Any move", "")
        for move in (*CONTENTIOUS, *REPAIR):
            self.move_box.addItem(text.move_name(move), move)
        for box, choices in ((self.since_box, _DAYS), (self.repaired_box, _REPAIRED), (self.due_box, _DUE)):
            for name, value in choices.items():
                box.addItem(name, value)
        names = ("Agent", "Move", "Date", "Repaired or not", "Commitment due")
        for box, name in zip(self._boxes, names, strict=True):
            box.setAccessibleName(name)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(6)

    @property
    def _boxes(self) -> tuple[QComboBox, ...]:
        return self.person_box, self.move_box, self.since_box, self.repaired_box, self.due_box

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
        self._filters = filters = QGridLayout()
        filters.setSpacing(SPACE_2)
        self._place_boxes(2)
        inner = QVBoxLayout(left)
        inner.setContentsMargins(SPACE_3, SPACE_3, SPACE_2, SPACE_3)
        inner.setSpacing(SPACE_2)
        inner.addWidget(self.search)
        inner.addLayout(filters)
        inner.addWidget(self.status_label)
        inner.addWidget(self.list_area, 1)
        left.setMinimumWidth(240)
        left.setMaximumWidth(372)
        self.pages.setMinimumWidth(260)
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

    def _place_boxes(self, across: int) -> None:
        for place, box in enumerate(self._boxes):
            # The last, with the longest words, has a line of its own.
            wide = across if place == len(self._boxes) - 1 else 1
            self._filters.addWidget(box, place // across, place % across, 1, wide)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_boxes(2 if event.size().width() >= _ROOMY_PX else 1)

    def _wire(self) -> None:
        self.search.textChanged.connect(lambda _words: self.wanted_changed.emit())
        for box in self._boxes:
            box.currentIndexChanged.connect(lambda _place: self.wanted_changed.emit())
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
        since, due = self.since_box.currentData(), self.due_box.currentData()
        return Wanted(
            self.search.text(),
            self.person_box.currentData(),
            None if since is None else today - dt.timedelta(days=since),
            self.move_box.currentData(),
            self.repaired_box.currentData(),
            None if due is None else today + dt.timedelta(days=due),
        )

    def show_people(self, people: Sequence[Known]) -> None:
        """Those in the filter; the chosen one stays chosen."""
        blocker = QSignalBlocker(self.person_box)
        chosen = self.person_box.currentData()
        self.person_box.clear()
        self.person_box.addItem("Everybody", None)
        for one in people:
            self.person_box.addItem(one.name, one.key)
        # Not by ``findData``: to it, equal keys read from the store twice are two.
        keys = [one.key for one in people]
        self.person_box.setCurrentIndex(keys.index(chosen) + 1 if chosen in keys else 0)
        blocker.unblock()

    def show_inbox(self, rows: Sequence[InboxRow], wanted: Wanted) -> None:
        empty(self.list_area.body)
        self.rows, self._ids = [], [one.id for one in rows[:MOST_SHOWN]]
        for one in rows[:MOST_SHOWN]:
            link = inbox_link(one)
            link.clicked.connect(partial(self.open_wanted.emit, one))
            self.rows.append(link)
            self.list_area.body.addWidget(link)
        self.list_area.body.addStretch(1)
        unread = sum(not one.opened for one in rows)
        said = f"{text.count_text(len(rows), 'summary', 'summaries')}, {unread} unread"
        if len(rows) > MOST_SHOWN:
            said = f"{said}. The newest {MOST_SHOWN} are shown: narrow the list."
        if not rows:
            said = _nothing(wanted)
        self.status_label.setText(said)
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
    link.add_words(one.snippet.replace("[", "“").replace("]", "”") or one.share.headline, "muted")
    if one.notes:
        link.add_words(text.count_text(one.notes, "note of yours", "notes of yours"), "caption")
    return link
