"""Whom the call is with, in one field, and what is still open with them as soon as they are known."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, QStringListModel, Qt, Signal
from PySide6.QtWidgets import (
    QCompleter,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from coach.values.follow_up import Brief, Overview
from ui import text
from ui.commitments.words import STATES, action_text, due_text
from ui.look.theme import SPACE_1, SPACE_2, SPACE_3, SPACE_4, Theme, icon, set_role
from ui.look.themed import empty, follow_theme
from ui.parts.label import Label
from ui.when import moment_text

_OPEN_SHOWN = 3
_WIDEST_PX = 420
MOST_CHARS = 120


class WithBar(QWidget):
    """``typed(name)`` with every change, ``named(name)`` when it is done, ``brief_wanted(name)``."""

    typed = Signal(str)
    named = Signal(str)
    brief_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.label = Label("&With")
        set_role(self.label, "muted")
        self.field = QLineEdit()
        # Recordings are dropped on the window, wherever on it.
        self.field.setAcceptDrops(False)
        self.field.setPlaceholderText("Customer or reference")
        self.field.setAccessibleName("Whom the call is with: customer or reference")
        self.field.setToolTip("Calls with the same name are kept together. It stays on this machine.")
        self.field.setMaxLength(MOST_CHARS)
        self.field.setMaximumWidth(_WIDEST_PX)
        self.label.setBuddy(self.field)
        self._known = QStringListModel(self)
        completer = QCompleter(self._known, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.field.setCompleter(completer)
        # Later: the field has the whole name only once it has heard of the choice, too.
        completer.activated.connect(self._say_name, Qt.ConnectionType.QueuedConnection)
        self.field.textChanged.connect(lambda _words: self.typed.emit(self.name))
        self.field.editingFinished.connect(self._say_name)
        self._said = ""
        self.card = BriefCard()
        self.card.hide()
        self.card.whole_button.clicked.connect(lambda: self.brief_wanted.emit(self.name))
        row = QHBoxLayout()
        row.setSpacing(SPACE_3)
        row.addWidget(self.label)
        row.addWidget(self.field, 1)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, SPACE_3)
        column.setSpacing(SPACE_2)
        column.addLayout(row)
        column.addWidget(self.card)

    @property
    def name(self) -> str:
        return " ".join(self.field.text().split())

    def show_known(self, names: Sequence[str]) -> None:
        """Whom calls were with, offered while one types."""
        self._known.setStringList(list(names))

    def show_brief(self, brief: Brief | None, overview: Overview | None) -> None:
        """Nothing where there was no call with them yet."""
        if brief is None or overview is None or not brief.calls:
            self.card.hide()
            return
        self.card.fill(brief, overview)
        self.card.show()

    def clear(self) -> None:
        """For the next call."""
        self._said = ""
        self.field.clear()
        self.card.hide()

    def _say_name(self) -> None:
        if self.name != self._said:
            self._said = self.name
            self.named.emit(self.name)


class BriefCard(QFrame):
    """The few lines that matter before one talks to somebody again."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "card")
        self.heading = Label()
        self.heading.setWordWrap(True)
        set_role(self.heading, "strong")
        self.whole_button = QPushButton("Whole brief…")
        set_role(self.whole_button, "small")
        self.close_button = QToolButton()
        self.close_button.setAccessibleName("Put the brief away")
        self.close_button.setToolTip("Put the brief away")
        self.close_button.setIconSize(QSize(16, 16))
        set_role(self.close_button, "quiet")
        self.close_button.clicked.connect(self.hide)
        self.lines: list[str] = []
        top = QHBoxLayout()
        top.setSpacing(SPACE_2)
        top.addWidget(self.heading, 1)
        for button in (self.whole_button, self.close_button):
            top.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        self._below = QWidget()
        self._lines = QVBoxLayout(self._below)
        self._lines.setContentsMargins(0, 0, 0, SPACE_1)
        self._lines.setSpacing(SPACE_1)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_4, SPACE_2, SPACE_2, SPACE_2)
        column.setSpacing(SPACE_1)
        column.addLayout(top)
        column.addWidget(self._below)
        follow_theme(self, self._restyle)

    def fill(self, brief: Brief, overview: Overview) -> None:
        empty(self._lines)
        self.lines = []
        open_words = text.count_text(len(brief.open), "commitment", "commitments")
        still = f"{open_words} still to be kept" if brief.open else "nothing is open"
        self.heading.setText(f"{text.count_text(brief.calls, 'call', 'calls')} so far, {still}.")
        for one in brief.open[:_OPEN_SHOWN]:
            state = STATES[overview.states[one.key]] if one.key in overview.states else ""
            due = due_text(one, overview.now.date())
            self._add(" · ".join(part for part in (action_text(one), due, state) if part), "")
        if len(brief.open) > _OPEN_SHOWN:
            self._add(f"and {len(brief.open) - _OPEN_SHOWN} more", "muted")
        if brief.last is not None:
            about = next((line.text for section, line in brief.last.lines if section == "about"), "")
            when = f"Last call {moment_text(brief.last.started_at)}"
            self._add(f"{when}: {about}" if about else when, "muted")
        self.setAccessibleName(" ".join([self.heading.text(), *self.lines]))

    def set_roomy(self, roomy: bool) -> None:
        """Where there is little room the heading stands alone; the whole brief is a click away."""
        self._below.setVisible(roomy)

    def _add(self, words: str, role: str) -> None:
        label = Label(words)
        label.setWordWrap(True)
        if role:
            set_role(label, role)
        self._lines.addWidget(label)
        self.lines.append(words)

    def _restyle(self, theme: Theme) -> None:
        self.close_button.setIcon(icon("close", theme.colours.text_muted))
