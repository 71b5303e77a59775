"""What the dialogs share: a title, plain words, a place for a message, and their buttons at the bottom."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ui.look.theme import SPACE_1, SPACE_3, SPACE_4, SPACE_6, icon_pixmap, set_role
from ui.look.themed import follow_theme
from ui.parts.announce import announce
from ui.parts.label import Label
from ui.parts.room import room_for

WIDTH = 520
_LEAST_PX = 96


class PlainDialog(QDialog):
    """Opened with ``open()``: nothing waits for it, its answer is a signal."""

    is_written_in = False
    """What is typed in it is work, not to be lost by closing the app."""

    def __init__(self, title: str, words: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._first_words: list[str] | None = None
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFixedWidth(WIDTH)
        self.heading = heading = Label(title)
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
        self._scroller = _Reading()
        inner = QVBoxLayout(self._scroller.widget())
        inner.setContentsMargins(SPACE_6, SPACE_6, SPACE_6, SPACE_1)
        inner.setSpacing(SPACE_4)
        inner.addWidget(heading)
        inner.addWidget(self.words_label)
        inner.addLayout(self.body)
        below = QVBoxLayout()
        below.setContentsMargins(SPACE_6, SPACE_3, SPACE_6, SPACE_6)
        below.setSpacing(SPACE_4)
        below.addWidget(self.error_label)
        below.addLayout(self.buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._scroller, 1)
        column.addLayout(below)

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

    def has_unsaved_words(self) -> bool:
        return self.is_written_in and self._first_words not in (None, self._typed())

    def _typed(self) -> list[str]:
        lines = [field.text() for field in self.findChildren(QLineEdit)]
        return lines + [field.toPlainText() for field in self.findChildren(QPlainTextEdit)]

    def fit(self) -> None:
        """Take the height of what is shown now; on a lower screen the words scroll above the buttons."""
        self._scroller.take_in()
        layout, width = self.layout(), self.maximumWidth()
        layout.activate()
        # Not adjustSize(), which takes no more than two thirds of the screen.
        wraps = layout.hasHeightForWidth()
        wanted = layout.totalHeightForWidth(width) if wraps else layout.totalSizeHint().height()
        self.resize(width, min(room_for(self).height(), wanted))

    def showEvent(self, event: QShowEvent) -> None:
        if not self.testAttribute(Qt.WidgetAttribute.WA_Resized):
            self.fit()
        if self._first_words is None:
            self._first_words = self._typed()
        super().showEvent(event)


class _Reading(QScrollArea):
    """Wants the height its words take in a dialog of fixed width. With less they scroll, by keys too."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("What this window says")
        self.setWidget(QWidget())

    def take_in(self) -> None:
        self.widget().layout().invalidate()
        self.widget().layout().activate()
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        width = self.window().maximumWidth()
        return QSize(width, self.widget().layout().totalHeightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, _LEAST_PX)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        scrolls = self.sizeHint().height() > self.height() + 1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if scrolls else Qt.FocusPolicy.NoFocus)


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
