"""Three moments to keep and one to say again, and the same as a card on paper."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from coach.calls.moments import Moment, Takeaways
from ui import text
from ui.look.theme import SPACE_1, Theme, icon, set_role
from ui.look.themed import empty, follow_theme
from ui.parts.label import Label
from ui.parts.link_row import LinkRow
from ui.parts.scrolling import Scrolling
from ui.review.parts import boxed, card, label, row


class TakeawayPage(Scrolling):
    moment_wanted = Signal(object)
    """A ``Moment`` to be heard."""
    print_wanted = Signal()
    save_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("To take away", parent)
        self.takeaways = Takeaways((), None)
        self.say_instead: tuple[str, ...] = ()
        self.links: list[LinkRow] = []

    def show_takeaways(self, found: Takeaways, say_instead: tuple[str, ...]) -> None:
        """``say_instead`` are better lines for the moment to say again."""
        self.takeaways, self.say_instead, self.links = found, say_instead, []
        empty(self.body)
        keep, column = self._card("Keep", "check", "repaired")
        for moment in found.keep:
            self._add(column, moment, _answered(moment))
        if not found.keep:
            column.addWidget(
                label("No repair was heard in this call. The next one can have your first.", "muted")
            )
        redo, column = self._card("Say again", "another", "accent")
        if found.redo is not None:
            self._add(column, found.redo, "")
            for line in say_instead[:2]:
                column.addWidget(label(f"Next time: “{line}”", "repaired"))
        else:
            column.addWidget(label("Nothing was left open. That is worth keeping too.", "muted"))
        self.body.addWidget(keep)
        self.body.addWidget(redo)
        self.print_button, self.save_button = QPushButton("Print…"), QPushButton("Save as PDF…")
        self.print_button.clicked.connect(self.print_wanted)
        self.save_button.clicked.connect(self.save_wanted)
        there = bool(found.keep or found.redo)
        for button in (self.print_button, self.save_button):
            button.setEnabled(there)
        told = label("A card to put beside the screen. Private notes are not on it.", "caption")
        self.body.addWidget(boxed(row(told, self.print_button, self.save_button, stretch=0)))
        self.body.addStretch(1)

    def _card(self, title: str, sign: str, colour: str) -> tuple[QFrame, QVBoxLayout]:
        frame, picture = QFrame(), Label()
        set_role(frame, "card")
        column = card(frame)

        def restyle(theme: Theme) -> None:
            picture.setPixmap(icon(sign, getattr(theme.colours, colour)).pixmap(18, 18))

        follow_theme(picture, restyle)
        column.addLayout(row(picture, label(title, "subtitle"), stretch=1))
        column.setSpacing(SPACE_1)
        return frame, column

    def _add(self, column: QVBoxLayout, moment: Moment, detail: str) -> None:
        link = LinkRow(text.move_name(moment.move), detail, moment.words, moment.at_s)
        link.clicked.connect(lambda: self.moment_wanted.emit(moment))
        self.links.append(link)
        column.addWidget(link)


def _answered(moment: Moment) -> str:
    return f"It repaired: {text.move_name(moment.answered)}" if moment.answered else ""
