"""The room "Practice": its parts behind a row of tabs."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from coach.practice.drills import Drill
from coach.practice.roleplay import Standing
from coach.practice.scenario import Scenario
from coach.settings import SET_BY
from ui.look.theme import SPACE_1, SPACE_3, SPACE_4, Theme, current_theme, icon, set_role
from ui.look.themed import follow_theme
from ui.parts.middle import ShownPage
from ui.practice.drill import DrillPage
from ui.practice.parts import Calm, Column, button, label
from ui.practice.progress import ProgressPage
from ui.practice.quiz import QuizPage
from ui.practice.role_play import RolePlayPage
from ui.practice.scenarios import ScenariosPage
from ui.practice.today import TodayPage
from ui.practice.what_if import WhatIfPage
from ui.practice.words import PROGRESS, QUIZ, ROLE_PLAY, TABS, TODAY, WHAT_IF

DRILL, PLAYING, WAITING = "drill", "playing", "waiting"
_ROOMY_PX, _NARROW_PX, _LOW_PX = 760, 640, 520
_PARENTS = {DRILL: TODAY, PLAYING: ROLE_PLAY}
"""Parts that have no tab of their own: the tab they belong to."""


class PracticePage(QWidget):
    """``part_entered(name)`` when a part is shown. The parts ask by their own signals."""

    part_entered = Signal(str)
    speak_toggled = Signal(bool)
    """Whether customers are to be heard."""
    open_wanted = Signal()
    """What there is to practise could not be opened, and is asked for again."""
    given_up = Signal(str, object)
    """What was left half done, in words, and what takes it up again: called without arguments."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.today, self.drill = TodayPage(), DrillPage()
        self.quiz, self.what_if = QuizPage(), WhatIfPage()
        self.scenarios, self.role_play = ScenariosPage(), RolePlayPage()
        self.waiting = Calm("practice", "One moment", "What there is to practise is being fetched.")
        self.retry_button = self.waiting.add_button(button("Try again"))
        self.retry_button.clicked.connect(self.open_wanted)
        self.retry_button.hide()
        self.progress = ProgressPage()
        self._parts: dict[str, QWidget] = {
            TODAY: self.today,
            DRILL: self.drill,
            QUIZ: self.quiz,
            WHAT_IF: self.what_if,
            ROLE_PLAY: self.scenarios,
            PLAYING: self.role_play,
            PROGRESS: self.progress,
            WAITING: self.waiting,
        }
        self.today.offer([name for name in TABS if name in self._parts and name != TODAY])
        self._part = WAITING
        self.tabs: dict[str, QPushButton] = {}
        self.speak_switch = QToolButton()
        self.speak_switch.setCheckable(True)
        self.speak_switch.setIconSize(QSize(18, 18))
        set_role(self.speak_switch, "quiet")
        self.speak_switch.clicked.connect(self.speak_toggled)
        self.show_voice("", False)
        self._group = QButtonGroup(self)
        self._stack = ShownPage()
        for page in self._parts.values():
            self._stack.addWidget(page)
        self._stack.setCurrentWidget(self.waiting)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_4)
        column.addLayout(self._heading())
        column.addWidget(self._stack, 1)
        self.show_waiting()
        follow_theme(self, self._restyle)

    def _heading(self) -> QHBoxLayout:
        title = label("Practice", "display", wrap=False)
        across = QHBoxLayout()
        across.setSpacing(SPACE_1)
        across.addWidget(title)
        across.addSpacing(SPACE_3)
        across.addWidget(self.speak_switch)
        across.addStretch(1)
        for name, (words, _sign) in TABS.items():
            if name not in self._parts:
                continue
            tab = self.tabs[name] = button(words, "quiet")
            tab.setCheckable(True)
            tab.setIconSize(QSize(18, 18))
            tab.setCursor(Qt.CursorShape.PointingHandCursor)
            tab.clicked.connect(lambda _checked=False, name=name: self.go_to(name))
            self._group.addButton(tab)
            across.addWidget(tab)
        return across

    def show_voice(self, voice: str, on: bool, laid_down: bool = False) -> None:
        """``voice`` is the name of the one that is installed, empty where none is. ``laid_down``: by the
        organisation, so that it cannot be switched."""
        self.speak_switch.setVisible(bool(voice))
        self.speak_switch.setChecked(bool(voice) and on)
        self.speak_switch.setAccessibleName("Customers speak aloud")
        self.speak_switch.setToolTip(
            f"Customers speak aloud, by the voice of {voice}"
            if on
            else "Customers do not speak; press to hear them"
        )
        self.speak_switch.setEnabled(not laid_down)
        if laid_down:
            self.speak_switch.setToolTip(f"{self.speak_switch.accessibleName()}: {SET_BY}")
            self.speak_switch.setAccessibleDescription(SET_BY)
        for said in (self.drill.say_button, self.role_play.say_button):
            said.setVisible(bool(voice))
        self._restyle(current_theme())

    @property
    def part(self) -> str:
        return self._part

    def go_to(self, part: str) -> None:
        """Show a part. A round that is under way is found again behind its tab."""
        if part == TODAY and self._part != DRILL and self.drill.running:
            part = DRILL
        elif part == ROLE_PLAY and self._part != PLAYING and self.role_play.running:
            part = PLAYING
        self._enter(part)

    def go_home(self) -> None:
        """To what comes today, whatever is under way; a round that was begun can be taken up again."""
        kept = self.drill.drills if self.drill.begun else []
        self.drill.drills = []
        self._enter(TODAY)
        if kept:
            self.given_up.emit("You left the round.", lambda: self._take_up_round(kept))

    def _take_up_round(self, kept: list[Drill]) -> None:
        if not self.drill.drills:
            self.drill.drills = kept
            self._enter(DRILL)

    def choose_move(self, move: str) -> None:
        """What comes today is on one move. A round that is under way stays behind its tab."""
        box = self.today.move_box
        box.setCurrentIndex(box.findData(move))
        if self._part != WAITING:
            self._enter(TODAY)

    def leave_call(self) -> None:
        """To the list of role-plays; a call that was begun can be taken up again."""
        play = self.role_play
        kept = play.standing if play.begun else None
        scenario, play.standing = play.scenario, None
        self._enter(ROLE_PLAY)
        if kept is not None:
            self.given_up.emit("You left the call.", lambda: self._take_up_call(scenario, kept))

    def _take_up_call(self, scenario: Scenario | None, kept: Standing) -> None:
        play = self.role_play
        if play.standing is None and play.scenario is scenario:
            play.standing = kept
            self._enter(PLAYING)

    def _enter(self, part: str) -> None:
        self._part = part
        for name, box in ((DRILL, self.drill.box), (PLAYING, self.role_play.box)):
            if name != part:
                # Nobody would see that its microphone hears.
                box.leave()
        self._stack.setCurrentWidget(self._parts[part])
        tab = _PARENTS.get(part, part)
        if tab in self.tabs:
            self.tabs[tab].setChecked(True)
        self.part_entered.emit(part)

    def go_back(self) -> bool:
        """For the Escape key: a spoken answer first, then what is under way. False at home."""
        if self._part == DRILL:
            if not self.drill.box.leave():
                self.go_home()
            return True
        if self._part == PLAYING:
            if not self.role_play.box.leave():
                self.leave_call()
            return True
        if self._part not in (TODAY, WAITING):
            self._enter(TODAY)
            return True
        return False

    def show_waiting(self, trouble: str = "") -> None:
        """What there is to practise is being fetched, or ``trouble`` says why it is not here."""
        self._part = WAITING
        self._stack.setCurrentWidget(self.waiting)
        for tab in self.tabs.values():
            tab.setEnabled(False)
        self.retry_button.setVisible(bool(trouble))
        if trouble:
            self.waiting.explain("Practice is not open", trouble)
        else:
            self.waiting.explain("One moment", "What there is to practise is being fetched.")

    def show_ready(self) -> None:
        for tab in self.tabs.values():
            tab.setEnabled(True)
        self._enter(TODAY)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The page up and down keys scroll what is shown, also from a tab over it."""
        way = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}.get(Qt.Key(event.key()), 0)
        shown = [one for one in self._parts[self._part].findChildren(Column) if one.isVisible()]
        if not way or not shown:
            super().keyPressEvent(event)
            return
        bar = shown[0].verticalScrollBar()
        bar.setValue(bar.value() + way * bar.pageStep())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # Of the window: the page itself is as high as it needs to be, and scrolls.
        for box in (self.drill.box, self.role_play.box):
            box.set_low(self.window().height() < _LOW_PX)
        self._restyle(current_theme())

    def _restyle(self, theme: Theme) -> None:
        # Where there is little room the names are enough.
        signs = self.width() >= _ROOMY_PX
        sign = "loudspeaker" if self.speak_switch.isChecked() else "loudspeaker-off"
        self.speak_switch.setIcon(icon(sign, theme.colours.text_muted))
        for name, tab in self.tabs.items():
            tab.setIcon(icon(TABS[name][1], theme.colours.text_muted) if signs else QIcon())
            set_role(tab, "small" if self.width() < _NARROW_PX else "quiet")
