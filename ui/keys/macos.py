"""Keys on macOS: Carbon's hot keys through quickmachotkey, which need no permission to watch the keyboard."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QKeyCombination, Qt
from quickmachotkey import constants, mask, quickHotKey

from ui.keys.combos import key_name
from ui.keys.grabber import Pressed

NO_SUCH_KEY = "This key cannot be had on macOS. Choose another one."
_MODIFIERS = (
    (Qt.KeyboardModifier.ControlModifier, "cmdKey"),
    (Qt.KeyboardModifier.MetaModifier, "controlKey"),
    (Qt.KeyboardModifier.AltModifier, "optionKey"),
    (Qt.KeyboardModifier.ShiftModifier, "shiftKey"),
)
_NAMES = {
    "space": "Space",
    "Prior": "PageUp",
    "Next": "PageDown",
    "Up": "UpArrow",
    "Down": "DownArrow",
    "Left": "LeftArrow",
    "Right": "RightArrow",
    "Insert": "Help",
}


class MacKeys:
    def __init__(self, pressed: Pressed) -> None:
        self._pressed = pressed
        self._held: list[Any] = []

    def bind(self, combos: Mapping[str, QKeyCombination]) -> dict[str, str]:
        self.close()
        problems = {}
        for name, combination in combos.items():
            key = _virtual_key(key_name(combination.key()))
            if key is None:
                problems[name] = NO_SUCH_KEY
                continue
            held = combination.keyboardModifiers()
            modifiers = mask(*(getattr(constants, bit) for modifier, bit in _MODIFIERS if held & modifier))
            self._held.append(quickHotKey(virtualKey=key, modifierMask=modifiers)(self._saying(name)))
        return problems

    def close(self) -> None:
        for key in self._held:
            key.unregister()
        self._held.clear()

    def _saying(self, name: str) -> Callable[[], None]:
        def say() -> None:
            self._pressed(name)

        return say


def _virtual_key(name: str) -> Any:
    full = f"kVK_ANSI_{name.upper()}" if len(name) == 1 else f"kVK_{_NAMES.get(name, name)}"
    return getattr(constants, full, None)
