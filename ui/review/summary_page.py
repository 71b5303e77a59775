"""The lines of the summary, each a click away from its sound."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QFrame, QWidget

from coach.calls.shown import OF_FLAGS, Contested
from coach.events import CallSummary, SummaryLine
from ui import text
from ui.look.theme import SPACE_1, set_role
from ui.look.themed import empty
from ui.parts.link_row import LinkRow
from ui.parts.more import FIRST, More
from ui.parts.scrolling import Scrolling
from ui.review.parts import card, label


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
        before = self.verticalScrollBar().value()
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
            lines = More(
                [partial(self._link, line, of_flag=section.key in OF_FLAGS) for line in section.lines]
            )
            lines.row_made.connect(self.links.append)
            lines.more_shown.connect(partial(self._wanted.__setitem__, section.key))
            lines.show_rows(self._wanted.get(section.key, FIRST))
            column.addWidget(lines)
            self.body.addWidget(frame)
        self.body.addStretch(1)
        if before:
            # The same call again, of which a flag was called unfair or a word mended.
            self.keep_place(before)

    def _link(self, line: SummaryLine, *, of_flag: bool) -> LinkRow:
        quote = "" if line.text == line.evidence else line.evidence
        link = LinkRow(line.text, line.detail, quote, line.at_s)
        if of_flag and (line.turn_index, line.subject) in self._contested:
            link.add_words(text.YOU_CALLED_UNFAIR, "flag")
        link.clicked.connect(_asker(self.line_wanted, line))
        return link


def _asker(signal: SignalInstance, line: SummaryLine) -> Callable[[], None]:
    return lambda: signal.emit(line.at_s, line.turn_index)
