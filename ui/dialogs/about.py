"""Name, version, what it is for."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

from PySide6.QtWidgets import QWidget

from ui import text
from ui.dialogs.frame import PlainDialog


def version_text() -> str:
    try:
        return f"Version {version('sameside')}"
    except PackageNotFoundError:
        return "Version unknown"


class AboutDialog(PlainDialog):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            text.PRODUCT,
            f"{text.TAGLINE}\n\n{version_text()}. Free software under the MIT licence.\n"
            "Everything happens on this machine; nothing is sent anywhere.",
            parent,
        )
        self.close_button = self.add_button(text.CLOSE, "primary")
        self.close_button.clicked.connect(self.accept)
