"""The keys as they are set: taken from the system when they are wanted, and given back."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Signal

from coach.settings import KeySettings
from ui.keys.choose import Maker, make_grabber
from ui.keys.combos import ALWAYS, problem, read, shown, wanted
from ui.keys.grabber import DesktopKeys, Grabber


class Hotkeys(QObject):
    """``pressed(name)`` names an action of ``ui.keys.combos.ACTIONS``; ``changed`` when keys were taken anew.

    Most keys are taken only while a call runs, so that other programs have them at any other time. A desktop
    that gives the keys itself is asked for all of them once; what is pressed out of turn then does nothing.
    """

    pressed = Signal(str)
    changed = Signal()

    def __init__(
        self,
        settings: KeySettings,
        parent: QObject | None = None,
        make: Maker = make_grabber,
        in_window: Callable[[], Mapping[str, str]] = dict,
    ) -> None:
        super().__init__(parent)
        self._in_window = in_window
        self._settings = settings
        self._make = make
        self._grabber: Grabber | None = None
        self._in_call = self._suspended = False
        self._why_off = ""
        self.problems: dict[str, str] = {}
        """What the system said of single keys, by action, since they were set."""

    @property
    def why_off(self) -> str:
        """Why no key works at all, in a sentence; empty where they do, or are switched off."""
        desktop = self._desktop
        return self._why_off if desktop is None else desktop.why_off

    @property
    def given(self) -> Mapping[str, str] | None:
        """The keys by action where the desktop gives those it chooses; None where they are chosen here."""
        return None if self._desktop is None else self._desktop.given

    @property
    def can_configure(self) -> bool:
        """Whether the desktop has a window of its own in which to choose them."""
        return self._desktop is not None and self._desktop.can_configure and not self.why_off

    def configure(self) -> None:
        """Have the desktop show it."""
        if self._desktop is not None:
            self._desktop.configure()

    def apply(self) -> None:
        """Take the keys that the settings want, and give back the others."""
        self.problems.clear()
        if not self._settings.enabled:
            self._give_back()
        elif self._grabber is None:
            made = self._make(self._press, self._bind)
            self._why_off = made if isinstance(made, str) else ""
            self._grabber = None if isinstance(made, str) else made
        self._bind()

    def set_in_call(self, in_call: bool) -> None:
        if in_call != self._in_call:
            self._in_call = in_call
            self._bind()

    def suspend(self, suspended: bool) -> None:
        """Give every key back for a while, so that it reaches the field in which it is chosen."""
        if suspended != self._suspended:
            self._suspended = suspended
            self._bind()

    def shown(self) -> dict[str, str]:
        """The keys that work in a call, as this system writes them, by action."""
        if not self._settings.enabled or self.why_off:
            return {}
        if self.given is not None:
            return {name: keys for name, keys in self.given.items() if keys}
        return {name: shown(keys) for name, keys in self._usable().items() if name not in self.problems}

    def close(self) -> None:
        self._give_back()

    def _bind(self) -> None:
        if self._grabber is not None:
            usable = self._usable()
            now = {name: keys for name, keys in usable.items() if self._desktop or self._in_turn(name)}
            combos = {name: combo for name, keys in now.items() if (combo := read(keys)) is not None}
            suspended = self._suspended and self._desktop is None
            told = self._grabber.bind({} if suspended else combos)
            if not suspended:
                for name in combos:
                    self.problems.pop(name, None)
            self.problems.update(told)
        self.changed.emit()

    @property
    def _desktop(self) -> DesktopKeys | None:
        return self._grabber if isinstance(self._grabber, DesktopKeys) else None

    def _in_turn(self, name: str) -> bool:
        return self._in_call or name in ALWAYS

    def _press(self, name: str) -> None:
        if self._in_turn(name) and not self._suspended:
            self.pressed.emit(name)

    def told(self) -> dict[str, str]:
        """What is wrong with each key, by the rules or by the system's word; only of those with a fault."""
        every, in_window = wanted(self._settings), self._in_window()
        found = {name: problem(name, keys, every, in_window) for name, keys in every.items()}
        words = {name: told or self.problems.get(name, "") for name, told in found.items()}
        return {name: told for name, told in words.items() if told}

    def _usable(self) -> dict[str, str]:
        every, in_window = wanted(self._settings), self._in_window()
        return {name: keys for name, keys in every.items() if not problem(name, keys, every, in_window)}

    def _give_back(self) -> None:
        grabber, self._grabber = self._grabber, None
        self._why_off = ""
        if grabber is not None:
            grabber.close()
