"""Three short steps before the first call, none of which has to be taken."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui.look.theme import (
    SPACE_1,
    SPACE_2,
    SPACE_3,
    SPACE_4,
    SPACE_5,
    Theme,
    current_theme,
    icon_pixmap,
    set_role,
)
from ui.look.themed import follow_theme
from ui.parts.label import Label

MEASURE, ENROL, LEAK = "measure", "enrol", "leak"
STEPS = {
    MEASURE: ("Measure this machine", "Ten seconds, to take the best speech model that keeps up.", "Measure"),
    ENROL: ("Enrol your voice", "Half a minute of reading, so that only you are written down.", "Enrol…"),
    LEAK: ("Check for leaks", "A short sound tells whether your microphone hears the customer.", "Check…"),
}
WIDTH = 640
_SIGN_PX = 20


class FirstSteps(QFrame):
    """``step_wanted(name)``, and ``skipped`` when the card is put away."""

    step_wanted = Signal(str)
    skipped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "card")
        self.setAccessibleName("First steps")
        self._done: dict[str, bool] = dict.fromkeys(STEPS, False)
        self._signs: dict[str, QLabel] = {}
        self.lines: dict[str, QLabel] = {}
        self.buttons: dict[str, QPushButton] = {}
        title = Label("For a better ear, when you have a minute")
        set_role(title, "strong")
        self.skip_button = QPushButton("Not now")
        set_role(self.skip_button, "small")
        self.skip_button.setAccessibleDescription("Put the first steps away; they stay in the settings")
        self.skip_button.setToolTip("You find all of it in the settings")
        self.skip_button.clicked.connect(self.skipped)
        top = QHBoxLayout()
        top.addWidget(title, 1)
        top.addWidget(self.skip_button)
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE_3)
        grid.setVerticalSpacing(SPACE_2)
        grid.setColumnStretch(1, 1)
        for row, name in enumerate(STEPS):
            self._add(grid, row, name)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_5, SPACE_3, SPACE_4, SPACE_4)
        column.setSpacing(SPACE_2)
        column.addLayout(top)
        column.addLayout(grid)
        follow_theme(self, self._restyle)

    def _add(self, grid: QGridLayout, row: int, name: str) -> None:
        title, words, label = STEPS[name]
        heading = Label(title)
        self.lines[name] = Label(words)
        self.lines[name].setWordWrap(True)
        set_role(self.lines[name], "caption")
        text = QVBoxLayout()
        text.setSpacing(0)
        text.addWidget(heading)
        text.addWidget(self.lines[name])
        self._signs[name] = Label()
        self._signs[name].setContentsMargins(0, 0, SPACE_1, 0)
        button = self.buttons[name] = QPushButton(label)
        button.setMinimumWidth(104)
        button.setAccessibleName(title)
        button.setAccessibleDescription(words)
        button.clicked.connect(lambda: self.step_wanted.emit(name))
        grid.addWidget(self._signs[name], row, 0)
        grid.addLayout(text, row, 1)
        grid.addWidget(button, row, 2)

    @property
    def all_done(self) -> bool:
        return all(self._done.values())

    def show_busy(self, name: str, words: str) -> None:
        """A step is under way: what it does, and its button stops it."""
        self.lines[name].setText(words)
        self.buttons[name].setText("Cancel")
        self.buttons[name].setAccessibleName(f"Cancel: {STEPS[name][0]}")
        self.buttons[name].setAccessibleDescription(words)

    def show_step(self, name: str, done: bool, words: str = "") -> None:
        """What a step came to, in words."""
        self._done[name] = done
        self.lines[name].setText(words or STEPS[name][1])
        self.buttons[name].setText("Again" if done else STEPS[name][2])
        self.buttons[name].setAccessibleName(STEPS[name][0])
        self.buttons[name].setAccessibleDescription(f"{'Done. ' if done else ''}{self.lines[name].text()}")
        self._restyle(current_theme())

    def _restyle(self, theme: Theme) -> None:
        c, ratio = theme.colours, self.devicePixelRatioF()
        signs = {MEASURE: "settings", ENROL: "voice", LEAK: "loudspeaker"}
        for name, label in self._signs.items():
            sign, tint = ("check", c.repaired) if self._done[name] else (signs[name], c.accent)
            label.setPixmap(icon_pixmap(sign, tint, _SIGN_PX, ratio))
