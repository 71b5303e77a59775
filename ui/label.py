"""Text that is shown as it is: a file's name or words of a call are never taken for markup."""

from __future__ import annotations

from typing import Any

from PySide6.QtGui import Qt
from PySide6.QtWidgets import QLabel


class Label(QLabel):
    """Arguments as of ``QLabel``, which alone would guess whether a text is markup."""

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.setTextFormat(Qt.TextFormat.PlainText)


def plain_tip(words: str) -> str:
    """``words`` as a tooltip shows them, which has no other way to be told that they are no markup."""
    return Qt.convertFromPlainText(words) if Qt.mightBeRichText(words) else words
