"""The text to read aloud, large, with the sentence that should be about now marked."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QResizeEvent, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit, QWidget

from ui.look.theme import SPACE_3, TEXT_READING_PX, Theme, current_theme
from ui.look.themed import follow_theme
from ui.parts.chips import font_of

CHARACTERS_PER_S = 15.0
"""About how fast people read aloud: 160 words a minute."""


def sentence_at(sentences: Sequence[str], spoken_s: float) -> int:
    """Which sentence is being read after so many seconds of speech, at a usual pace."""
    reached = spoken_s * CHARACTERS_PER_S
    for number, sentence in enumerate(sentences):
        reached -= len(sentence)
        if reached < 0:
            return number
    return len(sentences) - 1


class ReadingText(QTextEdit):
    """One paragraph a sentence. The sentence to read now is bold, the others are muted."""

    def __init__(self, sentences: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sentences = tuple(sentences)
        self.current = 0
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByKeyboard)
        self.setAccessibleName("Text to read aloud")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumHeight(190)
        self.setPlainText("\n".join(self.sentences))
        follow_theme(self, self._restyle)

    def show_spoken(self, spoken_s: float) -> None:
        """Move the mark to where a reader is after so many seconds of speech."""
        number = sentence_at(self.sentences, spoken_s)
        if number != self.current:
            self.current = number
            self._restyle(current_theme())

    def _restyle(self, theme: Theme) -> None:
        colours = theme.colours
        cursor = QTextCursor(self.document())
        for number in range(len(self.sentences)):
            cursor.setPosition(self.document().findBlockByNumber(number).position())
            cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
            words, ground = QTextCharFormat(), QTextBlockFormat()
            now = number == self.current
            weight = QFont.Weight.DemiBold if now else QFont.Weight.Normal
            words.setFont(font_of(TEXT_READING_PX, weight))
            words.setForeground(QColor(colours.text if now else colours.text_muted))
            ground.setBottomMargin(SPACE_3)
            cursor.mergeCharFormat(words)
            cursor.setBlockFormat(ground)
        self._bring_into_view()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._bring_into_view()

    def _bring_into_view(self) -> None:
        """The sentence after the current one is in sight too: one reads ahead of one's voice. A sentence
        begins at the top, so that no line is cut through there."""
        first = max(0, self.current - 1)
        ahead = min(self.current + 1, len(self.sentences) - 1)
        if self._rect(ahead).bottom() - self._rect(first).top() > self.viewport().height():
            first = self.current
        self.setTextCursor(QTextCursor(self.document().findBlockByNumber(self.current)))
        above = self.document().documentMargin() if first == 0 else 0
        self.verticalScrollBar().setValue(round(self._rect(first).top() - above))

    def _rect(self, number: int) -> QRectF:
        """Where a sentence stands in the whole text."""
        block = self.document().findBlockByNumber(number)
        return self.document().documentLayout().blockBoundingRect(block)
