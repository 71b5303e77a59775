"""Asked before very many recordings are put in line."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui import text
from ui.dialogs.frame import PlainDialog


class ManyDialog(PlainDialog):
    """``accepted`` where all of them are meant."""

    def __init__(self, count: int, parent: QWidget | None = None) -> None:
        recordings = text.count_text(count, "recording", "recordings")
        super().__init__(
            f"Review {recordings}?",
            f"There are {recordings} in there. Reading them may take days; you can stop at any time, and "
            "what was read stays. None that was reviewed before is done again.",
            parent,
        )
        self.cancel_button = self.add_button(text.CANCEL)
        self.all_button = self.add_button("Review all of them", "primary")
        self.cancel_button.clicked.connect(self.reject)
        self.all_button.clicked.connect(self.accept)
        self.cancel_button.setFocus()
