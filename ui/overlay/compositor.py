"""Whether the desktop blends translucent windows; where it does not, corners are cut by a mask instead."""

from __future__ import annotations

import ctypes
from functools import cache

from PySide6.QtGui import QGuiApplication


def blends_windows() -> bool:
    """True on every system but X11 without a compositing manager."""
    return QGuiApplication.platformName() != "xcb" or _x11_compositor_runs()


@cache
def _x11_compositor_runs() -> bool:
    # Qt 6 keeps this answer to itself; a compositing manager owns the selection _NET_WM_CM_Sn.
    try:
        x11 = ctypes.CDLL("libX11.so.6")
    except OSError:
        return False
    x11.XOpenDisplay.restype = ctypes.c_void_p
    x11.XInternAtom.restype = ctypes.c_ulong
    x11.XGetSelectionOwner.restype = ctypes.c_ulong
    x11.XInternAtom.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int]
    x11.XGetSelectionOwner.argtypes = [ctypes.c_void_p, ctypes.c_ulong]
    x11.XDefaultScreen.argtypes = [ctypes.c_void_p]
    x11.XCloseDisplay.argtypes = [ctypes.c_void_p]
    display = x11.XOpenDisplay(None)
    if not display:
        return False
    try:
        atom = x11.XInternAtom(display, f"_NET_WM_CM_S{x11.XDefaultScreen(display)}".encode(), False)
        return bool(x11.XGetSelectionOwner(display, atom))
    finally:
        x11.XCloseDisplay(display)
