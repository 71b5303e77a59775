"""The room "Practice": its parts behind a row of tabs."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from ui.practice.drill import DrillPage
from ui.practice.parts import Calm, button, label
from ui.practice.today import TodayPage
from ui.practice.words import TABS, TODAY
from ui.theme import SPACE_1, SPACE_3, SPACE_4, Theme, icon
from ui.themed import follow_theme

DRILL, WAITING = "drill", "waiting"
_PARENTS = {DRILL: TODAY}
"""Parts that have no tab of their own: the tab they belong to."""


class PracticePage(QWidget):
    """``part_entered(name)`` when a part is shown. The parts ask by their own signals."""

    part_entered = Signal(str)
    open_wanted = Signal()
    """What there is to practise could not be opened, and is asked for again."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.today, self.drill = TodayPage(), DrillPage()
        self.waiting = Calm("practice", "One moment", "What there is to practise is being fetched.")
        self.retry_button = self.waiting.add_button(button("Try again"))
        self.retry_button.clicked.connect(self.open_wanted)
        self.retry_button.hide()
        self._parts: dict[str, QWidget] = {TODAY: self.today, DRILL: self.drill, WAITING: self.waiting}
        self.today.offer([name for name in TABS if name in self._parts and name != TODAY])
        self._part = WAITING
        self.tabs: dict[str, QPushButton] = {}
        self._group = QButtonGroup(self)
        self._stack = QStackedWidget()
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

    @property
    def part(self) -> str:
        return self._part

    def go_to(self, part: str) -> None:
        """Show a part. A round that is under way is found again behind its tab."""
        if part == TODAY and self._part != DRILL and self.drill.running:
            part = DRILL
        self._enter(part)

    def go_home(self) -> None:
        """To what comes today, whatever is under way."""
        self.drill.drills = []
        self._enter(TODAY)

    def _enter(self, part: str) -> None:
        self._part = part
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

    def _restyle(self, theme: Theme) -> None:
        for name, tab in self.tabs.items():
            tab.setIcon(icon(TABS[name][1], theme.colours.text_muted))
