"""Changing how a line of a summary reads, and saying something about it or about the whole call."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from coach.values.revisions import LineRevision, ShownLine
from ui import text
from ui.dialogs.frame import PlainDialog
from ui.look.theme import SPACE_1, set_role
from ui.parts.label import Label

_AREA_PX = 92


class LineDialog(PlainDialog):
    """``revised(LineRevision)`` when saved. What was said cannot be edited, only what is said of it."""

    is_written_in = True

    revised = Signal(object)

    def __init__(self, line: ShownLine, parent: QWidget | None = None) -> None:
        words = "Whoever you share the summary with sees that you edited the line, and how it read before."
        super().__init__("Edit this line", words, parent)
        self._line = line
        self.quote = Label(f"“{line.own.evidence}”")
        self.quote.setWordWrap(True)
        set_role(self.quote, "muted")
        self.body.addWidget(self.quote)
        self.text_edit = QLineEdit(line.text)
        self.detail_edit = QLineEdit(line.detail)
        self.comment_edit = area(line.comment)
        labelled(self.body, "&Line", self.text_edit)
        labelled(self.body, "&Detail", self.detail_edit)
        labelled(self.body, "Your &comment", self.comment_edit)
        self.original_button = self.add_button("As it was written")
        self.original_button.clicked.connect(self._restore)
        self.buttons.insertStretch(self.buttons.count(), 1)
        self.cancel_button = self.add_button(text.CANCEL)
        self.cancel_button.clicked.connect(self.reject)
        self.save_button = self.add_button("Save", "primary")
        self.save_button.clicked.connect(self._save)
        self.buttons.takeAt(0)
        for field in (self.text_edit, self.detail_edit):
            field.textChanged.connect(self._offer)
        self._offer()
        self.text_edit.setFocus()
        save_by_key(self, self.save_button)
        self.fit()

    def _restore(self) -> None:
        self.text_edit.setText(self._line.own.text)
        self.detail_edit.setText(self._line.own.detail)

    def _offer(self) -> None:
        self.original_button.setEnabled(self._written() != (self._line.own.text, self._line.own.detail))
        self.save_button.setEnabled(bool(self.text_edit.text().strip()))

    def _written(self) -> tuple[str, str]:
        return self.text_edit.text().strip(), self.detail_edit.text().strip()

    def _save(self) -> None:
        own, comment = self._line.own, self.comment_edit.toPlainText().strip()
        words, detail = self._written()
        if (words, detail) == (own.text, own.detail):
            revision = LineRevision(comment=comment)
        else:
            revision = LineRevision(words, detail, own.text, own.detail, comment)
        self.revised.emit(revision)
        self.accept()


class CommentDialog(PlainDialog):
    """``commented(str)`` when saved; empty takes the comment away."""

    is_written_in = True

    commented = Signal(str)

    def __init__(self, comment: str, parent: QWidget | None = None) -> None:
        words = "It stands at the top of the summary, for whoever you share it with."
        super().__init__("Your comment on this call", words, parent)
        self.comment_edit = area(comment)
        self.comment_edit.setAccessibleName("Your comment on this call")
        self.body.addWidget(self.comment_edit)
        self.cancel_button = self.add_button(text.CANCEL)
        self.cancel_button.clicked.connect(self.reject)
        self.save_button = self.add_button("Save", "primary")
        self.save_button.clicked.connect(self._save)
        self.comment_edit.setFocus()
        save_by_key(self, self.save_button)
        self.fit()

    def _save(self) -> None:
        self.commented.emit(self.comment_edit.toPlainText().strip())
        self.accept()


def save_by_key(dialog: PlainDialog, button: QPushButton) -> None:
    """Ctrl+Enter, for in a field of several lines Enter begins a line."""
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        QShortcut(QKeySequence(Qt.Modifier.CTRL | key), dialog, button.click)
    button.setToolTip("Save (Ctrl+Enter)")


def area(words: str) -> QPlainTextEdit:
    area = QPlainTextEdit(words)
    area.setFixedHeight(_AREA_PX)
    area.setTabChangesFocus(True)
    return area


def labelled(body: QVBoxLayout, name: str, field: QWidget) -> None:
    label = Label(name)
    label.setBuddy(field)
    column = QVBoxLayout()
    column.setSpacing(SPACE_1)
    column.addWidget(label)
    column.addWidget(field)
    body.addLayout(column)
