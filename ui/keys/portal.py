"""Keys on Wayland: the desktop's portal is asked, and may ask the agent (docs/decisions/0010-keys.md)."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from jeepney import DBusAddress, MatchRule
from PySide6.QtCore import QKeyCombination, QObject, Qt, QTimer, Slot

from ui.keys.bus import Bus
from ui.keys.combos import ACTIONS, key_name
from ui.keys.grabber import Pressed, Told
from ui.keys.nameplate import APP_ID
from ui.text import PRODUCT

log = logging.getLogger(__name__)

_ALL_THE_SAME = "Everything works with the mouse and in the window all the same."
ASKED = "The desktop has been asked for these keys. It may show a window of its own: agree there."
NO_PORTAL = (
    "This desktop (Wayland) gives programs no keys of their own: it has no portal for them, "
    "as GNOME has since 48 and KDE Plasma since 5.27. " + _ALL_THE_SAME
)
DECLINED = (
    f"The keys were declined in the desktop's window. Tick the box again to be asked again. {_ALL_THE_SAME}"
)
REFUSED = "The desktop gave no keys ({reason}). " + _ALL_THE_SAME
TAKEN_BACK = f"The desktop has taken the keys back. Tick the box again to ask for them. {_ALL_THE_SAME}"
NOT_GIVEN = "The desktop has given this no key. Choose one in its settings."

PORTAL = "org.freedesktop.portal.Desktop"
DESKTOP = "/org/freedesktop/portal/desktop"
SHORTCUTS = DBusAddress(DESKTOP, PORTAL, "org.freedesktop.portal.GlobalShortcuts")
REGISTRY = DBusAddress(DESKTOP, PORTAL, "org.freedesktop.host.portal.Registry")
_SESSION = "org.freedesktop.portal.Session"
_REQUEST = "org.freedesktop.portal.Request"
_CONFIGURES_FROM = 2
_NAME_AGAIN_MS = 1_500
"""The desktop notices a new desktop file a moment later."""

_MODIFIERS = (
    (Qt.KeyboardModifier.ControlModifier, "CTRL"),
    (Qt.KeyboardModifier.ShiftModifier, "SHIFT"),
    (Qt.KeyboardModifier.AltModifier, "ALT"),
    (Qt.KeyboardModifier.MetaModifier, "LOGO"),
)
_AS_WRITTEN = {
    "<Control>": "Ctrl+",
    "<Primary>": "Ctrl+",
    "<Shift>": "Shift+",
    "<Alt>": "Alt+",
    "<Super>": "Super+",
}
_OK, _CANCELLED = 0, 1


def trigger(combination: QKeyCombination) -> str:
    """As the portal wants it asked for: "CTRL+SHIFT+F1" (the shortcuts specification of freedesktop.org)."""
    held = combination.keyboardModifiers()
    names = [name for modifier, name in _MODIFIERS if held & modifier]
    return "+".join([*names, key_name(combination.key())])


def readable(description: str) -> str:
    """What a desktop calls a key, without the ways of single desktops: "Press <Control>F1" is "Ctrl+F1"."""
    words = description.strip().removeprefix("Press ")
    for written, shown in _AS_WRITTEN.items():
        words = words.replace(written, shown)
    return words


class PortalKeys(QObject):
    """``DesktopKeys`` of the portal. Raises ``OSError`` where there is no session bus.

    A session's keys can be asked for once only: other keys mean another session. Nothing here waits.
    """

    def __init__(self, pressed: Pressed, told: Told, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pressed = pressed
        self._told = told
        self.why_off = ASKED
        self.given: dict[str, str] = {}
        self.can_configure = False
        self._wanted: dict[str, QKeyCombination] = {}
        self._session = ""
        self._open = self._named_twice = False
        self._number = 0
        self._requests: dict[str, Callable[[int, Mapping[str, Any]], None]] = {}
        self._bus = Bus(self._heard, partial(self._off, TAKEN_BACK), self)
        self._again = QTimer(self, singleShot=True, interval=_NAME_AGAIN_MS)
        self._again.timeout.connect(self._name)
        self._bus.listen(MatchRule(type="signal", sender=PORTAL))
        owner = MatchRule(type="signal", sender="org.freedesktop.DBus", member="NameOwnerChanged")
        owner.add_arg_condition(0, PORTAL)
        self._bus.listen(owner)
        self._name()

    def bind(self, combos: Mapping[str, QKeyCombination]) -> dict[str, str]:
        if dict(combos) != self._wanted:
            self._wanted = dict(combos)
            self._ask()
        if self.why_off:
            return {}
        return {name: NOT_GIVEN for name in self._wanted if not self.given.get(name)}

    def configure(self) -> None:
        if self.can_configure and self._session:
            self._bus.call(SHORTCUTS, "ConfigureShortcuts", "osa{sv}", (self._session, "", {}))

    def close(self) -> None:
        self._again.stop()
        self._let_go()
        self._bus.close()

    @Slot()
    def _name(self) -> None:
        """Say who asks; a portal before 1.19 knows no names, and one since 1.21 refuses those without."""
        self._bus.call(REGISTRY, "Register", "sa{sv}", (APP_ID, {}), lambda _: self._look(), self._not_named)

    def _not_named(self, error: str) -> None:
        log.info("the portal takes no name: %s", error)
        if "not found" in error and not self._named_twice:
            self._named_twice = True
            self._again.start()
        else:
            self._look()

    def _look(self) -> None:
        self._bus.get(SHORTCUTS, "version", self._found, lambda _error: self._off(NO_PORTAL))

    def _found(self, version: tuple[int]) -> None:
        self._open = True
        self.can_configure = version[0] >= _CONFIGURES_FROM
        self._ask()

    def _ask(self) -> None:
        """A new session for what is wanted now."""
        self._let_go()
        if not self._open:
            return
        self._set_off(ASKED if self._wanted else "")
        if not self._wanted:
            return
        self._number += 1
        # Plasma keeps the keys that were chosen by this name, and shows it: the same one at each start.
        # The name of a session that is not quite closed yet cannot be had again.
        token = PRODUCT if self._number == 1 else f"{PRODUCT}{self._number}"
        options = {"session_handle_token": ("s", token), "shortcuts": ("a(sa{sv})", self._asked())}
        self._request(self._created, "CreateSession", "a{sv}", (), options)

    def _created(self, response: int, results: Mapping[str, Any]) -> None:
        if response != _OK:
            self._off(REFUSED.format(reason=f"answer {response}"))
            return
        self._session = str(results["session_handle"][1])
        given = results.get("shortcuts", ("", []))[1]
        if given:
            # Plasma 5.27 gives them with the session; asked again, it opens its settings over all windows.
            self._take(given)
            return
        body = (self._session, self._asked(), "")
        self._request(self._bound, "BindShortcuts", "oa(sa{sv})sa{sv}", body, {})

    def _asked(self) -> list[tuple[str, dict[str, tuple[str, str]]]]:
        return [
            (name, {"description": ("s", ACTIONS[name]), "preferred_trigger": ("s", trigger(combination))})
            for name, combination in self._wanted.items()
        ]

    def _bound(self, response: int, results: Mapping[str, Any]) -> None:
        given = results.get("shortcuts", ("", []))[1]
        if response == _CANCELLED:
            self._off(DECLINED)
        elif response == _OK or given:  # GNOME 48 tells of a failure, with the keys that it has given
            self._take(given)
        else:
            self._off(REFUSED.format(reason=f"answer {response}"))

    def _take(self, shortcuts: list[tuple[str, Mapping[str, Any]]]) -> None:
        self.given = {
            name: readable(str(about.get("trigger_description", ("s", ""))[1])) for name, about in shortcuts
        }
        self._set_off("")

    def _request(
        self,
        answered: Callable[[int, Mapping[str, Any]], None],
        method: str,
        signature: str,
        body: tuple[Any, ...],
        options: dict[str, Any],
    ) -> None:
        """Call what the portal answers later, by a signal of an object with a name that we may choose."""
        self._number += 1
        token = f"sameside{self._number}"
        sender = self._bus.own_name.removeprefix(":").replace(".", "_")
        path = f"{DESKTOP}/request/{sender}/{token}"
        self._requests[path] = answered

        def failed(error: str) -> None:
            if self._requests.pop(path, None) is not None:
                self._off(REFUSED.format(reason=error.partition(": ")[2] or error))

        options = {**options, "handle_token": ("s", token)}
        self._bus.call(SHORTCUTS, method, signature, (*body, options), None, failed)

    def _heard(self, path: str, name: str, body: tuple[Any, ...]) -> None:
        if name == f"{_REQUEST}.Response":
            answered = self._requests.pop(path, None)
            if answered is not None:
                answered(body[0], body[1])
        elif name == "org.freedesktop.DBus.NameOwnerChanged":
            self._follow_portal(gone=not body[2])
        elif name == f"{_SESSION}.Closed" and path == self._session:
            self._session = ""
            self._off(TAKEN_BACK)
        elif self._session and body and body[0] == self._session:
            if name == f"{SHORTCUTS.interface}.Activated":
                self._pressed(body[1])
            elif name == f"{SHORTCUTS.interface}.ShortcutsChanged":
                self._take(body[1])

    def _follow_portal(self, gone: bool) -> None:
        """A portal that was started anew knows of no session."""
        if gone:
            self._open, self._session = False, ""
            self._off(TAKEN_BACK)
        elif self.why_off == TAKEN_BACK:
            self._named_twice = False
            self._name()

    def _let_go(self) -> None:
        """Close what is open, and a window in which the agent is still asked."""
        for path in self._requests:
            self._bus.call(DBusAddress(path, PORTAL, _REQUEST), "Close")
        self._requests.clear()
        if self._session:
            self._bus.call(DBusAddress(self._session, PORTAL, _SESSION), "Close")
        self._session, self.given = "", {}

    def _off(self, why: str) -> None:
        self._requests.clear()
        self.given = {}
        self._set_off(why)

    def _set_off(self, why: str) -> None:
        self.why_off = why
        # Later, for this may be within "bind", or while one of several messages is read.
        QTimer.singleShot(0, self, self._told)
