"""Where a short message stands."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.parts.toast import Toast


def on(host: QWidget, widget: QWidget) -> QRect:
    return QRect(widget.mapTo(host, QPoint()), widget.size())


def test_a_message_stands_above_a_bar_that_asks_for_something(qtbot: QtBot) -> None:
    """A promise can be confirmed while a message is shown, whichever of them came first."""
    host, bar = QWidget(), QLabel("Call you back · Thu 14:00")
    qtbot.addWidget(host)
    column = QVBoxLayout(host)
    column.addStretch(1)
    column.addWidget(bar)
    bar.hide()
    toast = Toast(host)
    toast.keep_clear(bar)
    host.resize(600, 400)
    host.show()
    qtbot.waitExposed(host)
    toast.say("Saved.")
    low = toast.y()
    assert on(host, toast).bottom() > 350
    bar.show()
    qtbot.waitUntil(lambda: not on(host, toast).intersects(on(host, bar)))
    assert toast.y() < low
    toast.put_away()
    toast.say("Saved again.")
    assert not on(host, toast).intersects(on(host, bar))
    bar.hide()
    qtbot.waitUntil(lambda: toast.y() == low)
