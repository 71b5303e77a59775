"""Role-play: a short call with a scripted customer who calms or heats up by the moves heard."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from coach.practice import roleplay
from coach.practice.roleplay import Debrief, Standing
from coach.practice.scenario import Scenario
from coach.services.practice import Heard
from ui.look.theme import SPACE_1, SPACE_2, SPACE_3, SPACE_4, SPACE_12, Theme, icon, set_role
from ui.look.themed import empty, follow_theme
from ui.parts.announce import announce
from ui.parts.focus import focus_if_seen
from ui.practice.answer_box import AnswerBox
from ui.practice.heat import HeatBars, HeatLine
from ui.practice.parts import Column, MoveChips, SayButton, button, card, label, primary, row
from ui.practice.words import ENDINGS, points_text, trade_text

_SIDE_PX = 280
_TWO_COLUMNS_PX = 760


class RolePlayPage(QWidget):
    """``show_scenario`` begins a call. ``show_heard`` is the customer's answer, ``show_debrief`` the end."""

    said = Signal(object, object, str)
    """A ``Scenario``, where it stands, and what the agent said."""
    ended = Signal(object, object)
    """A ``Scenario`` and how it stands at the end."""
    customer_said = Signal(str)
    say_wanted = Signal(str)
    """The customer's latest line is to be heard again, or no longer."""
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.scenario: Scenario | None = None
        self.standing: Standing | None = None
        self.lines: list[tuple[str, str]] = []
        """Who said what: "customer" or "you"."""
        self._points: Mapping[str, str] = {}
        self.back_button = QToolButton()
        self.title, self.where = label("", "subtitle"), label("", "muted")
        self.talk = Column("The call")
        self.box = AnswerBox("What you say", "Say it")
        self.say_button = SayButton()
        self.box.extra.addWidget(self.say_button)
        self.customer, self.brief = label("", "strong"), label("", "muted")
        self.small_customer, self.small_brief = label("", "strong"), label("", "muted")
        self.heat, self.small_heat = HeatBars(), HeatBars()
        self.debrief, self.end_title = QFrame(), label("", "title", wrap=False)
        self.end_words = label("")
        self.heat_line = HeatLine()
        self.sources = label("", "caption")
        self.again_button, self.other_button = primary("Play it &again"), button("Another ca&ll")
        self._lay_out()
        self.back_button.clicked.connect(self.left)
        self.other_button.clicked.connect(self.left)
        self.again_button.clicked.connect(self.play_again)
        self.box.answered.connect(self._say)
        self.say_button.clicked.connect(lambda: self.say_wanted.emit(self._line))
        follow_theme(self, self._restyle)

    def _lay_out(self) -> None:
        set_role(self.back_button, "quiet")
        self.back_button.setIconSize(QSize(20, 20))
        self.back_button.setAccessibleName("Back to the role-plays")
        self.back_button.setToolTip("Back to the role-plays (Esc)")
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.title)
        words.addWidget(self.where)
        words.addStretch(1)
        top = QHBoxLayout()
        top.setSpacing(SPACE_2)
        top.addWidget(self.back_button, 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(words, 1)
        top.addWidget(self.small_heat, 0, Qt.AlignmentFlag.AlignTop)
        self._bubbles = QVBoxLayout()
        self._bubbles.setSpacing(SPACE_3)
        self.talk.body.addLayout(self._bubbles)
        self.talk.body.addWidget(self.debrief)
        self.talk.body.addStretch(1)
        self._lay_out_end()
        self._intro, intro = card()
        intro.addWidget(self.small_customer)
        intro.addWidget(self.small_brief)
        self.talk.body.insertWidget(0, self._intro)
        side, inner = card()
        inner.addWidget(label("The customer", "caption", wrap=False))
        inner.addWidget(self.customer)
        inner.addWidget(self.heat)
        inner.addSpacing(SPACE_2)
        inner.addWidget(label("You", "caption", wrap=False))
        inner.addWidget(self.brief)
        inner.addStretch(1)
        self._side = side
        call = QVBoxLayout()
        call.setSpacing(SPACE_3)
        call.addWidget(self.talk, 1)
        call.addWidget(self.box)
        self._side.setFixedWidth(_SIDE_PX)
        across = QHBoxLayout()
        across.setSpacing(SPACE_4)
        across.addLayout(call, 1)
        across.addWidget(side)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(SPACE_3)
        whole.addLayout(top)
        whole.addLayout(across, 1)

    def _lay_out_end(self) -> None:
        set_role(self.debrief, "card")
        column = QVBoxLayout(self.debrief)
        column.setContentsMargins(SPACE_4, SPACE_4, SPACE_4, SPACE_4)
        column.setSpacing(SPACE_3)
        column.addWidget(self.end_title)
        column.addWidget(self.end_words)
        column.addWidget(self.heat_line)
        column.addWidget(self.sources)
        column.addLayout(row(self.other_button, self.again_button, stretch=0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = event.size().width() >= _TWO_COLUMNS_PX
        # In a narrow window who is who scrolls away with the call, and the heat stays in sight.
        self._side.setVisible(wide)
        for shown in (self.small_heat, self._intro):
            shown.setVisible(not wide)

    @property
    def running(self) -> bool:
        return self.standing is not None and self.standing.ending is None

    @property
    def begun(self) -> bool:
        """Whether something of the call would be missed; not while an answer is being judged."""
        return self.running and self.box.isEnabled() and (len(self.lines) > 1 or bool(self.box.text))

    def focus_next(self) -> None:
        """On what comes next: what one says, or another call."""
        (self.again_button if self.box.isHidden() else self.box.edit).setFocus()

    def show_scenario(self, scenario: Scenario, points: Mapping[str, str]) -> None:
        self.scenario, self._points = scenario, points
        self.title.setText(scenario.title)
        self.where.setText(trade_text(scenario.trade, scenario.setting))
        for shown in (self.customer, self.small_customer):
            shown.setText(scenario.customer)
        for shown in (self.brief, self.small_brief):
            shown.setText(scenario.brief)
        self.play_again()

    def play_again(self) -> None:
        """From the first line on."""
        if self.scenario is None:
            return
        self.standing = roleplay.begin(self.scenario)
        self.lines = []
        empty(self._bubbles)
        self.debrief.hide()
        self.box.show()
        self.box.setEnabled(True)
        self.box.clear()
        self._customer_says(self.standing)
        self.box.edit.setFocus()

    def show_heard(self, scenario: Scenario, heard: Heard) -> None:
        """The moves heard in what was said, and the customer's answer to them."""
        if scenario is not self.scenario or self.standing is None or not self.running:
            return
        self.standing = heard.standing
        self._last_chips.show_moves(heard.moves)
        self._last_chips.show()
        self._customer_says(heard.standing)
        self.box.setEnabled(True)
        self.box.clear()
        if self.running:
            focus_if_seen(self.box.edit, self)
        else:
            self.box.hide()
            self.ended.emit(scenario, heard.standing)

    def show_saying(self, saying: bool) -> None:
        self.say_button.show_saying(saying)

    @property
    def _line(self) -> str:
        return self.standing.line if self.standing is not None else ""

    def show_debrief(self, scenario: Scenario, debrief: Debrief) -> None:
        if scenario is not self.scenario or self.standing is None or self.running:
            # Left meanwhile, or begun anew.
            return
        self.end_title.setText(ENDINGS[debrief.ending])
        self.end_words.setText(debrief.words.partition(". ")[2] or debrief.words)
        self.heat_line.show_heats(debrief.heats)
        self.sources.setText(points_text(scenario.sources, dict(self._points)))
        self.debrief.show()
        focus_if_seen(self.again_button, self)
        announce(self.debrief, debrief.words)
        self._to_end()

    def fail(self) -> None:
        """What was said could not be judged; it is still there."""
        self.box.setEnabled(True)
        self._take_last_away()
        focus_if_seen(self.box.edit, self)

    def _say(self, words: str) -> None:
        if not self.running or self.scenario is None:
            return
        self.box.setEnabled(False)
        self.lines.append(("you", words))
        holder, self._last_chips = bubble(words, mine=True)
        self._bubbles.addWidget(holder)
        self._to_end()
        self.said.emit(self.scenario, self.standing, words)

    def _customer_says(self, standing: Standing) -> None:
        self.lines.append(("customer", standing.line))
        self._bubbles.addWidget(bubble(standing.line, mine=False)[0])
        for bars in (self.heat, self.small_heat):
            bars.show_heat(standing.heat)
        announce(self.talk, f"They say: {standing.line}")
        self.customer_said.emit(standing.line)
        self._to_end()

    def _take_last_away(self) -> None:
        item = self._bubbles.takeAt(self._bubbles.count() - 1)
        widget = item.widget() if item is not None else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()
            self.lines.pop()

    def _to_end(self) -> None:
        bar = self.talk.verticalScrollBar()
        # Once what was added is laid out.
        QTimer.singleShot(0, self, lambda: QTimer.singleShot(0, self, lambda: bar.setValue(bar.maximum())))

    def _restyle(self, theme: Theme) -> None:
        self.back_button.setIcon(icon("back", theme.colours.text))


def bubble(words: str, mine: bool) -> tuple[QWidget, MoveChips]:
    """A line of the call, the agent's on the right with room for the moves heard in it."""
    frame = QFrame()
    set_role(frame, "card" if mine else "sunken")
    inner = QVBoxLayout(frame)
    inner.setContentsMargins(SPACE_4, SPACE_3, SPACE_4, SPACE_3)
    inner.setSpacing(SPACE_1)
    inner.addWidget(label("You" if mine else "Customer", "caption", wrap=False))
    inner.addWidget(label(words))
    chips = MoveChips()
    chips.hide()
    inner.addWidget(chips)
    holder = QWidget()
    across = QHBoxLayout(holder)
    across.setContentsMargins(SPACE_12 if mine else 0, 0, 0 if mine else SPACE_12, 0)
    across.addWidget(frame, 1)
    return holder, chips
