"""The cards of a summary: one a section, every line a link to its second."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from coach.calls.summary import promise_words
from coach.events import CallRecord, Commitment
from coach.values.revisions import ShownFigures, ShownLine, ShownSummary
from ui import text
from ui.look.theme import SPACE_1, SPACE_2, SPACE_3, SPACE_4, SPACE_5, Theme, icon_pixmap, set_role
from ui.look.themed import follow_theme
from ui.parts.label import Label
from ui.parts.more import More
from ui.summary.line_row import LineRow
from ui.when import near_due_text

Choose = Callable[[int], None]

_SIGNS = {
    "about": ("why", "accent"),
    "suggestions": ("voice", "accent"),
    "moments": ("flag", "flag"),
    "repairs": ("repair", "repaired"),
    "missing": ("gap", "text_muted"),
    "commitments": ("commitment", "accent"),
    "keep": ("check", "repaired"),
    "try": ("another", "accent"),
}


_ONE_ROW_PX = 480


class SectionCard(QFrame):
    """A titled card with the first of its lines, and more with every press.

    ``links`` are the rows that are there, in order; ``row_made`` tells of each.
    """

    row_made = Signal(object)
    more_shown = Signal(str, int)
    """The key of the card, and how many of its lines are there now."""

    def __init__(
        self, key: str, title: str, rows: Sequence[Callable[[], LineRow]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        set_role(self, "card")
        self.key = key
        self._sign = Label()
        heading = Label(title)
        set_role(heading, "subtitle")
        top = QHBoxLayout()
        top.setSpacing(SPACE_2)
        top.addWidget(self._sign)
        top.addWidget(heading, 1)
        self._lines = More(rows)
        self.more_button = self._lines.button
        self._lines.row_made.connect(self.row_made)
        self._lines.more_shown.connect(lambda count: self.more_shown.emit(key, count))
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_5, SPACE_4, SPACE_4, SPACE_4)
        column.setSpacing(SPACE_1)
        column.addLayout(top)
        column.addSpacing(SPACE_1)
        column.addWidget(self._lines)
        follow_theme(self, self._restyle)

    @property
    def links(self) -> list[LineRow]:
        return [row for row in self._lines.rows if isinstance(row, LineRow)]

    def show_lines(self, count: int) -> None:
        """So many of its lines, as far as there are so many."""
        self._lines.show_rows(count)

    def _restyle(self, theme: Theme) -> None:
        name, colour = _SIGNS.get(self.key, ("why", "accent"))
        pixmap = icon_pixmap(name, getattr(theme.colours, colour), 18, self.devicePixelRatioF())
        self._sign.setPixmap(pixmap)


def cards(record: CallRecord, shown: ShownSummary, choose: Choose) -> list[SectionCard]:
    """Every section that has something to say; commitments directly after what the call was about."""
    today = record.header.started_at.date()
    made = {one.id: one for one in shown.commitments}
    found = []
    for section in shown.to_read:
        rows = []
        for line in section.lines:
            promise = made.get(line.own.subject) if section.key == "commitments" else None
            rows.append(partial(_row, line, _detail(line, promise, today), choose))
        found.append(SectionCard(section.key, section.title, rows))
    return found


def _row(line: ShownLine, detail: str, choose: Choose) -> LineRow:
    row = LineRow(line, line.text, detail)
    row.clicked.connect(_chooser(choose, line.own.turn_index))
    return row


def _detail(line: ShownLine, promise: Commitment | None, today: dt.date) -> str:
    """Owner and due of a promise in the user's language and locale, unless the agent put it otherwise."""
    if promise is None or line.detail != promise_words(promise)[1]:
        return line.detail
    return f"{text.OWNERS[promise.owner]} · {_due(promise, today)}"


class CommentCard(QFrame):
    """What the agent says of the whole call, to be changed by a click."""

    edit_wanted = Signal()

    def __init__(self, comment: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "card")
        heading, words = Label("Your comment"), Label(comment)
        words.setWordWrap(True)
        set_role(heading, "accent")
        self.button = QPushButton("Change…")
        set_role(self.button, "small")
        self.button.setAccessibleName("Change your comment on this call")
        self.button.clicked.connect(self.edit_wanted)
        top = QHBoxLayout()
        top.addWidget(heading, 1)
        top.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_5, SPACE_3, SPACE_4, SPACE_4)
        column.setSpacing(SPACE_1)
        column.addLayout(top)
        column.addWidget(words)


class Figures(QWidget):
    """The call in numbers."""

    def __init__(self, shown: ShownSummary, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(SPACE_3)
        promised = shown.promised
        figures = (
            _repaired(shown.figures),
            (str(promised), "commitment" if promised == 1 else "commitments"),
            (text.clock(shown.figures.talk_s), "you spoke"),
            (f"{shown.figures.words_per_minute:.0f}", "words a minute"),
        )
        self._tiles = [_tile(figure, name) for figure, name in figures]
        self._columns = 0
        self._arrange(len(self._tiles) // 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(len(self._tiles) if event.size().width() >= _ONE_ROW_PX else len(self._tiles) // 2)

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for number, tile in enumerate(self._tiles):
            self._grid.addWidget(tile, number // columns, number % columns)
        for column in range(len(self._tiles)):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)


def _repaired(figures: ShownFigures) -> tuple[str, str]:
    if not figures.flags:
        return "0", "flags"
    return f"{figures.flags_repaired} of {figures.flags}", "flags repaired within two turns"


def _tile(figure: str, name: str) -> QFrame:
    tile = QFrame()
    set_role(tile, "card")
    tile.setAccessibleName(f"{figure} {name}")
    number, words = Label(figure), Label(name)
    words.setWordWrap(True)
    set_role(number, "title")
    set_role(words, "caption")
    column = QVBoxLayout(tile)
    column.setContentsMargins(SPACE_4, SPACE_3, SPACE_4, SPACE_3)
    column.setSpacing(0)
    column.addWidget(number)
    column.addWidget(words)
    column.addStretch(1)
    return tile


def _due(made: Commitment, today: dt.date) -> str:
    due = near_due_text(made.due, today)
    return f"{due}, on a condition" if made.conditional else due


def _chooser(choose: Choose, turn_index: int) -> Callable[[], None]:
    return lambda: choose(turn_index)
