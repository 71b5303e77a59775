"""Changing a commitment's words and time: what is written is understood while it is typed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from coach.commitments.due_field import write_due
from coach.commitments.lifecycle import current
from coach.events import Due
from coach.values.follow_up import DueRead, Followed, StepKind
from ui import text
from ui.commitments.words import here
from ui.dialogs.frame import PlainDialog
from ui.look.theme import SPACE_1, SPACE_2, set_role
from ui.parts.announce import announce
from ui.parts.label import Label
from ui.when import near_due_text

PAUSE_MS = 250
FOUR_TODAY = "Today 16:00"
_TOMORROW, _NEXT_WEEK = "Tomorrow morning", "In a week"
_THURSDAY, _SATURDAY = 3, 5
_TITLES = {StepKind.RE_AGREED: "Agree another time", StepKind.EDITED: "Edit this commitment"}
_WORDS = {
    StepKind.RE_AGREED: "Write the time you agreed on with the customer, as you would say it.",
    StepKind.EDITED: "Mend what was misheard. The exact words of the call stay with it.",
}


def quick_times(four_today: DueRead) -> tuple[str, ...]:
    """What is offered at a press; ``four_today`` is ``FOUR_TODAY`` as it is understood now.

    Nothing that is over, and near the weekend the Monday after it.
    """
    due = four_today.due
    day = due.weekday() if isinstance(due, dt.datetime) else 0
    later = "Monday" if _THURSDAY <= day <= _SATURDAY else "Friday"
    soon = (_TOMORROW, "Tomorrow 16:00") if four_today.passed else (FOUR_TODAY, _TOMORROW)
    return (*soon, later, _NEXT_WEEK)


class EditDialog(PlainDialog):
    """``due_asked(words)`` when the typing pauses, ``save_wanted(action, due)``; the caller answers both."""

    is_written_in = True

    due_asked = Signal(str)
    save_wanted = Signal(str, object)

    def __init__(
        self, followed: Followed, kind: StepKind, quick: Sequence[str], parent: QWidget | None = None
    ) -> None:
        super().__init__(_TITLES[kind], _WORDS[kind], parent)
        self.followed, self.kind = followed, kind
        self.quick_buttons = [QPushButton(words) for words in quick]
        made = current(followed)
        self._before, self._due = write_due(here(made.due, followed.said_at)), made.due
        self._read = True
        self.action_field, self.due_field = QLineEdit(made.action), QLineEdit(self._before)
        self.due_field.setPlaceholderText("Thursday at two · 3 December · tomorrow morning")
        self.read_label = Label()
        self.read_label.setWordWrap(True)
        set_role(self.read_label, "muted")
        self._lay_out()
        self.cancel_button = self.add_button(text.CANCEL)
        self.cancel_button.clicked.connect(self.reject)
        self.save_button = self.add_button("Save", "primary")
        self.save_button.clicked.connect(self._save)
        self.timer = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self.timer.timeout.connect(lambda: self.due_asked.emit(self.due_field.text()))
        self.due_field.textEdited.connect(self._edited)
        self.action_field.textChanged.connect(lambda _words: self._offer())
        if kind is StepKind.RE_AGREED:
            self.due_field.selectAll()
            self.due_field.setFocus()
        self._show_before()
        self._offer()

    def _lay_out(self) -> None:
        for field, label in ((self.action_field, "&What is to be done"), (self.due_field, "By &when")):
            named = Label(label)
            named.setBuddy(field)
            set_role(named, "strong")
            field.setAccessibleName(label.replace("&", ""))
            pair = QVBoxLayout()
            pair.setSpacing(SPACE_1)
            pair.addWidget(named)
            pair.addWidget(field)
            self.body.addLayout(pair)
        quick = QHBoxLayout()
        quick.setSpacing(SPACE_2)
        for button in self.quick_buttons:
            button.setAutoDefault(False)
            set_role(button, "small")
            button.clicked.connect(partial(self._write_quick, button))
            quick.addWidget(button)
        quick.addStretch(1)
        self.body.addLayout(quick)
        self.body.addWidget(self.read_label)

    def _write_quick(self, button: QPushButton, _on: bool = False) -> None:
        self.write(button.text())

    def write(self, words: str) -> None:
        """As if it were typed."""
        self.due_field.setText(words)
        self._edited()

    def show_read(self, words: str, read: DueRead) -> None:
        """What ``words`` were understood as; words that were changed meanwhile are asked about again."""
        if words != self.due_field.text():
            return
        self._due, self._read = read.due, True
        if self.kind is StepKind.RE_AGREED and read.due == current(self.followed).due:
            self._show_before()
        else:
            self._show_read(read)
        self._offer()

    def refuse_due(self, words: str, message: str) -> None:
        if words == self.due_field.text():
            self._say(message, "danger")

    def refuse(self, message: str) -> None:
        """It could not be kept; nothing typed is lost."""
        self.show_error(message)
        self._offer()

    def _show_before(self) -> None:
        """The time as it was, which is no other one to agree on."""
        due = current(self.followed).due
        if self.kind is StepKind.RE_AGREED and due is not None:
            self._say(f"Until now: {self._shown(due)}", "muted")
        else:
            self._show_read(DueRead(due))

    def _show_read(self, read: DueRead) -> None:
        if read.due is None:
            self._say("No time.", "muted")
            return
        shown = self._shown(read.due)
        if read.passed:
            self._say(f"{shown}: that is over already.", "flag")
        else:
            self._say(shown, "accent")

    def _shown(self, due: Due) -> str:
        said_at = self.followed.said_at
        return near_due_text(here(due, said_at), beside=said_at.date())

    def _say(self, words: str, role: str) -> None:
        self.read_label.setText(words)
        set_role(self.read_label, role)
        announce(self.read_label, words)
        self.fit()

    def _edited(self) -> None:
        self.error_label.hide()
        if self.due_field.text() == self._before:
            self.timer.stop()
            self._due, self._read = current(self.followed).due, True
            self._show_before()
        else:
            self._read = False
            self.timer.start()
        self._offer()

    def _offer(self) -> None:
        due: Due = self._due
        missing = self.kind is StepKind.RE_AGREED and due in (None, current(self.followed).due)
        self.save_button.setEnabled(self._read and bool(self.action_field.text().strip()) and not missing)

    def _save(self) -> None:
        self.save_button.setEnabled(False)
        self.save_wanted.emit(self.action_field.text().strip(), self._due)
