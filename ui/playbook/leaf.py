"""One page of the playbook: what to say, why, and where it comes from."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from coach.taxonomy import CONTENTIOUS
from coach.values.handbook import Advice, Decide, Handbook, Plan, Words
from ui import text
from ui.look.theme import SPACE_1, SPACE_3
from ui.look.themed import empty
from ui.parts.link_row import LinkRow
from ui.playbook.entries import ARTICLES, ELSEWHERE, GROUPS, SOURCES, Entry, points_of, uses
from ui.practice.parts import Column, button, card, label, row

_PLACES = {"phone": "on the phone", "counter": "at a counter"}
_EXAMPLES = (
    "These limits are examples. Your company puts its own in a playbook file beside the settings; "
    "the guide says how. Until then ask whoever decides."
)


class Leaf(Column):
    """``chosen(key)`` when a link to another page is pressed, ``practise_wanted(move)``, ``try_wanted``."""

    chosen = Signal(str)
    practise_wanted = Signal(str)
    try_wanted = Signal()

    def __init__(self) -> None:
        super().__init__("What the playbook says", widest=760)
        self.links: list[LinkRow] = []
        self.practise_button = button("")
        self.body.addStretch(1)

    def show_entry(self, entry: Entry, book: Handbook) -> None:
        empty(self.body, keep=1)
        self.links = []
        about = entry.about
        if isinstance(about, Decide):
            self._decide(about, book)
        elif isinstance(about, Plan):
            self._plan(about)
        elif isinstance(about, Advice):
            self._advice(entry, about)
        else:
            self._article(about, book)
        if not isinstance(about, str):
            self._sources(about.sources, book)
        self.to_top()

    def _card(self, heading: str = "") -> QVBoxLayout:
        frame, column = card()
        if heading:
            column.addWidget(label(heading, "strong"))
        self.body.insertWidget(self.body.count() - 1, frame)
        return column

    def _head(self, title: str, kind: str, why: str) -> QVBoxLayout:
        column = self._card()
        if kind:
            column.addWidget(label(kind, "caption"))
        column.addWidget(label(title, "title"))
        column.addWidget(label(why, "muted"))
        return column

    def _decide(self, decide: Decide, book: Handbook) -> None:
        head = self._head(decide.title, "What you may give without asking", decide.why)
        if not book.own:
            head.addWidget(label(_EXAMPLES, "flag"))
        may = self._card("You may")
        for what, limit in decide.may:
            may.addWidget(label(f"{what}: {limit}" if limit else what))
        if decide.ask_first:
            ask = self._card("Ask first")
            for what in decide.ask_first:
                ask.addWidget(label(what))

    def _plan(self, plan: Plan) -> None:
        self._head(plan.failure, "A plan made on a calm day", "It will happen one day. Then this is ready.")
        steps = self._card("What to do")
        for number, step in enumerate(plan.steps, start=1):
            steps.addWidget(label(f"{number}.  {step}"))
        say = self._card("What to say")
        say.addWidget(label(f"“{plan.line}”", "subtitle"))

    def _advice(self, entry: Entry, advice: Advice) -> None:
        head = self._head(advice.title, GROUPS[entry.group][1], advice.why)
        head.addWidget(label(f"The card says: {advice.card}", "accent"))
        if advice.name in CONTENTIOUS:
            self._practise(head, advice)
        makes = list(dict.fromkeys(line.makes for line in advice.lines))
        for repair in makes:
            heading = text.move_name(repair) if repair else "For example"
            self._lines(heading, (line for line in advice.lines if line.makes == repair))

    def _practise(self, head: QVBoxLayout, advice: Advice) -> None:
        self.practise_button = button("&Practise this")
        self.practise_button.setAccessibleDescription(f"Drills on {text.move_name(advice.name)}")
        self.practise_button.clicked.connect(lambda: self.practise_wanted.emit(advice.name))
        trying = button("&Try a sentence…", "quiet")
        trying.setAccessibleDescription("Type a sentence and see which moves it makes, and why")
        trying.clicked.connect(self.try_wanted)
        head.addSpacing(SPACE_1)
        head.addLayout(row(self.practise_button, trying))

    def _lines(self, heading: str, lines: Iterable[Words]) -> None:
        column = self._card(heading)
        column.setSpacing(SPACE_3)
        for line in lines:
            both = QVBoxLayout()
            both.setSpacing(0)
            both.addWidget(label(f"“{line.line}”"))
            if line.where:
                both.addWidget(label(f"Only {_PLACES.get(line.where, line.where)}", "caption"))
            column.addLayout(both)

    def _sources(self, sources: tuple[str, ...], book: Handbook) -> None:
        known = [source for source in sources if source in book.points]
        if not known:
            return
        column = self._card(GROUPS[SOURCES][0])
        for source in known:
            article = ARTICLES.get(source[0], "")
            self._link(column, f"{source}  {book.points[source]}", article, source[0])

    def _article(self, letter: str, book: Handbook) -> None:
        self._head(
            ARTICLES[letter], f"Source {letter}", "Each point, and where Sameside puts it to work for you."
        )
        for point, words in points_of(letter, book):
            column = self._card(f"{point}  {words}")
            if point in ELSEWHERE:
                column.addWidget(label(ELSEWHERE[point], "muted"))
            for use in uses(point, book):
                self._link(column, use.title, use.kind, use.key)

    def _link(self, column: QVBoxLayout, title: str, detail: str, key: str) -> None:
        link = LinkRow(title, detail)
        link.clicked.connect(lambda: self.chosen.emit(key))
        column.addWidget(link)
        self.links.append(link)
