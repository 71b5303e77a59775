"""How often a cue may appear, the agent's own limits, and what is worth an interruption."""

from __future__ import annotations

from typing import get_args

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QRadioButton,
    QWidget,
)

from coach.coaching.pacing import Pacing
from coach.settings import CueLevel, CueSettings
from coach.taxonomy import CONTENTIOUS
from ui import text
from ui.look.theme import SPACE_3, SPACE_4
from ui.parts.flow import Flow
from ui.parts.label import Label
from ui.settings.parts import SettingsPage, explained

_LEVEL_NAMES: dict[CueLevel, str] = {
    "new": "&New to it",
    "standard": "&Standard",
    "quiet": "&Quiet",
    "off": "&Off",
}
_OFF_WORDS = "No cue at all. Sameside goes on writing down what you say, and the summary tells the rest."
_MISSING_WORDS = (
    "A complaint of two minutes without a sorry, a long explanation without a question, "
    "a goodbye without a next step."
)
_URGENT_WORDS = (
    "A cue waits until your turn ends. What you tick here may come sooner, in the middle of a sentence; "
    "now and then such a card is taken back."
)
_COUNTS_WORDS = (
    "Beside the transcript; your own, of this call, and seen by nobody else. Hidden, they are in the summary "
    "all the same."
)
_GAPS_S = (5, 10, 15, 20, 30, 45, 60, 120, 300)
_MOST = (1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20)
_WIDTH = 132


class CuesPage(SettingsPage):
    """``kept(name, value)`` for each choice but the level; names are those of ``CueSettings``."""

    level_chosen = Signal(str)
    kept = Signal(str, object)

    def __init__(self, cues: CueSettings, parent: QWidget | None = None) -> None:
        super().__init__("Cues", parent)
        self._add_level(cues)
        self._add_limits(cues)
        self._add_urgent(cues)
        self._add_counts(cues)
        self._enable()

    def _add_level(self, cues: CueSettings) -> None:
        card = self.add_card("How often")
        self.group = QButtonGroup(self)
        self.levels: dict[CueLevel, QRadioButton] = {}
        for number, level in enumerate(get_args(CueLevel)):
            choice = self.levels[level] = QRadioButton(_LEVEL_NAMES[level])
            choice.setChecked(level == cues.level)
            self.group.addButton(choice, number)
            card.addLayout(explained(choice, _level_words(level)))
        self.group.idClicked.connect(self._choose_level)

    def _add_limits(self, cues: CueSettings) -> None:
        card = self.add_card("Your own limits")
        self.own = QCheckBox("&Use these instead of the level's")
        self.own.setChecked(cues.own_limits)
        self.own.toggled.connect(lambda own: self._keep("own_limits", own))
        self.gap = _numbers(_GAPS_S, cues.gap_s, "Least time between two cues", "seconds")
        self.most = _numbers(_MOST, cues.most_in_ten_minutes, "Most cues in ten minutes")
        self.gap.activated.connect(lambda _row: self._keep("gap_s", self.gap.currentData()))
        self.most.activated.connect(lambda _row: self._keep("most_in_ten_minutes", self.most.currentData()))
        self.missing = QCheckBox("&Remind me of what is missing")
        self.missing.setChecked(cues.missing)
        self.missing.toggled.connect(lambda remind: self._keep("missing", remind))
        card.addWidget(self.own)
        card.addLayout(_sentence("At &least", self.gap, "between two cues"))
        card.addLayout(_sentence("At &most", self.most, "in ten minutes"))
        card.addLayout(explained(self.missing, _MISSING_WORDS))

    def _add_urgent(self, cues: CueSettings) -> None:
        card = self.add_card("While you are still speaking", _URGENT_WORDS)
        self.urgent: dict[str, QCheckBox] = {}
        for move in CONTENTIOUS:
            box = self.urgent[move] = QCheckBox(text.MOVE_NAMES[move])
            box.setChecked(move in cues.urgent)
            box.toggled.connect(self._keep_urgent)
        card.addLayout(Flow(*self.urgent.values(), across=SPACE_4, even=True))

    def _add_counts(self, cues: CueSettings) -> None:
        card = self.add_card("While a call runs")
        self.counts = QCheckBox("&Count my flags and repairs")
        self.counts.setChecked(cues.counts)
        self.counts.toggled.connect(lambda shown: self._keep("counts", shown))
        card.addLayout(explained(self.counts, _COUNTS_WORDS))

    def show_level(self, level: CueLevel) -> None:
        """It was chosen elsewhere."""
        self.levels[level].setChecked(True)
        self._enable()

    def _choose_level(self, number: int) -> None:
        self._enable()
        self.level_chosen.emit(get_args(CueLevel)[number])

    def _keep(self, name: str, value: object) -> None:
        self._enable()
        self.kept.emit(name, value)

    def _keep_urgent(self) -> None:
        self._keep("urgent", [move for move, box in self.urgent.items() if box.isChecked()])

    def _enable(self) -> None:
        """What has no effect now cannot be changed."""
        on = not self.levels["off"].isChecked()
        self.own.setEnabled(on)
        for field in (self.gap, self.most, self.missing):
            field.setEnabled(on and self.own.isChecked())
        for box in self.urgent.values():
            box.setEnabled(on)


def _level_words(level: CueLevel) -> str:
    pacing = Pacing.of(level)
    if not pacing.most:
        return _OFF_WORDS
    reminders = "" if pacing.missing else " Nothing about what is missing."
    return f"At most {pacing.most} in ten minutes, at least {pacing.min_gap_s:.0f} seconds apart.{reminders}"


def _numbers(offered: tuple[int, ...], chosen: int, spoken: str, unit: str = "") -> QComboBox:
    """A few numbers to choose from; one that was set otherwise is among them."""
    box = QComboBox()
    for number in sorted({*offered, chosen}):
        box.addItem(f"{number} {unit}".strip(), number)
    box.setCurrentIndex(box.findData(chosen))
    box.setAccessibleName(spoken)
    box.setFixedWidth(_WIDTH)
    return box


def _sentence(before: str, field: QComboBox, after: str) -> Flow:
    name = Label(before)
    name.setBuddy(field)
    return Flow(name, field, Label(after), across=SPACE_3)
