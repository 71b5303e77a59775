"""Widgets that draw or tint something themselves follow the theme through here."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QApplication, QBoxLayout, QWidget

from ui.look.theme import Theme, current_theme, theme_keeper


class _Follower(QObject):
    """A child of the widget, so that the connection goes when the widget goes."""

    def __init__(self, widget: QWidget, restyle: Callable[[Theme], None]) -> None:
        super().__init__(widget)
        self._restyle = restyle

    @Slot(object)
    def follow(self, theme: Theme) -> None:
        self._restyle(theme)


def follow_theme(widget: QWidget, restyle: Callable[[Theme], None]) -> None:
    """Call ``restyle`` now, and again whenever the theme changes, as long as ``widget`` lives."""
    follower = _Follower(widget, restyle)
    app = QApplication.instance()
    if isinstance(app, QApplication):
        theme_keeper(app).theme_changed.connect(follower.follow)
    restyle(current_theme())


def empty(box: QBoxLayout, keep: int = 0) -> None:
    """Take everything out of a layout but its last ``keep`` items; the widgets go for good."""
    while box.count() > keep:
        item = box.takeAt(0)
        widget = item.widget() if item is not None else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()
