"""Whether the desktop asks for less movement. Qt does not tell, so each system is asked in its own way."""

from __future__ import annotations

import logging
import subprocess
import sys
from typing import Any

from PySide6.QtCore import QObject, Signal

log = logging.getLogger(__name__)

_NAMESPACES = ["org.freedesktop.appearance", "org.gnome.desktop.interface", "org.kde.kdeglobals.KDE"]
_SPI_GETCLIENTAREAANIMATION = 0x1042
_ASK_S = 2.0


class DesktopMotion(QObject):
    """``reduced`` is false until the desktop has answered, and where it cannot be asked."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._told: dict[tuple[str, str], Any] = {}
        self._bus: Any = None

    @property
    def reduced(self) -> bool:
        return wants_less(self._told)

    def ask(self) -> None:
        """On Linux the answer, and every change of it, comes later; ``close`` ends that."""
        if sys.platform == "win32":
            self._take("windows", "animation", _windows_animates())
        elif sys.platform == "darwin":
            self._take("macos", "reduceMotion", _macos_reduces())
        else:
            self._ask_the_portal()

    def close(self) -> None:
        if self._bus is not None:
            self._bus.close()
            self._bus = None

    def _ask_the_portal(self) -> None:
        try:
            from jeepney import DBusAddress, MatchRule

            from ui.keys.bus import Bus

            self._bus = Bus(self._heard, lambda: None, self)
        except (ImportError, OSError) as error:
            log.info("the desktop is not asked about movement: %s", error)
            return
        portal = "org.freedesktop.portal.Desktop"
        settings = DBusAddress("/org/freedesktop/portal/desktop", portal, "org.freedesktop.portal.Settings")
        rule = MatchRule(type="signal", sender=portal, interface="org.freedesktop.portal.Settings")
        self._bus.listen(rule)
        self._bus.call(settings, "ReadAll", "as", (_NAMESPACES,), self._read)

    def _read(self, body: tuple[Any, ...]) -> None:
        for namespace, values in body[0].items():
            for key, value in values.items():
                self._take(namespace, key, value[1])

    def _heard(self, _path: str, name: str, body: tuple[Any, ...]) -> None:
        if name.endswith(".SettingChanged") and len(body) == 3:
            self._take(str(body[0]), str(body[1]), body[2][1])

    def _take(self, namespace: str, key: str, value: Any) -> None:
        before = self.reduced
        self._told[namespace, key] = value
        if self.reduced is not before:
            self.changed.emit()


def wants_less(told: dict[tuple[str, str], Any]) -> bool:
    """What a desktop told, by namespace and key: any of them that asks for less is heeded."""
    return (
        told.get(("org.freedesktop.appearance", "reduced-motion"), 0) == 1
        or told.get(("org.gnome.desktop.interface", "enable-animations"), True) is False
        or _number(told.get(("org.kde.kdeglobals.KDE", "AnimationDurationFactor"))) == 0
        or told.get(("windows", "animation"), True) is False
        or told.get(("macos", "reduceMotion"), False) is True
    )


def _number(value: Any) -> float:
    """KDE tells its numbers as words."""
    try:
        return float(value)
    except (TypeError, ValueError):
        return 1.0


def _windows_animates() -> bool:
    if sys.platform == "win32":
        import ctypes

        on = ctypes.c_int(1)
        ctypes.windll.user32.SystemParametersInfoW(_SPI_GETCLIENTAREAANIMATION, 0, ctypes.byref(on), 0)
        return bool(on.value)
    return True


def _macos_reduces() -> bool:
    command = ["defaults", "read", "com.apple.universalaccess", "reduceMotion"]
    try:
        answer = subprocess.run(command, capture_output=True, text=True, timeout=_ASK_S, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return answer.stdout.strip() == "1"
