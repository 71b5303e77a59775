"""The way to have keys on this system, or why there is none."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtGui import QGuiApplication

from ui.display import on_wayland
from ui.keys.grabber import Grabber, Pressed, Told
from ui.keys.nameplate import put_up

log = logging.getLogger(__name__)

NO_LIBRARY = (
    "The library that these keys need is not installed ({library}). Install it, then start Sameside again. "
    "Everything works with the mouse and in the window all the same."
)
NO_DISPLAY = "These keys need a desktop: there is none here."
NO_BUS = (
    "On Wayland these keys are the desktop's to give, and it cannot be asked: there is no session bus. "
    "Everything works with the mouse and in the window all the same."
)

Maker = Callable[[Pressed, Told], Grabber | str]
"""Gives the keys, or a sentence that says why there are none."""


def make_grabber(pressed: Pressed, told: Told) -> Grabber | str:
    """The grabber for this desktop, or why there is none.

    On Wayland also where Qt draws by way of X11: keys taken there would work in windows of X11 alone.
    """
    makers: dict[str, Maker] = {"xcb": _x11, "wayland": _wayland, "windows": _windows, "cocoa": _macos}
    platform = "wayland" if on_wayland() else QGuiApplication.platformName()
    return makers[platform](pressed, told) if platform in makers else NO_DISPLAY


def _wayland(pressed: Pressed, told: Told) -> Grabber | str:
    try:
        from ui.keys.portal import PortalKeys
    except ImportError:
        return NO_LIBRARY.format(library="jeepney")
    put_up(Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericDataLocation)))
    try:
        return PortalKeys(pressed, told)
    except OSError as error:
        log.warning("no keys: %s", error)
        return NO_BUS


def _x11(pressed: Pressed, _told: Told) -> Grabber | str:
    try:
        from Xlib.error import DisplayError

        from ui.keys.x11 import X11Keys
    except ImportError:
        return NO_LIBRARY.format(library="python-xlib")
    try:
        return X11Keys(pressed)
    except (DisplayError, OSError) as error:
        log.warning("no keys: %s", error)
        return NO_DISPLAY


def _windows(pressed: Pressed, _told: Told) -> Grabber | str:
    from ui.keys.windows import WindowsKeys, user32

    return WindowsKeys(pressed, user32())


def _macos(pressed: Pressed, _told: Told) -> Grabber | str:
    try:
        from ui.keys.macos import MacKeys
    except ImportError:
        return NO_LIBRARY.format(library="quickmachotkey")
    return MacKeys(pressed)
