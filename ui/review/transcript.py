"""The transcript beside the waveform: the playing word is marked, and any word can be heard by a click."""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QWidget

from coach.calls.words import Span, span_at, spans
from coach.events import CallRecord, Turn
from ui.live.delegate import TranscriptDelegate
from ui.live.items import Item, TurnItem
from ui.live.layout import ItemLayout, Words, room_in
from ui.live.model import ITEM_ROLE, TranscriptModel
from ui.live.view import TranscriptView
from ui.look.theme import Theme

_EVERY = QItemSelectionModel.SelectionFlag.ClearAndSelect


class _Delegate(TranscriptDelegate):
    """Marks the word that is heard. A turn that reads as before is not laid out again, whatever the filter
    left out meanwhile, and however wide the window is beyond what words take."""

    def __init__(self, model: TranscriptModel, parent: QObject | None = None) -> None:
        super().__init__(model, parent)
        self.playing: tuple[int, Span] | None = None
        self.turns_laid_out = 0
        self._form: tuple[float, Theme] | None = None
        self._of_turn: dict[int, tuple[TurnItem, ItemLayout]] = {}

    def lay_out(self, item: Item, theme: Theme) -> ItemLayout:
        if not isinstance(item, TurnItem):
            return super().lay_out(item, theme)
        form = (room_in(self.width), theme)
        if form != self._form:
            self._form, self._of_turn = form, {}
        before = self._of_turn.get(item.index)
        if before is not None and before[0] == item:
            return before[1]
        made = super().lay_out(item, theme)
        self.turns_laid_out += 1
        # A copy, for what is marked in the item later must be seen.
        self._of_turn[item.index] = (copy(item), made)
        return made

    def paint_under(self, painter: QPainter, item: Item, words: Words, theme: Theme) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.colours.accent_soft))
        self._paint_playing(painter, item, words)

    def paint_over(self, painter: QPainter, item: Item, words: Words, theme: Theme) -> None:
        """The ground of a flag would hide an edge beneath it."""
        painter.setPen(QPen(QColor(theme.colours.accent), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        self._paint_playing(painter, item, words)

    def _paint_playing(self, painter: QPainter, item: Item, words: Words) -> None:
        if self.playing is not None and isinstance(item, TurnItem) and item.index == self.playing[0]:
            for rect in word_rects(words, self.playing[1]):
                painter.drawRoundedRect(rect, 4, 4)


def word_rects(words: Words, span: Span) -> list[QRectF]:
    """Where a word stands, one rectangle a line."""
    found = []
    for number in range(words.layout.lineCount()):
        line = words.layout.lineAt(number)
        start = max(span.start, line.textStart())
        end = min(span.end, line.textStart() + line.textLength())
        if start < end:
            left, right = _x(line.cursorToX(start)), _x(line.cursorToX(end))
            top = words.at.y() + line.y()
            found.append(QRectF(words.at.x() + left - 1.5, top - 1, right - left + 3, line.height() + 2))
    return found


def _x(place: object) -> float:
    """PySide gives the place alone, or with the cursor it was moved to."""
    return float(place[0] if isinstance(place, tuple) else place)  # type: ignore[arg-type]


class _Spans(dict[int, tuple[Span, ...]]):
    """The words of each turn, looked for when they are first asked for: a long call has many."""

    def __init__(self, turns: Iterable[Turn] = ()) -> None:
        super().__init__()
        self._turns = {turn.index: turn for turn in turns}

    def __missing__(self, turn_index: int) -> tuple[Span, ...]:
        turn = self._turns.get(turn_index)
        self[turn_index] = found = () if turn is None else spans(turn)
        return found


class PlayingTranscript(TranscriptView):
    """``word_chosen`` with the turn's index and a ``Span``, ``turn_chosen`` when a turn is to be looked at,
    ``turn_wanted`` when it is to be heard."""

    word_chosen = Signal(int, object)
    turn_chosen = Signal(int)
    turn_wanted = Signal(int)
    toggle_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(TranscriptModel(), live=False, parent=parent)
        self.transcript.setParent(self)
        self.words = _Spans()
        self._order: list[tuple[float, float, int]] = []
        made = _Delegate(self.transcript, self)
        made.set_width(self.delegate.width)
        self.delegate = made
        self._height_of = made.height_of
        self.setItemDelegate(made)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.selectionModel().currentChanged.connect(self._on_current)
        self._quiet = False

    @property
    def playing(self) -> tuple[int, Span] | None:
        """The turn and the word that are heard now."""
        delegate = self.delegate
        return delegate.playing if isinstance(delegate, _Delegate) else None

    def show_call(self, shown: CallRecord, chosen: int | None) -> None:
        """``shown`` may be the call with only some of its turns; ``chosen`` stays so if it is among them."""
        self.words = _Spans(shown.turns)
        self._order = [(turn.start_s, turn.end_s, turn.index) for turn in shown.turns]
        self._quiet = True
        self.transcript.load(shown)
        self._set_playing(None)
        if chosen is not None:
            self.choose(chosen)
        self._quiet = False

    def choose(self, turn_index: int) -> None:
        row = self.transcript.row_of_turn(turn_index)
        if row is None:
            return
        index = self.transcript.index(row)
        if index != self.currentIndex():
            self.selectionModel().setCurrentIndex(index, _EVERY)
        if not self.viewport().rect().contains(self.visualRect(index)):
            self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)

    def show_place(self, at_s: float, follow: bool) -> None:
        """Mark the word at a second; ``follow`` brings it into sight."""
        turn_index = self.turn_at(at_s)
        word = span_at(self.words[turn_index], at_s) if turn_index is not None else None
        now = None if turn_index is None or word is None else (turn_index, word)
        if now == self.playing:
            return
        self._set_playing(now)
        if now is not None and follow:
            row = self.transcript.row_of_turn(now[0])
            index = self.transcript.index(row if row is not None else -1)
            if index.isValid() and not self.viewport().rect().intersects(self.visualRect(index)):
                self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)

    def turn_at(self, at_s: float) -> int | None:
        """The turn that is said at a second; None between turns."""
        return next((index for start_s, end_s, index in self._order if start_s <= at_s <= end_s), None)

    @property
    def current_turn(self) -> int | None:
        item = self.currentIndex().data(ITEM_ROLE) if self.currentIndex().isValid() else None
        return item.index if isinstance(item, TurnItem) else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        key = event.key() if plain == Qt.KeyboardModifier.NoModifier else None
        if key == Qt.Key.Key_Space:
            self.toggle_wanted.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current_turn is not None:
            self.turn_wanted.emit(self.current_turn)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._step_word(-1 if key == Qt.Key.Key_Left else 1)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() != Qt.MouseButton.LeftButton:
            return
        index = self.indexAt(event.position().toPoint())
        item = index.data(ITEM_ROLE) if index.isValid() else None
        if not isinstance(item, TurnItem):
            return
        at = QPointF(event.position()) - QPointF(self.visualRect(index).topLeft())
        place = self.delegate.character_at(index, at)
        for word in self.words[item.index]:
            if place >= 0 and word.start <= place <= word.end:
                self.word_chosen.emit(item.index, word)
                return

    def _step_word(self, by: int) -> None:
        """To the word before or after, in the turn that is looked at."""
        turn_index = self.current_turn
        words = self.words[turn_index] if turn_index is not None else ()
        if turn_index is None or not words:
            return
        playing = self.playing
        if playing is not None and playing[0] == turn_index and playing[1] in words:
            place = min(max(words.index(playing[1]) + by, 0), len(words) - 1)
        else:
            place = 0 if by > 0 else len(words) - 1
        self.word_chosen.emit(turn_index, words[place])

    def _set_playing(self, playing: tuple[int, Span] | None) -> None:
        if isinstance(self.delegate, _Delegate):
            self.delegate.playing = playing
        self.viewport().update()

    def _on_current(self, index: QModelIndex) -> None:
        item = index.data(ITEM_ROLE) if index.isValid() else None
        if isinstance(item, TurnItem) and not self._quiet:
            self.turn_chosen.emit(item.index)
