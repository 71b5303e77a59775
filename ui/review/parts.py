"""What the pages beside the transcript share."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ui.look.theme import SPACE_2, SPACE_3, SPACE_4, set_role
from ui.parts.label import Label


def card(frame: QFrame) -> QVBoxLayout:
    """The column inside a card."""
    column = QVBoxLayout(frame)
    column.setContentsMargins(SPACE_4, SPACE_3, SPACE_4, SPACE_3)
    column.setSpacing(SPACE_2)
    return column


def label(words: str, role: str = "", wrap: bool = True) -> QLabel:
    made = Label(words)
    made.setWordWrap(wrap)
    if role:
        set_role(made, role)
    return made


def quoted(words: str) -> QLabel:
    return label(f"“{words}”", "muted")


def row(*widgets: QWidget, stretch: int) -> QHBoxLayout:
    """Side by side; the widget at ``stretch`` takes the free room."""
    made = QHBoxLayout()
    made.setSpacing(SPACE_2)
    for place, widget in enumerate(widgets):
        made.addWidget(widget, 1 if place == stretch else 0)
    return made


def boxed(layout: QHBoxLayout) -> QWidget:
    """A row as a widget, so that it goes when the page is emptied."""
    made = QWidget()
    layout.setContentsMargins(0, 0, 0, 0)
    made.setLayout(layout)
    return made
