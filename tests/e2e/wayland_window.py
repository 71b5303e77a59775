"""A stand-in for whatever fills a Wayland screen under the overlay: it says each key and click it gets."""

from __future__ import annotations

import sys

from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget


class WaylandWindow(QWidget):
    def keyPressEvent(self, event: QKeyEvent) -> None:
        _say(f"key {event.text()}")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        _say("click")


def _say(what: str) -> None:
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()


def main() -> int:
    app = QApplication(sys.argv)
    window = WaylandWindow()
    window.showFullScreen()
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
