"""The lines of the summary, each a click away from its sound."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QFrame, QWidget

from coach.events import CallSummary, SummaryLine
from ui.link_row import LinkRow
from ui.review.parts import card, label
from ui.scrolling import Scrolling
from ui.theme import SPACE_1, set_role
from ui.themed import empty


class SummaryLines(Scrolling):
    line_wanted = Signal(float, int)
    """The second of a line, and its turn."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Summary", parent)
        self.links: list[LinkRow] = []

    def show_summary(self, summary: CallSummary) -> None:
        self.links = []
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
            for line in section.lines:
                quote = "" if line.text == line.evidence else line.evidence
                link = LinkRow(line.text, line.detail, quote, line.at_s)
                link.clicked.connect(_asker(self.line_wanted, line))
                self.links.append(link)
                column.addWidget(link)
            self.body.addWidget(frame)
        self.body.addStretch(1)


def _asker(signal: SignalInstance, line: SummaryLine) -> Callable[[], None]:
    return lambda: signal.emit(line.at_s, line.turn_index)
