"""Deleting a call for good: asked once, for nothing brings it back."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui import text
from ui.dialogs.frame import PlainDialog


class EraseCallDialog(PlainDialog):
    """``accepted`` where the call is to go. The D key answers as the button does."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(
            "Delete this call for good?",
            f"“{title}” goes at once, with its summary, notes and commitments, and nothing brings it back. "
            "The copy of your calls that the last upgrade made goes too. What you shared or exported stays "
            "where you put it.",
            parent,
        )
        self.keep_button = self.add_button("Keep it")
        self.delete_button = self.add_button("&Delete for good", "danger")
        self.delete_button.setShortcut("D")
        self.delete_button.setToolTip("Delete for good (D)")
        self.keep_button.clicked.connect(self.reject)
        self.delete_button.clicked.connect(self.accept)
        self.keep_button.setFocus()
        self.keep_button.setAccessibleDescription(text.CANCEL)
