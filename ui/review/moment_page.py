"""The turn that is looked at: for every flag the words, why, better lines, "unfair" and a private note."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from coach.events import Move, Turn
from coach.taxonomy import is_flag
from coach.values.reviewing import Correction, FlagHelp
from ui import text
from ui.look.theme import SPACE_1, Theme, icon, set_role
from ui.look.themed import empty, follow_theme
from ui.parts.label import Label
from ui.parts.scrolling import Scrolling
from ui.review.parts import boxed, card, label, quoted, row

NOTE_MS = 800
"""A note is kept when nothing was typed for so long, and when one leaves it."""


class NoteField(QPlainTextEdit):
    """A few lines for the agent alone. ``settled`` with its words, once they have changed."""

    settled = Signal(str)

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self._kept = words
        self.setPlaceholderText("A note for yourself. It stays here: in no summary, file or package.")
        self.setAccessibleName("Private note")
        self.setTabChangesFocus(True)
        self.setFixedHeight(72)
        self._waiting = QTimer(self, singleShot=True, interval=NOTE_MS)
        self._waiting.timeout.connect(self.settle)
        self.textChanged.connect(self._waiting.start)

    def take_over(self, before: NoteField) -> None:
        """Go on where somebody writes in the one before, which goes."""
        if before.toPlainText().strip() == self._kept:
            self.setPlainText(before.toPlainText())
        at = self.textCursor()
        at.setPosition(min(before.textCursor().position(), self.document().characterCount() - 1))
        self.setTextCursor(at)

    def settle(self) -> None:
        self._waiting.stop()
        words = self.toPlainText().strip()
        if words != self._kept:
            self._kept = words
            self.settled.emit(words)

    def focusOutEvent(self, event: object) -> None:
        super().focusOutEvent(event)  # type: ignore[arg-type]
        self.settle()


class FlagCard(QFrame):
    """One flag of a turn."""

    unfair_toggled = Signal(str, bool)
    note_changed = Signal(str, str)

    def __init__(
        self,
        move: str,
        words: str,
        told: FlagHelp | None,
        note: str,
        unfair: bool,
        context: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.move_ = move
        set_role(self, "card")
        column = card(self)
        self._sign = Label()
        self.unfair_button = QPushButton(text.UNFAIR)
        set_role(self.unfair_button, "small")
        self.unfair_button.setCheckable(True)
        self.unfair_button.setChecked(unfair)
        self.unfair_button.setToolTip("This flag was unfair: it needs a surer sign from now on")
        self.unfair_button.clicked.connect(lambda checked: self.unfair_toggled.emit(move, checked))
        heading = label(text.move_name(move), "subtitle")
        column.addLayout(row(self._sign, heading, self.unfair_button, stretch=1))
        column.addWidget(quoted(words))
        if context:
            # What earlier turns had to do with it.
            column.addWidget(label(f"{context[:1].upper()}{context[1:]}.", "muted"))
        if told is not None:
            self._explain(column, told)
        self.note = NoteField(note)
        self.note.settled.connect(lambda words: self.note_changed.emit(move, words))
        column.addWidget(self.note)
        follow_theme(self, self._restyle)

    def _explain(self, column: QVBoxLayout, told: FlagHelp) -> None:
        if told.why:
            column.addWidget(label(told.why))
        if told.lines:
            column.addSpacing(SPACE_1)
            column.addWidget(label("Better lines", "strong"))
        for line in told.lines:
            better = label(f"“{line}”", "repaired")
            better.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            column.addWidget(better)
        if told.sources:
            sources = label(text.sources_text(tuple(told.sources)), "caption")
            sources.setToolTip("\n".join(f"{key}: {point}" for key, point in told.sources.items() if point))
            column.addSpacing(SPACE_1)
            column.addWidget(sources)
            for key, point in told.sources.items():
                if point:
                    column.addWidget(label(f"{key}: {point}", "caption"))

    def _restyle(self, theme: Theme) -> None:
        self._sign.setPixmap(icon("flag", theme.colours.flag).pixmap(18, 18))


class MomentPage(Scrolling):
    hear_wanted = Signal()
    correct_wanted = Signal()
    put_back_wanted = Signal(int)
    unfair_toggled = Signal(int, str, bool)
    note_changed = Signal(int, str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("The turn", parent)
        self.cards: list[FlagCard] = []
        self.turn_index: int | None = None
        self.show_nothing()

    def show_nothing(self) -> None:
        self.settle()
        self.turn_index, self.cards = None, []
        empty(self.body)
        self.body.addWidget(label("No turn chosen", "subtitle"))
        self.body.addWidget(
            label(
                "Choose a mark on the waveform, or a turn of the transcript, to see what was found in it.",
                "muted",
            )
        )
        self.body.addStretch(1)

    def settle(self) -> None:
        """A note that is being written is kept before the page changes."""
        for one in self.cards:
            one.note.settle()

    def show_turn(
        self,
        turn: Turn,
        moves: tuple[Move, ...],
        told: Mapping[tuple[int, str], FlagHelp],
        notes: Mapping[tuple[int, str], str],
        contested: frozenset[tuple[int, str]],
        correction: Correction | None,
        followed: Correction | None = None,
    ) -> None:
        """``correction`` put other words into this turn, ``followed`` into one that this turn stood on."""
        self.settle()
        used = self._used() if turn.index == self.turn_index else None
        self.turn_index, self.cards = turn.index, []
        empty(self.body)
        self.body.addWidget(boxed(self._heading(turn)))
        if correction is not None:
            self.body.addWidget(self._correction(correction))
        if followed is not None:
            self.body.addWidget(_following(followed))
        for move in {move.name: move for move in moves}.values():
            key = (turn.index, move.name)
            words = turn.text[slice(*move.evidence)].strip() or turn.text
            if is_flag(move.name):
                note, unfair = notes.get(key, ""), key in contested
                made = FlagCard(move.name, words, told.get(key), note, unfair, move.context)
                made.unfair_toggled.connect(
                    lambda name, unfair, index=turn.index: self.unfair_toggled.emit(index, name, unfair)
                )
                made.note_changed.connect(
                    lambda name, words, index=turn.index: self.note_changed.emit(index, name, words)
                )
                self.cards.append(made)
                self.body.addWidget(made)
            else:
                self.body.addWidget(_repair(move.name, words))
        if not moves:
            self.body.addWidget(label("Neither a flag nor a repair was found in this turn.", "muted"))
        self.body.addStretch(1)
        self.verticalScrollBar().setValue(0)
        if used is not None:
            self._go_on(used)

    def _used(self) -> tuple[str, QWidget] | None:
        """What the keyboard is on, with the move it is about: the same turn is shown anew meanwhile."""
        focused = self.window().focusWidget()
        for one in self.cards:
            if focused in (one.note, one.unfair_button):
                return one.move_, focused
        return None

    def _go_on(self, used: tuple[str, QWidget]) -> None:
        move, before = used
        for one in self.cards:
            if one.move_ != move:
                continue
            if isinstance(before, NoteField):
                one.note.take_over(before)
                one.note.setFocus()
            else:
                one.unfair_button.setFocus()

    def _heading(self, turn: Turn) -> QHBoxLayout:
        self.hear_button, self.correct_button = QPushButton("Hear"), QPushButton("Correct words…")
        self.hear_button.setToolTip("Hear this turn (Enter in the transcript)")
        self.correct_button.setToolTip("Put misheard words right (F2)")
        self.hear_button.clicked.connect(self.hear_wanted)
        self.correct_button.clicked.connect(self.correct_wanted)
        title = label(f"{text.clock(turn.start_s)} – {text.clock(turn.end_s)}", "title", wrap=False)
        return row(title, self.hear_button, self.correct_button, stretch=0)

    def _correction(self, correction: Correction) -> QFrame:
        frame = QFrame()
        set_role(frame, "sunken")
        column = card(frame)
        put_back = QPushButton("Put back")
        set_role(put_back, "small")
        put_back.clicked.connect(lambda: self.put_back_wanted.emit(correction.id))
        column.addLayout(row(label("You corrected this turn. Heard at first:", "muted"), put_back, stretch=0))
        column.addWidget(quoted(correction.before.turn.text))
        return frame


def _repair(move: str, words: str) -> QFrame:
    frame = QFrame()
    set_role(frame, "card")
    column = card(frame)
    sign = Label()
    follow_theme(sign, lambda theme: sign.setPixmap(icon("repair", theme.colours.repaired).pixmap(18, 18)))
    column.addLayout(row(sign, label(text.move_name(move), "subtitle"), stretch=1))
    column.addWidget(quoted(words))
    return frame


def _following(followed: Correction) -> QFrame:
    """Why this turn reads otherwise than in the call."""
    frame = QFrame()
    set_role(frame, "sunken")
    at = text.clock(followed.before.turn.start_s)
    card(frame).addWidget(label(f"Judged again, since you corrected the turn at {at}.", "muted"))
    return frame
