"""Notifications asked of the desktop itself over D-Bus: GNOME shows them, and has no tray to do it."""

from __future__ import annotations

import html
import logging
from collections.abc import Callable
from typing import Any

from jeepney import DBusAddress, MatchRule
from PySide6.QtCore import QObject, Signal

from coach.resources import asset
from ui import text
from ui.keys.bus import Bus

log = logging.getLogger(__name__)

NAME, PATH = "org.freedesktop.Notifications", "/org/freedesktop/Notifications"
_DESKTOP = DBusAddress(PATH, NAME, NAME)
_ARGUMENTS = "susssasa{sv}i"
_OPEN = "default"
"""The action of a click on the notification itself."""
_LATER = "later"


class DesktopNotes(QObject):
    """``clicked`` when one of ours was clicked, ``later`` when its button was, each with what it is about.

    Nothing is opened before the first notification.
    """

    clicked = Signal(object)
    later = Signal(object)

    def __init__(self, entry: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entry = entry
        self._bus: Bus | None = None
        self._shown: dict[int, object] = {}
        """What each is about, by the number the desktop gave it."""

    def tell(
        self,
        title: str,
        words: str,
        shown_ms: int,
        lost: Callable[[], None],
        later: str = "",
        about: object = None,
    ) -> bool:
        """Ask for it; false where there is no session bus. ``lost`` is called where nobody shows it.

        ``later`` names a button beside it, where the desktop shows buttons.
        """
        bus = self._open()
        if bus is None:
            return False
        # Some desktops take the words for markup, and none of ours is.
        body = html.escape(words, quote=False)
        hints = {"desktop-entry": ("s", self._entry), "urgency": ("y", 1)}
        actions = [_OPEN, text.OPEN_WINDOW, *((_LATER, later) if later else ())]
        # By name only where an icon of that name is installed; the file is there in any case.
        picture = asset("icons", "logo.svg").as_uri()
        asked = (text.PRODUCT, 0, picture, title, body, actions, hints, shown_ms)

        def failed(error: str) -> None:
            log.info("no notification: %s", error)
            lost()

        def shown(reply: tuple[Any, ...]) -> None:
            self._shown[reply[0]] = about

        bus.call(_DESKTOP, "Notify", _ARGUMENTS, asked, shown, failed)
        return True

    def close(self) -> None:
        bus, self._bus = self._bus, None
        if bus is not None:
            bus.close()

    def _open(self) -> Bus | None:
        if self._bus is None:
            try:
                self._bus = Bus(self._hear, self._lose, self)
            except OSError as error:
                log.info("no notification: %s", error)
                return None
            self._bus.listen(MatchRule(type="signal", interface=NAME, path=PATH))
        return self._bus

    def _hear(self, _path: str, name: str, body: tuple[Any, ...]) -> None:
        if name == f"{NAME}.ActionInvoked" and body[0] in self._shown:
            if body[1] == _OPEN:
                self.clicked.emit(self._shown[body[0]])
            elif body[1] == _LATER:
                self.later.emit(self._shown[body[0]])
        elif name == f"{NAME}.NotificationClosed":
            self._shown.pop(body[0], None)

    def _lose(self) -> None:
        bus, self._bus = self._bus, None
        if bus is not None:
            bus.deleteLater()
        self._shown.clear()
