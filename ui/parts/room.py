"""How much room a window has on its screen."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

ROOM_FOR_FRAME = QSize(16, 48)
"""What a window manager may add around a window; Qt cannot tell before it is shown."""


def room_for(window: QWidget) -> QSize:
    """The largest size it may have, wholly on its screen with its frame."""
    return window.screen().availableGeometry().size() - ROOM_FOR_FRAME


def fit_the_screen(window: QWidget, first: QSize, smallest: QSize) -> None:
    """Open at ``first``, never smaller than ``smallest``; either only as far as the screen has room."""
    room = room_for(window)
    window.setMinimumSize(smallest.boundedTo(room))
    window.resize(first.boundedTo(room))
