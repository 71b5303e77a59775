"""A stand-in for a program under the overlay: it fills the screen and counts its clicks in its title."""

from __future__ import annotations

import sys

from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

TITLE = "Clicks"


class ClickWindow(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._count = 0
        self._show_count()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._count += 1
        self._show_count()

    def _show_count(self) -> None:
        self.setWindowTitle(f"{TITLE}: {self._count}.")


def main() -> int:
    app = QApplication(sys.argv)
    window = ClickWindow()
    window.showFullScreen()
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
