"""What the dialogs share: a title, plain words, a place for a message, and their buttons at the bottom."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui.look.theme import SPACE_3, SPACE_4, SPACE_6, icon_pixmap, set_role
from ui.look.themed import follow_theme
from ui.parts.announce import announce
from ui.parts.label import Label

WIDTH = 520


class PlainDialog(QDialog):
    """Opened with ``open()``: nothing waits for it, its answer is a signal."""

    def __init__(self, title: str, words: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFixedWidth(WIDTH)
        heading = Label(title)
        heading.setWordWrap(True)
        set_role(heading, "title")
        self.words_label = Label(words)
        self.words_label.setWordWrap(True)
        self.error_label = Label()
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
        announce(self.error_label, message)
        self.fit()

    def fit(self) -> None:
        """Take the height of what is shown now: wrapped words are otherwise squeezed into the old one."""
        self.layout().activate()
        # Not adjustSize(), which takes no more than two thirds of the screen and squeezes the words instead.
        room = self.screen().availableGeometry().height()
        self.resize(WIDTH, min(room, self.layout().totalHeightForWidth(WIDTH)))


def points_card(points: Sequence[tuple[str, str, str]]) -> QFrame:
    """A card with one row a point: a sign, a heading, and what it means."""
    card = QFrame()
    set_role(card, "card")
    rows = QVBoxLayout(card)
    rows.setContentsMargins(SPACE_4, SPACE_4, SPACE_4, SPACE_4)
    rows.setSpacing(SPACE_3)
    for sign, title, words in points:
        rows.addLayout(_point(card, sign, title, words))
    return card


def _point(card: QFrame, sign: str, title: str, words: str) -> QHBoxLayout:
    picture, heading, explained = Label(), Label(title), Label(words)
    follow_theme(
        picture,
        lambda theme: picture.setPixmap(
            icon_pixmap(sign, theme.colours.accent, 20, card.devicePixelRatioF())
        ),
    )
    set_role(heading, "strong")
    set_role(explained, "muted")
    explained.setWordWrap(True)
    column = QVBoxLayout()
    column.setSpacing(0)
    column.addWidget(heading)
    column.addWidget(explained)
    row = QHBoxLayout()
    row.setSpacing(SPACE_3)
    row.addWidget(picture)
    row.addLayout(column, 1)
    return row
