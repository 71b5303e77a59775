"""A stand-in for whatever the agent works in: a field that shows in the window's title what is typed."""

from __future__ import annotations

import sys

from PySide6.QtWidgets import QApplication, QLineEdit

TITLE = "Customer file"


def main() -> int:
    app = QApplication(sys.argv)
    field = QLineEdit()
    field.textChanged.connect(lambda typed: field.setWindowTitle(f"{TITLE}: {typed}"))
    field.setWindowTitle(TITLE)
    field.resize(500, 60)
    field.move(20, 700)
    field.show()
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
