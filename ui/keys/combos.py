"""Key combinations: what each does, how it is written, and whether it can be had."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeySequence

from coach.settings import KeySettings
from ui import text

ACTIONS: dict[str, str] = {
    "start_end": "Start or end a call",
    "pause": "Pause listening, or resume",
    "said_it": "Said it",
    "not_now": "Not now",
    "unfair": "Unfair",
    "why": "Why",
    "another": "Another line",
    "black_out": f"Black out {text.BLACK_OUT_S} seconds",
    "lock": "Lock or unlock the overlay",
    "confirm": "Confirm the commitment heard",
    "drop": "Not a commitment",
}
"""What there is a key for, by its name in ``KeySettings``."""

ALWAYS = ("start_end", "lock")
"""Keys that are taken while no call runs; the others are left to other programs until one does."""

TAKEN = "Another program has this key already. Choose another one."
_MODIFIERS = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.MetaModifier,
)
_KEY_NAMES = {
    Qt.Key.Key_Space: "space",
    Qt.Key.Key_Up: "Up",
    Qt.Key.Key_Down: "Down",
    Qt.Key.Key_Left: "Left",
    Qt.Key.Key_Right: "Right",
    Qt.Key.Key_Home: "Home",
    Qt.Key.Key_End: "End",
    Qt.Key.Key_PageUp: "Prior",
    Qt.Key.Key_PageDown: "Next",
    Qt.Key.Key_Insert: "Insert",
}
"""The other keys that can be had, by their name in X11."""
MOST_FUNCTION_KEYS = 20


def read(keys: str) -> QKeyCombination | None:
    """ "Ctrl+Shift+F1" as one key with its modifiers; None for anything else."""
    sequence = QKeySequence(keys, QKeySequence.SequenceFormat.PortableText)
    return sequence[0] if sequence.count() == 1 and key_name(sequence[0].key()) else None


def shown(keys: str) -> str:
    """As this system writes it: "⌘⇧F1" on a Mac."""
    sequence = QKeySequence(keys, QKeySequence.SequenceFormat.PortableText)
    return sequence.toString(QKeySequence.SequenceFormat.NativeText)


def key_name(key: Qt.Key) -> str:
    """ "a" to "z", "0" to "9", "F1" to "F20", or a name of X11; empty for a key that cannot be had."""
    if Qt.Key.Key_A <= key <= Qt.Key.Key_Z or Qt.Key.Key_0 <= key <= Qt.Key.Key_9:
        return chr(key).lower()
    number = key - Qt.Key.Key_F1 + 1
    if 1 <= number <= MOST_FUNCTION_KEYS:
        return f"F{number}"
    return _KEY_NAMES.get(key, "")


def wanted(settings: KeySettings) -> dict[str, str]:
    """The keys that are set, as written, by what they do."""
    every = {name: str(getattr(settings, name)) for name in ACTIONS}
    return {name: keys for name, keys in every.items() if keys}


def problem(name: str, keys: str, others: Mapping[str, str], in_window: Mapping[str, str]) -> str:
    """What is wrong with ``keys`` for the action ``name``, in a sentence; empty where they can be had.

    ``others`` are the keys of the other actions, ``in_window`` the window's own: label by keys.
    """
    if not keys:
        return ""
    combination = read(keys)
    if combination is None:
        return (
            "Press one key, held with Ctrl, Alt or the system key: a letter, a digit, F1 to F20 or an arrow."
        )
    if not any(combination.keyboardModifiers() & modifier for modifier in _MODIFIERS):
        return "Hold Ctrl, Alt or the system key with it, or no other window could use this key any more."
    for other, theirs in others.items():
        if other != name and read(theirs) == combination:
            return f"This is the key for “{ACTIONS[other]}” already."
    for theirs, label in in_window.items():
        if read(theirs) == combination:
            return f"This is the key for “{label}” in the window already."
    return ""
