"""Keys on X11: passive grabs on the root window, over a connection of their own."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from itertools import combinations

from PySide6.QtCore import QKeyCombination, QObject, QSocketNotifier, Qt, Slot
from Xlib import XK, X, error
from Xlib.display import Display
from Xlib.protocol.event import KeyPress, KeyRelease, MappingNotify

from ui.keys.combos import TAKEN, key_name
from ui.keys.grabber import Pressed

log = logging.getLogger(__name__)

NO_SUCH_KEY = "This keyboard has no such key. Choose another one."
_MASKS = (
    (Qt.KeyboardModifier.ShiftModifier, X.ShiftMask),
    (Qt.KeyboardModifier.ControlModifier, X.ControlMask),
    (Qt.KeyboardModifier.AltModifier, X.Mod1Mask),
    (Qt.KeyboardModifier.MetaModifier, X.Mod4Mask),
)
_OURS = X.ShiftMask | X.ControlMask | X.Mod1Mask | X.Mod4Mask


class X11Keys(QObject):
    """Raises ``Xlib.error.DisplayError`` where there is no X server."""

    def __init__(self, pressed: Pressed, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pressed = pressed
        self._display = Display()
        self._root = self._display.screen().root
        self._wanted: dict[str, QKeyCombination] = {}
        self._names: dict[tuple[int, int], str] = {}
        self._released = (0, 0)
        self._notifier = QSocketNotifier(self._display.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self.read_events)

    def bind(self, combos: Mapping[str, QKeyCombination]) -> dict[str, str]:
        self._wanted = dict(combos)
        self._let_go()
        problems = {name: self._grab(name, combination) for name, combination in combos.items()}
        # What came in while the server was asked will not be told of by the socket.
        self.read_events()
        return {name: words for name, words in problems.items() if words}

    def close(self) -> None:
        self._notifier.setEnabled(False)
        try:
            self._let_go()
            self._display.close()
        except (error.ConnectionClosedError, OSError):
            log.info("the X server had gone before its keys were given back")

    @Slot()
    def read_events(self) -> None:
        """Take in what the server has sent."""
        try:
            while self._display.pending_events():
                self._take(self._display.next_event())
        except (error.ConnectionClosedError, OSError):
            log.warning("the X server has gone, and the keys with it")
            self._notifier.setEnabled(False)

    def _take(self, event: object) -> None:
        if isinstance(event, KeyRelease):
            self._released = (event.detail, event.time)
        elif isinstance(event, KeyPress):
            # A key that is held repeats as a release and a press of the same moment.
            if self._released == (event.detail, event.time):
                return
            name = self._names.get((event.detail, event.state & _OURS))
            if name is not None:
                self._pressed(name)
        elif isinstance(event, MappingNotify):
            self._display.refresh_keyboard_mapping(event)
            if event.request == X.MappingKeyboard:
                self.bind(self._wanted)

    def _grab(self, name: str, combination: QKeyCombination) -> str:
        code = self._display.keysym_to_keycode(XK.string_to_keysym(key_name(combination.key())))
        if not code:
            return NO_SUCH_KEY
        mask = sum(bit for modifier, bit in _MASKS if combination.keyboardModifiers() & modifier)
        refused = error.CatchError(error.BadAccess)
        for locks in self._locks():
            self._root.grab_key(code, mask | locks, False, X.GrabModeAsync, X.GrabModeAsync, refused)
        self._display.sync()
        self._names[code, mask] = name
        if refused.get_error() is None:
            return ""
        self._ungrab(code, mask)
        return TAKEN

    def _let_go(self) -> None:
        for code, mask in list(self._names):
            self._ungrab(code, mask)
        self._display.sync()

    def _ungrab(self, code: int, mask: int) -> None:
        del self._names[code, mask]
        for locks in self._locks():
            self._root.ungrab_key(code, mask | locks)

    def _locks(self) -> Iterator[int]:
        """Every state of Caps Lock and Num Lock: to X11 each makes another key."""
        present = [X.LockMask, *self._num_lock()]
        for count in range(len(present) + 1):
            for held in combinations(present, count):
                yield sum(held)

    def _num_lock(self) -> list[int]:
        code = self._display.keysym_to_keycode(XK.string_to_keysym("Num_Lock"))
        rows = self._display.get_modifier_mapping()
        return [1 << row for row, codes in enumerate(rows) if code and code in codes]
