"""What a system must offer so that a key can be had."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QKeyCombination

Pressed = Callable[[str], None]
"""Called with the name of the action, on the main thread, once for each press however long it is held."""

Told = Callable[[], None]
"""Called, never from within ``bind``, when the system has changed its mind about the keys."""


class Grabber(Protocol):
    def bind(self, combos: Mapping[str, QKeyCombination]) -> dict[str, str]:
        """Have these keys, by action, and no others any more; what is wrong, in a sentence, by action."""
        ...

    def close(self) -> None:
        """Let go of every key."""
        ...


@runtime_checkable
class DesktopKeys(Grabber, Protocol):
    """Keys that the desktop gives as it and the agent choose: all asked for at once, for it may ask back."""

    why_off: str
    """Why there are none, or not yet, in a sentence; empty once they are given."""
    given: Mapping[str, str]
    """What each action's key is, in the desktop's words."""
    can_configure: bool
    """Whether the desktop shows a window of its own in which to choose them."""

    def configure(self) -> None: ...
