"""The cards of a summary: one a section, every line a link to its second."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from coach.calls.record import standing
from coach.events import CallRecord, CallSummary, Commitment, SummaryLine, SummarySection
from ui import text
from ui.link_row import LinkRow
from ui.theme import SPACE_1, SPACE_2, SPACE_3, SPACE_4, SPACE_5, Theme, icon_pixmap, set_role
from ui.themed import follow_theme
from ui.when import near_due_text

Choose = Callable[[int], None]

_SIGNS = {
    "about": ("why", "accent"),
    "moments": ("flag", "flag"),
    "repairs": ("repair", "repaired"),
    "missing": ("gap", "text_muted"),
    "commitments": ("commitment", "accent"),
    "keep": ("check", "repaired"),
    "try": ("another", "accent"),
}


_ONE_ROW_PX = 480


class SectionCard(QFrame):
    """A titled card with its lines. ``links`` are the rows, in order."""

    def __init__(self, key: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "card")
        self.key = key
        self.links: list[LinkRow] = []
        self._sign = QLabel()
        heading = QLabel(title)
        set_role(heading, "subtitle")
        top = QHBoxLayout()
        top.setSpacing(SPACE_2)
        top.addWidget(self._sign)
        top.addWidget(heading, 1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(SPACE_5, SPACE_4, SPACE_4, SPACE_4)
        self._column.setSpacing(SPACE_1)
        self._column.addLayout(top)
        self._column.addSpacing(SPACE_1)
        follow_theme(self, self._restyle)

    def add(self, row: LinkRow) -> None:
        self.links.append(row)
        self._column.addWidget(row)

    def _restyle(self, theme: Theme) -> None:
        name, colour = _SIGNS.get(self.key, ("why", "accent"))
        pixmap = icon_pixmap(name, getattr(theme.colours, colour), 18, self.devicePixelRatioF())
        self._sign.setPixmap(pixmap)


def section_card(section: SummarySection, choose: Choose) -> SectionCard:
    card = SectionCard(section.key, section.title)
    for line in section.lines:
        row = LinkRow(line.text, line.detail, _quote(line), line.at_s)
        row.clicked.connect(_chooser(choose, line.turn_index))
        card.add(row)
    return card


def commitments_card(title: str, record: CallRecord, choose: Choose) -> SectionCard:
    """From the commitments themselves, so that owner and due are in the user's language and locale."""
    card = SectionCard("commitments", title)
    today = record.header.started_at.date()
    for made in standing(record):
        action = made.action[:1].upper() + made.action[1:]
        row = LinkRow(action, f"{text.OWNERS[made.owner]} · {_due(made, today)}", made.evidence, made.start_s)
        row.clicked.connect(_chooser(choose, made.turn_index))
        card.add(row)
    return card


def cards(record: CallRecord, summary: CallSummary, choose: Choose) -> list[SectionCard]:
    """Every section that has something to say; commitments directly after what the call was about."""
    made = []
    for section in summary.sections:
        if section.key == "commitments" and standing(record):
            made.append(commitments_card(section.title, record, choose))
        elif section.lines:
            made.append(section_card(section, choose))
    order = {"about": 0, "commitments": 1}
    return sorted(made, key=lambda card: order.get(card.key, 2))


class Figures(QWidget):
    """The call in numbers."""

    def __init__(self, record: CallRecord, summary: CallSummary, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(SPACE_3)
        promised = len(standing(record))
        figures = (
            _repaired(summary),
            (str(promised), "commitment" if promised == 1 else "commitments"),
            (text.clock(summary.talk_s), "you spoke"),
            (f"{summary.words_per_minute:.0f}", "words a minute"),
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


def _repaired(summary: CallSummary) -> tuple[str, str]:
    if not summary.flags_raised:
        return "0", "flags"
    return f"{summary.flags_repaired} of {summary.flags_raised}", "flags repaired within two turns"


def _tile(figure: str, name: str) -> QFrame:
    tile = QFrame()
    set_role(tile, "card")
    tile.setAccessibleName(f"{figure} {name}")
    number, words = QLabel(figure), QLabel(name)
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


def _quote(line: SummaryLine) -> str:
    return "" if line.text == line.evidence else line.evidence


def _chooser(choose: Choose, turn_index: int) -> Callable[[], None]:
    return lambda: choose(turn_index)
