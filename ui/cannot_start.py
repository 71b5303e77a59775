"""Told where Sameside cannot start, to whoever started it by its icon: nobody reads a terminal then."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TextIO

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from coach.errors import KnownError
from ui import text
from ui.app import make_application
from ui.dialogs.frame import PlainDialog
from ui.look.theme import apply_theme
from ui.place import use_own_locale

_UNSEEN = ("offscreen", "minimal")


def is_seen(
    stderr: TextIO = sys.stderr, environ: Mapping[str, str] = os.environ, system: str = sys.platform
) -> bool:
    """Whether a window can say it, and nothing else does."""
    display = system != "linux" or environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY")
    return bool(display) and environ.get("QT_QPA_PLATFORM") not in _UNSEEN and not stderr.isatty()


class CannotStart(PlainDialog):
    """Says what to do, and leads to where it is done."""

    def __init__(
        self,
        error: KnownError,
        folder: Path,
        open_folder: Callable[[QUrl], bool] = QDesktopServices.openUrl,
    ) -> None:
        super().__init__("Sameside cannot start", error.message, None)
        self.folder_button = self.add_button("Show the folder")
        self.folder_button.clicked.connect(lambda: open_folder(QUrl.fromLocalFile(str(folder))))
        self.close_button = self.add_button(text.CLOSE, "primary")
        self.close_button.clicked.connect(self.accept)
        self.fit()


def tell(error: KnownError, folder: Path) -> None:
    """Returns once it was read."""
    application = make_application()
    use_own_locale()
    apply_theme(application, "system")
    dialog = CannotStart(error, folder)
    dialog.finished.connect(application.quit)
    dialog.open()
    application.exec()
