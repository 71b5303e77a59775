"""What the pages of the settings share: cards with a heading, and choices with a line that explains them."""

from __future__ import annotations

from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QRadioButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from coach.settings import SET_BY, Section
from ui.look.theme import SPACE_1, SPACE_3, SPACE_4, SPACE_5, set_role
from ui.parts.flow import Flow
from ui.parts.label import Label

_WIDEST_BOX = 380
INDENT = 32
"""Where the words of a radio button or a check box begin, in pixels."""


class SettingsPage(QWidget):
    """A title over cards, one under the other."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = title
        self.setAccessibleName(title)
        heading = Label(title)
        set_role(heading, "title")
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(SPACE_1, SPACE_1, SPACE_4, SPACE_1)
        self.column.setSpacing(SPACE_4)
        self.column.addWidget(heading)
        self.column.addStretch(1)

    def add_card(self, heading: str, words: str = "") -> QVBoxLayout:
        """A card at the end of the page; fill the layout it returns."""
        card = QFrame()
        set_role(card, "card")
        inner = QVBoxLayout(card)
        inner.setContentsMargins(SPACE_5, SPACE_4, SPACE_5, SPACE_4)
        inner.setSpacing(SPACE_3)
        top = wrapped(heading, "strong")
        head = QVBoxLayout()
        head.setSpacing(SPACE_1)
        head.addWidget(top)
        if words:
            head.addWidget(wrapped(words, "muted"))
        inner.addLayout(head)
        self.column.insertWidget(self.column.count() - 1, card)
        return inner


def wrapped(words: str, role: str) -> QLabel:
    label = Label(words)
    label.setWordWrap(True)
    set_role(label, role)
    return label


def explained(button: QAbstractButton, words: str) -> QVBoxLayout:
    """A choice and, under it, the line that says what it does; a screen reader hears both."""
    button.setAccessibleDescription(words)
    line = wrapped(words, "muted")
    line.setContentsMargins(INDENT, 0, 0, 0)
    column = QVBoxLayout()
    column.setSpacing(0)
    column.addWidget(button)
    column.addWidget(line)
    return column


def spread(box: QComboBox) -> None:
    """Take the room there is, not that of the longest entry, which may be wider than the page."""
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(8)
    box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    box.setMaximumWidth(_WIDEST_BOX)


def laid_down(settings: Section, name: str, *fields: QWidget) -> QLabel:
    """The line that says so where the organisation laid ``name`` down: ``fields`` show it and are off."""
    line = wrapped(SET_BY, "caption")
    if not settings.is_laid_down(name):
        line.hide()
    else:
        # Not shown here: without its page yet, it would be a window of its own for a moment.
        for field in fields:
            field.setEnabled(False)
            field.setAccessibleDescription(f"{SET_BY} {field.accessibleDescription()}".strip())
        line.setContentsMargins(INDENT if isinstance(fields[0], QCheckBox | QRadioButton) else 0, 0, 0, 0)
    return line


def labelled(words: str, field: QWidget) -> QHBoxLayout:
    """A field with its name before it."""
    name = Label(words)
    name.setBuddy(field)
    field.setAccessibleName(words.replace("&", ""))
    row = QHBoxLayout()
    row.setSpacing(SPACE_3)
    row.addWidget(name)
    row.addWidget(field, 1)
    row.addStretch(0)
    return row


def button_row(*buttons: QAbstractButton) -> Flow:
    return Flow(*buttons)
