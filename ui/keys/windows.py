"""Keys on Windows: ``RegisterHotKey``, whose presses come in as messages of the main thread."""

from __future__ import annotations

import ctypes
from collections.abc import Mapping
from ctypes import wintypes
from typing import Any

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication, QKeyCombination, Qt

from ui.keys.combos import TAKEN, key_name
from ui.keys.grabber import Pressed

WM_HOTKEY = 0x0312
_NO_REPEAT = 0x4000
_MODIFIERS = (
    (Qt.KeyboardModifier.AltModifier, 0x1),
    (Qt.KeyboardModifier.ControlModifier, 0x2),
    (Qt.KeyboardModifier.ShiftModifier, 0x4),
    (Qt.KeyboardModifier.MetaModifier, 0x8),
)
_F1 = 0x70
_CODES = {
    "space": 0x20,
    "Prior": 0x21,
    "Next": 0x22,
    "End": 0x23,
    "Home": 0x24,
    "Left": 0x25,
    "Up": 0x26,
    "Right": 0x27,
    "Down": 0x28,
    "Insert": 0x2D,
}


class WindowsKeys(QAbstractNativeEventFilter):
    """``user32`` is the library of that name."""

    def __init__(self, pressed: Pressed, user32: Any) -> None:
        super().__init__()
        self._pressed = pressed
        self._user32 = user32
        self._names: dict[int, str] = {}
        app = QCoreApplication.instance()
        if app is not None:
            app.installNativeEventFilter(self)

    def bind(self, combos: Mapping[str, QKeyCombination]) -> dict[str, str]:
        self._let_go()
        problems = {}
        for number, (name, combination) in enumerate(combos.items(), 1):
            held = combination.keyboardModifiers()
            modifiers = _NO_REPEAT | sum(bit for modifier, bit in _MODIFIERS if held & modifier)
            if self._user32.RegisterHotKey(None, number, modifiers, virtual_key(combination.key())):
                self._names[number] = name
            else:
                problems[name] = TAKEN
        return problems

    def close(self) -> None:
        self._let_go()
        app = QCoreApplication.instance()
        if app is not None:
            app.removeNativeEventFilter(self)

    def nativeEventFilter(self, kind: QByteArray | bytes, message: int) -> tuple[bool, int]:
        if bytes(kind) != b"windows_generic_MSG":
            return False, 0
        told = wintypes.MSG.from_address(int(message))
        name = self._names.get(told.wParam) if told.message == WM_HOTKEY else None
        if name is None:
            return False, 0
        self._pressed(name)
        return True, 0

    def _let_go(self) -> None:
        for number in self._names:
            self._user32.UnregisterHotKey(None, number)
        self._names.clear()


def virtual_key(key: Qt.Key) -> int:
    """Windows' number for a key that ``key_name`` knows."""
    name = key_name(key)
    if len(name) == 1:
        return ord(name.upper())
    return _F1 + int(name[1:]) - 1 if name not in _CODES else _CODES[name]


def user32() -> Any:
    return ctypes.WinDLL("user32", use_last_error=True)  # type: ignore[attr-defined,unused-ignore]
