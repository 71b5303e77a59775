"""Deleting the voice profile: asked once, gone for good."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui import text
from ui.dialogs.frame import PlainDialog


class DeleteVoiceDialog(PlainDialog):
    """``accepted`` where the profile is to go. The D key answers as the button does."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            "Delete your voice?",
            "The profile of your voice is deleted at once and cannot be brought back. Your calls stay. You "
            "can enrol again at any time; until then Sameside writes down every voice it hears.",
            parent,
        )
        self.keep_button = self.add_button("Keep it")
        self.delete_button = self.add_button("&Delete my voice", "danger")
        self.delete_button.setShortcut("D")
        self.delete_button.setToolTip("Delete my voice (D)")
        self.keep_button.clicked.connect(self.reject)
        self.delete_button.clicked.connect(self.accept)
        self.keep_button.setFocus()
        self.keep_button.setAccessibleDescription(text.CANCEL)
