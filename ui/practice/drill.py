"""One drill: the moment, an answer typed or spoken, what came of it, and how it could be said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from coach.practice.drills import Drill, Place
from coach.practice.judging import UNSAID, Feedback, Verdict, compare, kind_words
from ui import text
from ui.look.theme import SPACE_1, SPACE_2, SPACE_3, SPACE_4, SPACE_6, Theme, icon, set_role
from ui.look.themed import follow_theme
from ui.parts.focus import focus_if_seen
from ui.practice.answer_box import AnswerBox
from ui.practice.outcome import Outcome, Ways
from ui.practice.parts import Calm, Column, MoveChips, SayButton, button, card, label, primary, row
from ui.practice.steps import Steps
from ui.practice.words import place_text

_NO_TRY = "That try does not count."


class DrillPage(QWidget):
    """``show_round`` begins. Asks by signals; ``show_feedback`` shows the answer's judgement."""

    answered = Signal(object, str)
    """A ``Drill``, and what was said."""
    undo_wanted = Signal()
    hear_wanted = Signal(object)
    """A ``Place``: the seconds of an own call to be heard."""
    place_shown = Signal(object)
    """A ``Place`` whose recording may be there, or None: where the turn that is shown was said."""
    customer_shown = Signal(str)
    """What the customer of the moment that is shown says; empty where nobody does."""
    say_wanted = Signal(str)
    """The customer's line is to be heard, or no longer."""
    left = Signal()
    round_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.drills: list[Drill] = []
        self.place = 0
        self.results: dict[str, Verdict] = {}
        self._before: tuple[str, ...] = ()
        self._points: Mapping[str, str] = {}
        self.back_button = QToolButton()
        self.steps = Steps()
        self.from_label = label("", "muted", wrap=False)
        self.said, self.customer = label("", "subtitle"), label("", "subtitle")
        self.said_chips = MoveChips()
        self.hear_button, self.say_button = button("H&ear it", "small"), SayButton()
        self.box = AnswerBox("Your answer")
        self.show_button = button("Sho&w how", "small")
        self.outcome, self.ways = Outcome(), Ways()
        self.done = Calm("check", "", "")
        self.column = Column("Drill")
        self._lay_out()
        self._wire()
        follow_theme(self, self._restyle)

    def _lay_out(self) -> None:
        set_role(self.back_button, "quiet")
        self.back_button.setIconSize(QSize(20, 20))
        self.back_button.setAccessibleName("Back to today")
        self.back_button.setToolTip("Back to today (Esc)")
        self.show_button.setToolTip("Show how it could be said")
        self.box.extra.addWidget(self.show_button)
        self._moment, moment = card()
        moment.setSpacing(SPACE_1)
        moment.addLayout(row(label("You said", "caption", wrap=False), self.hear_button, stretch=1))
        moment.addWidget(self.said)
        moment.addSpacing(SPACE_1)
        moment.addWidget(self.said_chips)
        said, reply = card("sunken")
        reply.setContentsMargins(SPACE_4, SPACE_3, SPACE_4, SPACE_3)
        reply.setSpacing(SPACE_1)
        reply.addLayout(row(label("They answer", "caption", wrap=False), self.say_button, stretch=1))
        reply.addWidget(self.customer)
        self._reply = QWidget()
        above = QVBoxLayout(self._reply)
        above.setContentsMargins(0, SPACE_2, 0, SPACE_1)
        above.addWidget(said)
        moment.addWidget(self._reply)
        self._turn = label("Your turn. Say it better.", "strong")
        body = self.column.body
        body.setSpacing(SPACE_3)
        body.addWidget(self._moment)
        body.addWidget(self._turn)
        body.addWidget(self.box)
        body.addWidget(self.outcome)
        body.addWidget(self.ways)
        body.addStretch(1)
        self.again_button = self.done.add_button(primary("A&nother round"))
        self.home_button = self.done.add_button(button("&Back to today"))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(SPACE_4)
        top = row(self.back_button, self.from_label, self.steps, stretch=2)
        whole.addLayout(top)
        whole.addWidget(self.column, 1)
        whole.addWidget(self.done, 1)

    def _wire(self) -> None:
        self.back_button.clicked.connect(self.left)
        self.home_button.clicked.connect(self.left)
        self.again_button.clicked.connect(self.round_wanted)
        self.box.answered.connect(self._answer)
        self.show_button.clicked.connect(self.show_ways)
        self.hear_button.clicked.connect(lambda: self.hear_wanted.emit(self.drill.place))
        self.say_button.clicked.connect(lambda: self.say_wanted.emit(self.drill.customer))
        self.outcome.again_button.clicked.connect(self.try_again)
        self.outcome.next_button.clicked.connect(self.go_on)
        self.outcome.undo_button.clicked.connect(self.undo_wanted)

    @property
    def drill(self) -> Drill:
        return self.drills[self.place]

    @property
    def running(self) -> bool:
        """Whether a round is under way."""
        return bool(self.drills) and self.place < len(self.drills)

    @property
    def begun(self) -> bool:
        """Whether something of the round would be missed; not while an answer is being judged."""
        something = self.place > 0 or bool(self.results) or bool(self.box.text)
        return self.running and self.box.isEnabled() and something

    def focus_next(self) -> None:
        """On what comes next: the answer, or what came of it."""
        (self.outcome.next_button if self.box.isHidden() else self.box.edit).setFocus()

    def show_round(self, drills: Sequence[Drill], first: int, points: Mapping[str, str]) -> None:
        """``drills`` in order, beginning with ``first``; those before it come after the last."""
        self.drills = [*drills[first:], *drills[:first]]
        self._points = points
        self.results = {}
        self._show(0)

    def show_feedback(self, drill: Drill, feedback: Feedback, returns: str) -> None:
        """What was heard in an answer, and when the drill comes back, in words.

        An answer that comes after going on is not shown.
        """
        if not self.running or drill is not self.drill:
            return
        said = kind_words(feedback, text.MOVE_NAMES)
        change = compare(self._before, feedback.names, text.MOVE_NAMES).words
        self.outcome.show_outcome(feedback, said, self._before, change)
        counted = feedback.verdict is not Verdict.NOT_ENGLISH
        self.outcome.show_return(returns if counted else _NO_TRY, counted)
        if feedback.verdict not in UNSAID:
            self._before = feedback.names
        best = self.results.get(drill.id)
        if counted and best is not Verdict.REPAIRED:
            self.results[drill.id] = feedback.verdict
        self.box.setEnabled(True)
        self._turn.hide()
        self.box.hide()
        self.outcome.show()
        last = self.place + 1 == len(self.drills)
        self.outcome.next_button.setText("&Finish" if last else "&Next")
        self.show_ways()
        self.steps.show_steps(len(self.drills), self.place, set(range(self.place + 1)))
        repaired = feedback.verdict is Verdict.REPAIRED
        focus_if_seen(self.outcome.next_button if repaired else self.outcome.again_button, self)
        # Once it is laid out: the buttons first, and as much above them as there is room for.
        QTimer.singleShot(0, self, self._bring_into_view)

    def offer_hearing(self, place: Place, there: bool) -> None:
        """Whether the turn that is shown can be heard."""
        if self.running and self.drill.place == place:
            self.hear_button.setVisible(there)

    def show_hearing(self, playing: bool) -> None:
        self.hear_button.setText("St&op" if playing else "H&ear it")

    def show_saying(self, saying: bool) -> None:
        self.say_button.show_saying(saying)

    def show_taken_back(self, drill: Drill) -> None:
        """The last try was none."""
        self.results.pop(drill.id, None)
        if self.running and drill is self.drill:
            self.outcome.show_return(_NO_TRY, False)

    def show_ways(self) -> None:
        """How it could be said; the next answer is judged all the same."""
        self.ways.show_drill(self.drill, self.drill.good, self._points)
        self.ways.show()
        self.show_button.setEnabled(False)

    def try_again(self) -> None:
        self.outcome.hide()
        self.ways.hide()
        self.show_button.setEnabled(True)
        self.box.clear()
        self.box.show()
        self._turn.setText("Say it again.")
        self._turn.show()
        self.box.edit.setFocus()

    def go_on(self) -> None:
        self.box.leave()
        if self.place + 1 < len(self.drills):
            self._show(self.place + 1)
        else:
            self._finish()

    def _answer(self, said: str) -> None:
        self.box.setEnabled(False)
        self.answered.emit(self.drill, said)

    def fail(self) -> None:
        """The answer could not be judged; it is still there, to be typed on."""
        self.box.setEnabled(True)
        focus_if_seen(self.box.edit, self)

    def _show(self, place: int) -> None:
        self.place = place
        drill = self.drill
        self._before = drill.before
        self.done.hide()
        self.column.show()
        self.from_label.setText(place_text(drill))
        self.steps.show_steps(len(self.drills), place, set(range(place)))
        self.said.setText(f"“{drill.said}”")
        self.said_chips.show_moves(drill.before)
        self.customer.setText(f"“{drill.customer}”")
        self._reply.setVisible(bool(drill.customer))
        self.hear_button.hide()
        self.place_shown.emit(drill.place)
        self.customer_shown.emit(drill.customer)
        self.outcome.hide()
        self.ways.hide()
        self.show_button.setEnabled(bool(drill.good or drill.need))
        self.box.setEnabled(True)
        self.box.clear()
        self.box.show()
        self._turn.setText("Your turn. Say it better.")
        self._turn.show()
        self.column.to_top()
        focus_if_seen(self.box.edit, self)

    def _finish(self) -> None:
        repaired = sum(found is Verdict.REPAIRED for found in self.results.values())
        self.place = len(self.drills)
        self.column.hide()
        self.done.show()
        self.from_label.clear()
        self.steps.show_steps(len(self.drills), -1, set(range(len(self.drills))))
        words = {
            0: "Each of these comes back soon, and it will be easier then.",
            len(self.drills): "All of them repaired. They come back when it is worth it.",
        }.get(repaired, f"{repaired} of {len(self.drills)} repaired. The others come back sooner.")
        self.done.explain("That is it for this round", words)
        self.again_button.setFocus()

    def _bring_into_view(self) -> None:
        self.column.ensureWidgetVisible(self.outcome.next_button, 0, SPACE_6)

    def _restyle(self, theme: Theme) -> None:
        self.back_button.setIcon(icon("back", theme.colours.text))
        self.hear_button.setIcon(icon("loudspeaker", theme.colours.text_muted))
