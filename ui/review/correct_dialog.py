"""Misheard words of a turn are put right: the turn's words, with the one that was chosen selected."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from coach.calls.words import Span
from coach.events import Turn
from ui import text
from ui.dialogs.frame import PlainDialog

_WORDS = (
    "Write what you really said. Flags, commitments and the summary follow, and what was heard at first "
    "is kept beside it."
)


class CorrectDialog(PlainDialog):
    """``offered`` with the new words. Enter keeps them: a turn is one line, however long."""

    is_written_in = True

    offered = Signal(str)

    def __init__(self, turn: Turn, word: Span | None, parent: QWidget | None = None) -> None:
        super().__init__("Correct words", _WORDS, parent)
        self._before = turn.text
        self.field = QPlainTextEdit(turn.text)
        self.field.setAccessibleName("Words of the turn")
        self.field.setTabChangesFocus(True)
        self.field.setFixedHeight(128)
        self.field.installEventFilter(self)
        self.body.addWidget(self.field)
        if word is not None:
            cursor = self.field.textCursor()
            cursor.setPosition(word.start)
            cursor.setPosition(word.end, QTextCursor.MoveMode.KeepAnchor)
            self.field.setTextCursor(cursor)
        self.cancel_button = self.add_button(text.CANCEL)
        self.ok_button = self.add_button("Correct", "primary")
        self.cancel_button.clicked.connect(self.reject)
        self.ok_button.clicked.connect(self._offer)
        self.field.setFocus()

    def refuse(self, message: str) -> None:
        self.show_error(message)
        self.ok_button.setEnabled(True)
        self.field.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        enter = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in enter:
            self._offer()
            return True
        return super().eventFilter(watched, event)

    def _offer(self) -> None:
        if not self.ok_button.isEnabled():
            # Enter once more, or held, while it is being kept.
            return
        words = " ".join(self.field.toPlainText().split())
        if words == " ".join(self._before.split()):
            self.reject()
            return
        self.ok_button.setEnabled(False)
        self.offered.emit(words)
