"""Text that is shown as it is, and whole: words are never taken for markup, and a long one is broken."""

from __future__ import annotations

import re
from typing import Any
from unicodedata import combining

from PySide6.QtCore import QEvent, QRect, QSize
from PySide6.QtGui import (
    QContextMenuEvent,
    QFont,
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
    Qt,
)
from PySide6.QtWidgets import QLabel, QMenu

_MAY_BREAK = "\u200b"
"""No width of its own: Qt may begin a new line there."""
_STAYS_WITH_THE_ONE_BEFORE = "\u200d\ufe0e\ufe0f"
_SHORTEST = 8
"""Words of fewer letters than this are never broken."""
_LEAST_PX = 64
_TALL = 100_000


class Label(QLabel):
    """Arguments as of ``QLabel``, which alone would guess whether a text is markup.

    Where words wrap, one that is wider than the line is broken; ``text()`` gives them as they were set.
    """

    def __init__(self, *args: Any, **named: Any) -> None:
        self._words = self._said = ""
        self._widest: tuple[str, QFont, int] | None = None
        super().__init__(*args, **named)
        self._words = super().text()
        self.setTextFormat(Qt.TextFormat.PlainText)

    def text(self) -> str:
        return self._words

    def setText(self, words: str) -> None:
        self._words = words
        self._show()

    def clear(self) -> None:
        super().clear()
        self._words = ""
        # What was read out of it goes, too.
        self._show()

    def setWordWrap(self, on: bool) -> None:
        super().setWordWrap(on)
        self._show()

    def heightForWidth(self, width: int) -> int:
        room = self._room(width)
        shown = self._shown(room)
        if shown == super().text() or not self.wordWrap():
            return super().heightForWidth(width)
        flags = int(Qt.TextFlag.TextWordWrap) | int(self.alignment())
        needed = self.fontMetrics().boundingRect(QRect(0, 0, room, _TALL), flags, shown).height()
        margins = self.contentsMargins()
        return needed + margins.top() + margins.bottom() + 2 * self.margin()

    def minimumSizeHint(self) -> QSize:
        """Narrower than the longest word where that may break."""
        hint = super().minimumSizeHint()
        return QSize(min(hint.width(), _LEAST_PX), hint.height()) if self._may_break else hint

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show()

    def selectedText(self) -> str:
        return super().selectedText().replace(_MAY_BREAK, "")

    def copy(self) -> None:
        """What is selected, without the places to break: a path or an address is of use only whole."""
        QGuiApplication.clipboard().setText(self.selectedText())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy) and self.hasSelectedText():
            self.copy()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if not self.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse:
            super().contextMenuEvent(event)
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction("&Copy", self.copy).setEnabled(self.hasSelectedText())
        menu.addAction("Select &all", lambda: self.setSelection(0, len(QLabel.text(self))))
        menu.popup(event.globalPos())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._show()

    @property
    def _may_break(self) -> bool:
        return self.wordWrap() and self.textFormat() is Qt.TextFormat.PlainText

    def _room(self, width: int) -> int:
        margins = self.contentsMargins()
        return width - margins.left() - margins.right() - 2 * self.margin()

    def _show(self) -> None:
        shown = self._shown(self._room(self.width()))
        if shown != super().text():
            super().setText(shown)
        if self.accessibleName() == self._said:
            # Nobody gave it a name of its own: then Qt reads out what is shown, with every place to break.
            self._said = self._words if shown != self._words else ""
            self.setAccessibleName(self._said)

    def _shown(self, room: int) -> str:
        if not self._may_break or self._widest_px() <= room:
            return self._words
        return broken(self._words, room, self.fontMetrics())

    def _widest_px(self) -> int:
        """Of the words that may break; a layout asks often."""
        words, font = self._words, self.font()
        if self._widest is None or self._widest[:2] != (words, font):
            long = [word for word in words.split() if len(word) >= _SHORTEST]
            self._widest = (words, font, max(map(self.fontMetrics().horizontalAdvance, long), default=0))
        return self._widest[2]


def broken(words: str, room_px: int, metrics: QFontMetrics) -> str:
    """``words``, with places to break in each that is wider than ``room_px``."""

    def one(found: re.Match[str]) -> str:
        word = found[0]
        if len(word) < _SHORTEST or metrics.horizontalAdvance(word) <= room_px:
            return word
        return word[0] + "".join(letter if _stays(letter) else _MAY_BREAK + letter for letter in word[1:])

    return re.sub(r"\S+", one, words)


def _stays(letter: str) -> bool:
    return bool(combining(letter)) or letter in _STAYS_WITH_THE_ONE_BEFORE


def plain_tip(words: str) -> str:
    """``words`` as a tooltip shows them, which has no other way to be told that they are no markup."""
    return Qt.convertFromPlainText(words) if Qt.mightBeRichText(words) else words
