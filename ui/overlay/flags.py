"""What kind of window the overlay is."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

_EVERYWHERE = (
    Qt.WindowType.Tool
    | Qt.WindowType.FramelessWindowHint
    | Qt.WindowType.WindowStaysOnTopHint
    | Qt.WindowType.WindowDoesNotAcceptFocus
    | Qt.WindowType.NoDropShadowWindowHint
)


def window_flags() -> Qt.WindowType:
    """On top, never focused, no task of its own.

    On X11 the window manager is passed by as well: it would put full-screen windows over the overlay.
    """
    x11 = QGuiApplication.platformName() == "xcb"
    return _EVERYWHERE | Qt.WindowType.X11BypassWindowManagerHint if x11 else _EVERYWHERE
