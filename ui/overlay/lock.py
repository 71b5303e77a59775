"""Letting every click through to the window beneath, and taking clicks again."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication, QWindow
from PySide6.QtWidgets import QWidget

_FLAG = Qt.WindowType.WindowTransparentForInput


class ClickLock(QObject):
    """The lock of one top-level ``window``. Two habits of X11 make it more than a flag:

    - some window managers look at a window's input shape only when it changes while shown,
    - Qt leaves the input shape of the moment behind when the flag goes, whatever size comes later.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._locked = False
        window.installEventFilter(self)

    @property
    def locked(self) -> bool:
        return self._locked

    def set_locked(self, locked: bool) -> None:
        if locked == self._locked:
            return
        self._locked = locked
        window = self._window
        flags = window.windowFlags()
        window.overrideWindowFlags(flags | _FLAG if locked else flags & ~_FLAG)
        handle = window.windowHandle()
        if handle is not None:
            handle.setFlag(_FLAG, locked)
            if not locked and QGuiApplication.platformName() == "xcb":
                self._renew()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._locked and isinstance(watched, QWindow) and event.type() == QEvent.Type.Expose:
            watched.removeEventFilter(self)
            watched.setFlag(_FLAG, False)
            watched.setFlag(_FLAG, True)
        if self._locked and watched is self._window and event.type() == QEvent.Type.Show:
            self._window.windowHandle().installEventFilter(self)
        return super().eventFilter(watched, event)

    def _renew(self) -> None:
        shown = self._window.isVisible()
        self._window.hide()
        self._window.destroy()
        self._window.setVisible(shown)
