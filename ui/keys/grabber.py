"""What a system must offer so that a key can be had."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from PySide6.QtCore import QKeyCombination

Pressed = Callable[[str], None]
"""Called with the name of the action, on the main thread, once for each press however long it is held."""


class Grabber(Protocol):
    def bind(self, combos: Mapping[str, QKeyCombination]) -> dict[str, str]:
        """Have these keys, by action, and no others any more; what is wrong, in a sentence, by action."""
        ...

    def close(self) -> None:
        """Let go of every key."""
        ...
