"""What has less room on the screen than its words need."""

from __future__ import annotations

from contextlib import suppress

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QScrollArea, QWidget
from pytestqt.exceptions import TimeoutError
from pytestqt.qtbot import QtBot


def cut_off(root: QWidget) -> list[str]:
    """What is shown of ``root`` and has less room than its text needs, in the words it shows."""
    shown = [one for one in root.findChildren(QWidget) if one.isVisibleTo(root) and one.window() is root]
    return [
        f"{type(one).__name__} “{_text(one)}” {one.size().toTuple()}"
        for one in shown
        if _is_cut(one) or _sticks_out(one, root)
    ]


def _text(widget: QWidget) -> str:
    if isinstance(widget, QComboBox):
        return widget.currentText()
    return widget.text() if isinstance(widget, QLabel | QAbstractButton) else ""


def _sticks_out(widget: QWidget, root: QWidget) -> bool:
    """Beyond the left or right edge of the window, or of what it is scrolled in: upwards one can scroll."""
    if isinstance(widget, QScrollArea):
        inner = widget.widget()
        return inner is not None and inner.width() > widget.viewport().width() + 1
    left = widget.mapTo(root, QPoint(0, 0)).x()
    return bool(_text(widget)) and (left < 0 or left + widget.width() > root.width() + 1)


def _is_cut(widget: QWidget) -> bool:
    words = _text(widget)
    if not words or "<" in words:
        return False
    room = widget.contentsRect()
    if isinstance(widget, QLabel) and widget.wordWrap():
        too_wide = _widest_word(widget) > room.width() + 1
        return too_wide or widget.heightForWidth(widget.width()) > widget.height() + 1
    if isinstance(widget, QLabel):
        words = words.replace("&", "") if widget.buddy() is not None else words
        return max(map(widget.fontMetrics().horizontalAdvance, words.splitlines())) > room.width() + 1
    if isinstance(widget, QAbstractButton):
        return (
            widget.sizeHint().width() > widget.width() + 1 or widget.sizeHint().height() > widget.height() + 1
        )
    return False


def _widest_word(label: QLabel) -> int:
    """Of what is shown: places in which a long word may break count as spaces."""
    shown = QLabel.text(label).replace("\u200b", " ").split()
    return max(map(label.fontMetrics().horizontalAdvance, shown), default=0)


def assert_whole(qtbot: QtBot, root: QWidget) -> None:
    """Nothing is cut off once the layout has come to rest."""
    with suppress(TimeoutError):
        qtbot.waitUntil(lambda: not cut_off(root))
    found = cut_off(root)
    assert not found, "\n".join(found)
