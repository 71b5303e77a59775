"""Editing a commitment where it stands in a summary: what, by when, and a comment on its line."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from coach.commitments.due_field import write_due
from coach.commitments.lifecycle import mended
from coach.values.follow_up import DueRead, Followed, StepKind
from coach.values.revisions import ShownLine
from ui.commitments.edit import EditDialog
from ui.commitments.words import here
from ui.look.theme import set_role
from ui.parts.label import Label
from ui.summary.revise_dialogs import area, labelled


class PromiseDialog(EditDialog):
    """What is saved is kept with the commitment itself, so that it reads so wherever it is shown."""

    def __init__(
        self, line: ShownLine, followed: Followed, quick: Sequence[str], parent: QWidget | None = None
    ) -> None:
        super().__init__(followed, StepKind.EDITED, quick, parent)
        self.words_label.setText(
            "It changes in Commitments, reminders and exports too. Whoever you share the summary with sees "
            "that you edited it, and how it read before."
        )
        self.quote = Label(f"“{line.own.evidence}”")
        self.quote.setWordWrap(True)
        set_role(self.quote, "muted")
        self.body.insertWidget(0, self.quote)
        self.comment_edit = area(line.comment)
        labelled(self.body, "Your &comment", self.comment_edit)
        self.original_button = self.add_button("As it was heard")
        self.original_button.clicked.connect(self._restore)
        self.buttons.removeWidget(self.original_button)
        self.buttons.insertWidget(0, self.original_button)
        self.original_button.setEnabled(mended(followed) != followed.heard)
        self.action_field.setFocus()
        self.fit()

    @property
    def comment(self) -> str:
        return self.comment_edit.toPlainText().strip()

    def _restore(self) -> None:
        heard = self.followed.heard
        self.action_field.setText(heard.action)
        self.due_field.setText(write_due(here(heard.due, self.followed.said_at)))
        self.timer.stop()
        self._due, self._read = heard.due, True
        self._show_read(DueRead(heard.due))
        self._offer()
