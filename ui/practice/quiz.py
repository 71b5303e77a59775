"""The quiz: one question at a time, answered by a key or a click, every answer explained."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coach.practice.quiz import Answered, Question
from ui.look.theme import SPACE_1, SPACE_2, SPACE_3, SPACE_4, SPACE_6
from ui.look.themed import empty
from ui.parts.announce import announce
from ui.parts.focus import focus_if_seen
from ui.practice.choice_row import PLAIN, RIGHT, WRONG, ChoiceRow
from ui.practice.parts import Calm, Column, Sign, button, card, label, primary, row
from ui.practice.steps import Steps
from ui.practice.words import points_text

LETTERS = "ABCDEFGH"
_KINDS = {"name-move": "Name the move", "pick-repair": "Pick the repair", "near-miss": "Spot the near miss"}
_WITH_LETTERS = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier


def place_of(event: QKeyEvent, count: int) -> int | None:
    """Which of ``count`` choices a letter or a digit means; with Alt it means a button or nothing."""
    if event.modifiers() & ~_WITH_LETTERS:
        return None
    typed = event.text().upper()
    if typed and typed in LETTERS[:count]:
        return LETTERS.index(typed)
    if typed.isdecimal() and typed.isascii() and 1 <= int(typed) <= count:
        return int(typed) - 1
    return None


class QuizPage(QWidget):
    """``show_round`` begins, ``show_answer`` explains. Letters, digits and clicks choose."""

    answered = Signal(object, int)
    """A ``Question``, and the place of the chosen option."""
    undo_wanted = Signal()
    round_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.questions: list[Question] = []
        self.place = 0
        self.right: set[int] = set()
        self.choices: list[ChoiceRow] = []
        self.chosen: int | None = None
        self._points: Mapping[str, str] = {}
        self.kind_label = label("", "muted", wrap=False)
        self.steps = Steps()
        self.turn, self.ask = label("", "subtitle"), label("", "strong")
        self.sign, self.verdict = Sign("check", "repaired", 24), label("", "title", wrap=False)
        self.why, self.sources = label(""), label("", "caption")
        self.undo_button = button("Do not count this answer", "small")
        self.next_button = primary("&Next")
        self.column = Column("Quiz")
        self.done = Calm("quiz", "", "")
        self.again_button = self.done.add_button(primary("Ten &more"))
        self._lay_out()
        self.next_button.clicked.connect(self.go_on)
        self.undo_button.clicked.connect(self.undo_wanted)
        self.again_button.clicked.connect(self.round_wanted)

    def _lay_out(self) -> None:
        asked, inner = card()
        inner.addWidget(self.turn)
        inner.addWidget(self.ask)
        self._choices = QVBoxLayout()
        self._choices.setSpacing(SPACE_2)
        inner.addSpacing(SPACE_1)
        inner.addLayout(self._choices)
        self._answer, answer = card()
        answer.addLayout(row(self.sign, self.verdict))
        answer.addWidget(self.why)
        answer.addWidget(self.sources)
        answer.addLayout(row(self.undo_button, self.next_button, stretch=1))
        body = self.column.body
        body.setSpacing(SPACE_3)
        body.addWidget(asked)
        body.addWidget(self._answer)
        body.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(SPACE_4)
        whole.addLayout(row(self.kind_label, self.steps, stretch=1))
        whole.addWidget(self.column, 1)
        whole.addWidget(self.done, 1)

    @property
    def question(self) -> Question:
        return self.questions[self.place]

    @property
    def running(self) -> bool:
        return self.place < len(self.questions)

    def show_round(self, questions: Sequence[Question], points: Mapping[str, str]) -> None:
        self.questions, self.place, self.right, self._points = list(questions), 0, set(), points
        if questions:
            self._show()
        else:
            self._finish("No question is due today", "Those you missed come back tomorrow.")
            self.again_button.hide()

    def choose(self, place: int) -> None:
        """Only the first choice counts."""
        if self.running and self.chosen is None and place < len(self.choices):
            self.chosen = place
            self.answered.emit(self.question, place)

    def show_answer(self, question: Question, answered: Answered) -> None:
        if not self.running or question is not self.question or self.chosen is None:
            return
        for place, choice in enumerate(self.choices):
            good, mine = place in question.right, place == self.chosen
            choice.setEnabled(False)
            choice.mark(
                RIGHT if good else WRONG if mine else PLAIN,
                "Right." if good else "Your choice, not right." if mine else "",
            )
        if answered.right:
            self.right.add(self.place)
        self.sign.show_sign(*(("check", "repaired") if answered.right else ("close", "flag")))
        self.verdict.setText("Yes" if answered.right else "Not this time")
        self.why.setText(question.item.why)
        self.sources.setText(points_text(question.item.sources, dict(self._points)))
        self.undo_button.show()
        self._answer.show()
        self.next_button.setText("&Next" if self.place + 1 < len(self.questions) else "&Finish")
        self.steps.show_steps(len(self.questions), self.place, set(range(self.place + 1)))
        focus_if_seen(self.next_button, self)
        announce(self, f"{self.verdict.text()}. {question.item.why}")
        QTimer.singleShot(0, self, lambda: self.column.ensureWidgetVisible(self.next_button, 0, SPACE_6))

    def show_taken_back(self, question: Question) -> None:
        """The answer was none."""
        if question in self.questions:
            self.right.discard(self.questions.index(question))
        if self.running and question is self.question:
            self.undo_button.hide()

    def fail(self) -> None:
        """The answer was not kept; it can be given again."""
        self.chosen = None

    def go_on(self) -> None:
        self.place += 1
        if self.running:
            self._show()
        else:
            count = len(self.questions)
            words = "All of them." if len(self.right) == count else "Those you missed come back tomorrow."
            self._finish(f"{len(self.right)} of {count} right", words)
            self.again_button.show()
            self.again_button.setFocus()

    def focus_first(self) -> None:
        if self.running and self.chosen is None:
            self.choices[0].setFocus()
        elif self.running:
            self.next_button.setFocus()
        else:
            self.again_button.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        place = place_of(event, len(self.choices))
        if place is None:
            super().keyPressEvent(event)
        else:
            self.choose(place)

    def _show(self) -> None:
        question = self.question
        self.chosen = None
        self.done.hide()
        self.column.show()
        self._answer.hide()
        self.kind_label.setText(_KINDS[question.item.kind])
        self.steps.show_steps(len(self.questions), self.place, set(range(self.place)))
        self.turn.setText(f"“{question.item.turn}”")
        self.turn.setVisible(bool(question.item.turn))
        self.ask.setText(question.ask)
        empty(self._choices)
        self.choices = []
        for place, option in enumerate(question.options):
            choice = ChoiceRow(LETTERS[place], option)
            choice.clicked.connect(lambda _checked=False, place=place: self.choose(place))
            self._choices.addWidget(choice)
            self.choices.append(choice)
        self.column.to_top()
        if self.isVisible():
            self.choices[0].setFocus()

    def _finish(self, title: str, words: str) -> None:
        self.place = len(self.questions)
        self.column.hide()
        self.kind_label.clear()
        self.steps.show_steps(len(self.questions), -1, set(range(len(self.questions))))
        self.done.explain(title, words)
        self.done.show()
