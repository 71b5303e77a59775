"""The keyboard goes to what is in sight."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget


def focus_if_seen(widget: QWidget, page: QWidget) -> None:
    """Not while ``page``, which it is on, is behind another: Qt would take the keys from what one types in
    there."""
    if page.isVisibleTo(page.window()):
        widget.setFocus()
