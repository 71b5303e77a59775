"""What came of an answer: the moves heard now and before, its words marked, and how it could be said."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from coach.events import Move
from coach.practice.drills import Drill
from coach.practice.judging import UNSAID, Feedback
from coach.taxonomy import is_flag
from ui.look.theme import SPACE_1, SPACE_2, SPACE_3, SPACE_4, SPACE_5, Theme, current_theme, set_role
from ui.look.themed import empty, follow_theme
from ui.parts.announce import announce
from ui.parts.chips import CHIP_HEIGHT
from ui.parts.label import Label
from ui.practice.parts import MoveChips, Sign, button, card, label, primary, row
from ui.practice.words import VERDICTS, points_text


def marked_text(words: str, moves: Sequence[Move], theme: Theme) -> str:
    """The words as HTML, those that carry a move on a ground of its colour, a flag underlined too."""
    c = theme.colours
    flagged = f"background-color:{c.flag_soft};text-decoration:underline"
    repairing = f"background-color:{c.repaired_soft}"
    styles: list[str] = [""] * len(words)
    for move in moves:
        ground = flagged if is_flag(move.name) else repairing
        for place in range(max(0, move.evidence[0]), min(len(words), move.evidence[1])):
            # A flag stays seen under a repair that spans the whole sentence.
            if is_flag(move.name) or not styles[place]:
                styles[place] = ground
    made, place = [], 0
    while place < len(words):
        end = place
        while end < len(words) and styles[end] == styles[place]:
            end += 1
        part = escape(words[place:end])
        made.append(f'<span style="{styles[place]}">{part}</span>' if styles[place] else part)
        place = end
    return "".join(made)


class Outcome(QFrame):
    """``show_outcome`` fills it. The buttons are for the page that has it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "card")
        self.setAccessibleName("What was heard")
        self._feedback: Feedback | None = None
        self.sign = Sign("check", "repaired", 28)
        self.title = label("", "title", wrap=False)
        self.words = label("")
        self.answer = Label()
        self.answer.setTextFormat(Qt.TextFormat.RichText)
        self.answer.setWordWrap(True)
        self.before, self.now = MoveChips(), MoveChips()
        self.change = label("", "muted")
        self.returns = label("", "muted")
        self.undo_button = button("Do not count this try", "small")
        self.again_button = button("Try &again")
        self.next_button = primary("&Next")
        self._before_label = label("Before", "caption", wrap=False)
        self._lay_out()
        follow_theme(self, lambda _theme: self._restyle())

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE_4)
        grid.setVerticalSpacing(SPACE_2)
        grid.setColumnStretch(1, 1)
        now = label("Now", "caption", wrap=False)
        for place, (name, chips) in enumerate(((self._before_label, self.before), (now, self.now))):
            name.setMinimumHeight(CHIP_HEIGHT)
            grid.addWidget(name, place, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(chips, place, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_5, SPACE_4, SPACE_5, SPACE_4)
        column.setSpacing(SPACE_3)
        column.addLayout(row(self.sign, self.title))
        column.addWidget(self.words)
        column.addWidget(self.answer)
        column.addLayout(grid)
        column.addWidget(self.change)
        column.addWidget(self.returns)
        column.addLayout(row(self.undo_button, self.again_button, self.next_button, stretch=1))

    def show_outcome(self, feedback: Feedback, said: str, before: Sequence[str], change: str) -> None:
        """``said`` are the kind words, ``before`` the moves of the turn or of the last try, ``change`` says
        what became of them; of an answer without words there is nothing to compare."""
        self._feedback = feedback
        title, sign, colour = VERDICTS[feedback.verdict]
        self.sign.show_sign(sign, colour)
        self.title.setText(title)
        self.words.setText(said.removeprefix(f"{title}. "))
        self.before.show_moves(before)
        self.now.show_moves(feedback.names)
        change = "" if feedback.verdict in UNSAID else change
        self.change.setText(change)
        self.change.setVisible(bool(change))
        self._restyle()
        announce(self, f"{title}. {said} {change}".strip())

    def show_return(self, words: str, counted: bool) -> None:
        """When it comes back, and whether the try can still be taken back."""
        self.returns.setText(words)
        self.undo_button.setVisible(counted)

    def _restyle(self) -> None:
        if self._feedback is not None:
            words = marked_text(self._feedback.answer, self._feedback.moves, current_theme())
            self.answer.setText(f"“{words}”")


class Ways(QFrame):
    """How it could be said: what helps, lines that repair, the one that only tempts, and the sources."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        frame, self._column = card()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame)
        self.lines: list[str] = []

    def show_drill(self, drill: Drill, lines: Sequence[str], points: dict[str, str]) -> None:
        """``lines`` are samples; ``points`` say what a source id stands for."""
        empty(self._column)
        self.lines = list(lines)
        self._column.addWidget(label("How it could be said", "subtitle"))
        if drill.need:
            self._column.addWidget(label(drill.need))
        for line in lines:
            self._add("check", "repaired", line, "")
        if drill.poor:
            self._add("close", "flag", drill.poor, f"Rather not. {drill.poor_why}")
        if drill.sources:
            self._column.addWidget(label(points_text(drill.sources, points), "caption"))

    def _add(self, sign: str, colour: str, line: str, why: str) -> None:
        holder = QWidget()
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(label(f"“{line}”"))
        if why:
            words.addWidget(label(why, "muted"))
        across = row(Sign(sign, colour, 18))
        across.setContentsMargins(0, SPACE_1, 0, SPACE_1)
        across.itemAt(0).setAlignment(Qt.AlignmentFlag.AlignTop)
        across.takeAt(1)
        across.addLayout(words, 1)
        holder.setLayout(across)
        self._column.addWidget(holder)
