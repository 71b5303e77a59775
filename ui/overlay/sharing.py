"""Keeping the overlay out of what others see: screen sharing, recordings and screenshots."""

from __future__ import annotations

import ctypes
import logging
import sys
from typing import Any

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

log = logging.getLogger(__name__)

_WDA_NONE = 0x00
_WDA_EXCLUDE_FROM_CAPTURE = 0x11
"""Windows 10 2004 and later leave the window out. Earlier ones refuse it, and the window stays as it was."""
_SHARING_NONE, _SHARING_READ_ONLY = 0, 1
"""``NSWindowSharingType``."""

CAN_HIDE, CANNOT_HIDE, MAY_HIDE = "can", "cannot", "may"

WORDS = {
    CAN_HIDE: "Others do not see the overlay when you share your screen or record it.",
    MAY_HIDE: (
        "macOS leaves the overlay out of older ways of sharing only. Programs that record the screen in the "
        "new way may show it: look once, in a call with a colleague."
    ),
    CANNOT_HIDE: (
        "This system cannot keep a window out of screen sharing. When you share, share a single window, "
        "not the whole screen, and nobody sees the overlay."
    ),
}
"""What to tell about this system, for each answer of ``ability``."""


def ability(platform: str = sys.platform) -> str:
    """``CAN_HIDE``, ``MAY_HIDE`` or ``CANNOT_HIDE``: whether this system can hide one window."""
    if platform == "win32":
        return CAN_HIDE
    if platform == "darwin":
        return MAY_HIDE if _appkit() is not None else CANNOT_HIDE
    return CANNOT_HIDE


def hide_from_sharing(window: QWidget, hidden: bool) -> bool:
    """Keep a top-level window out of screen sharing, or let it in again; whether the system took it.

    To be said again whenever the window got a new handle.
    """
    name = QGuiApplication.platformName()
    if name == "windows":
        return set_affinity(_user32(), int(window.winId()), hidden)
    if name == "cocoa":
        return _set_sharing_type(int(window.winId()), hidden)
    return False


def set_affinity(user32: Any, handle: int, hidden: bool) -> bool:
    """``SetWindowDisplayAffinity`` of ``user32.dll``; false where Windows is too old for it."""
    wanted = _WDA_EXCLUDE_FROM_CAPTURE if hidden else _WDA_NONE
    done = bool(user32.SetWindowDisplayAffinity(ctypes.c_void_p(handle), ctypes.c_uint32(wanted)))
    if not done:
        log.info("Windows did not take display affinity %#x", wanted)
    return done


def _user32() -> Any:
    return ctypes.WinDLL("user32", use_last_error=True)  # type: ignore[attr-defined,unused-ignore]


def _appkit() -> Any:
    try:
        import objc
    except ImportError:
        return None
    return objc


def _set_sharing_type(view_id: int, hidden: bool) -> bool:
    objc = _appkit()
    if objc is None:
        return False
    view = objc.objc_object(c_void_p=view_id)
    view.window().setSharingType_(_SHARING_NONE if hidden else _SHARING_READ_ONLY)
    return True
