"""Asks before one's key is replaced: everybody who knows the old one has to learn the new one."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui import text
from ui.dialogs.frame import PlainDialog

_WORDS = (
    "You get a new key. The old one signs nothing more but a file that says so, in the folders you share or "
    "read in. What was sealed to the old key you can still read.\n\n"
    "Give everybody the new line, and compare the words with them again. Until they have added it, they "
    "take in nothing from you, and nothing they send reaches you."
)


class ReplaceKeyDialog(PlainDialog):
    """``confirmed`` when the key is to be replaced. It cannot be undone: an old key does not come back."""

    confirmed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Replace your key?", _WORDS, parent)
        self.cancel_button = self.add_button(text.CANCEL)
        self.cancel_button.clicked.connect(self.reject)
        self.replace_button = self.add_button("Replace my key", "danger")
        self.replace_button.clicked.connect(self._confirm)
        self.cancel_button.setFocus()

    def _confirm(self) -> None:
        self.confirmed.emit()
        self.accept()
