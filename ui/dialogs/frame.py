"""What the dialogs share: a title, plain words, a place for a message, and their buttons at the bottom."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui.theme import SPACE_3, SPACE_4, SPACE_6, set_role

WIDTH = 520


class PlainDialog(QDialog):
    """Opened with ``open()``: nothing waits for it, its answer is a signal."""

    def __init__(self, title: str, words: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFixedWidth(WIDTH)
        heading = QLabel(title)
        heading.setWordWrap(True)
        set_role(heading, "title")
        self.words_label = QLabel(words)
        self.words_label.setWordWrap(True)
        self.error_label = QLabel()
        self.error_label.setWordWrap(True)
        set_role(self.error_label, "danger")
        self.error_label.hide()
        self.body = QVBoxLayout()
        self.body.setSpacing(SPACE_3)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(SPACE_3)
        self.buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_6, SPACE_6, SPACE_6, SPACE_6)
        column.setSpacing(SPACE_4)
        column.addWidget(heading)
        column.addWidget(self.words_label)
        column.addLayout(self.body)
        column.addWidget(self.error_label)
        column.addSpacing(SPACE_3)
        column.addLayout(self.buttons)

    def add_button(self, label: str, role: str = "") -> QPushButton:
        button = QPushButton(label)
        button.setAutoDefault(role == "primary")
        button.setDefault(role == "primary")
        if role:
            set_role(button, role)
        self.buttons.addWidget(button)
        return button

    def show_error(self, message: str) -> None:
        """Say what is wrong inside the dialog, and to a screen reader."""
        self.error_label.setText(message)
        self.error_label.setAccessibleName(message)
        self.error_label.show()
