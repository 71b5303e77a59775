"""How windows reach the screen on Linux: on Wayland too by way of X11 where that can be had.

Wayland lets no program place its windows or keep them on top, and an overlay is nothing without; Xwayland
does, see docs/decisions/0019-wayland.md.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping

from PySide6.QtGui import QGuiApplication

_X11_FIRST = "xcb;wayland"
"""Qt takes the first that works: Xwayland may be there and a library that Qt needs for it may not."""


def platform_arguments(environ: Mapping[str, str] = os.environ, system: str = sys.platform) -> list[str]:
    """Arguments for Qt that say how to draw; none where Qt's own choice is right, or the user has made it."""
    chosen = environ.get("QT_QPA_PLATFORM")
    both = environ.get("WAYLAND_DISPLAY") and environ.get("DISPLAY")
    return ["-platform", _X11_FIRST] if system == "linux" and both and not chosen else []


def draws_on_wayland() -> bool:
    """Whether windows are Wayland's own, which stand where the desktop puts them."""
    return QGuiApplication.platformName().startswith("wayland")


def on_wayland(environ: Mapping[str, str] = os.environ) -> bool:
    """Whether the desktop is Wayland, however Qt draws."""
    by_x11 = QGuiApplication.platformName() == "xcb" and bool(environ.get("WAYLAND_DISPLAY"))
    return draws_on_wayland() or by_x11
