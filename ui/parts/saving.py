"""Asking where a file is to be saved."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from coach.machine.whole_files import is_folder


def ask_where_to_save(
    parent: QWidget, title: str, name: str, kinds: str, chosen: Callable[[Path], None], folder: str = ""
) -> None:
    """Opens a dialog that offers ``name`` in ``folder``, or in the user's own where that is empty or gone.

    Started from a menu, a program's working folder is none that its user knows.
    """
    place = Path(folder) if folder and is_folder(Path(folder)) else Path.home()
    dialog = QFileDialog(parent, title, str(place / name), kinds)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(Path(name).suffix[1:])
    dialog.selectFile(str(place / name))
    dialog.fileSelected.connect(lambda path: chosen(Path(path)))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
