"""The lines of the summary, each a click away from its sound."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from coach.calls.shown import OF_FLAGS, Contested
from coach.events import CallSummary, SummaryLine
from ui import text
from ui.look.theme import SPACE_1, set_role
from ui.look.themed import empty
from ui.parts.link_row import LinkRow
from ui.parts.scrolling import Scrolling
from ui.review.parts import card, label

LINES = 12
"""Of each section so many are shown at first, and with every press as many more as are shown: hours of talk
have hundreds, and a window that holds them all is slow at everything."""
MOST_LINES = 150
"""With one press: they come without a stall."""


class SummaryLines(Scrolling):
    line_wanted = Signal(float, int)
    """The second of a line, and its turn."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Summary", parent)
        self.links: list[LinkRow] = []
        self._wanted: dict[str, int] = {}
        self._contested: Contested = frozenset()

    def show_summary(self, summary: CallSummary, contested: Contested = frozenset()) -> None:
        """``contested``: flags that the agent called unfair; their lines say so."""
        self.links, self._contested = [], contested
        empty(self.body)
        self.body.addWidget(label(summary.headline, "subtitle"))
        for section in summary.sections:
            if not section.lines:
                continue
            frame = QFrame()
            set_role(frame, "card")
            column = card(frame)
            column.setSpacing(SPACE_1)
            column.addWidget(label(section.title, "strong"))
            self._add(column, section.key, section.lines, self._wanted.get(section.key, LINES))
            self.body.addWidget(frame)
        self.body.addStretch(1)

    def _add(self, column: QVBoxLayout, key: str, lines: Sequence[SummaryLine], count: int) -> list[LinkRow]:
        """The first ``count`` of ``lines`` as rows, and below them a button for the rest."""
        added = [self._link(line, of_flag=key in OF_FLAGS) for line in lines[:count]]
        for link in added:
            column.addWidget(link)
        self.links += added
        if rest := lines[count:]:
            more = QPushButton(f"Show more ({text.count_text(len(rest), 'line', 'lines')} left)")
            set_role(more, "quiet")
            more.clicked.connect(lambda: self._show_more(column, key, more, rest))
            column.addWidget(more)
        return added

    def _show_more(
        self, column: QVBoxLayout, key: str, more: QPushButton, rest: Sequence[SummaryLine]
    ) -> None:
        # So many stay when the summary is shown again after a correction.
        there = self._wanted.get(key, LINES)
        fresh = min(there, MOST_LINES)
        self._wanted[key] = there + fresh
        column.removeWidget(more)
        added = self._add(column, key, rest, fresh)
        # Whoever goes by keyboard is at the first line that came.
        added[0].setFocus()
        more.deleteLater()

    def _link(self, line: SummaryLine, *, of_flag: bool) -> LinkRow:
        quote = "" if line.text == line.evidence else line.evidence
        link = LinkRow(line.text, line.detail, quote, line.at_s)
        if of_flag and (line.turn_index, line.subject) in self._contested:
            link.add_words(text.YOU_CALLED_UNFAIR, "flag")
        link.clicked.connect(_asker(self.line_wanted, line))
        return link


def _asker(signal: SignalInstance, line: SummaryLine) -> Callable[[], None]:
    return lambda: signal.emit(line.at_s, line.turn_index)
