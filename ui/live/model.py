"""The transcript as a Qt model: grows with a call's events, or is loaded from a record."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
    Slot,
)

from coach.calls.record import standing
from coach.events import (
    Answer,
    CallHeader,
    CallRecord,
    Commitment,
    Cue,
    CueEnd,
    CueEnded,
    Gap,
    InterimWords,
    MovesFound,
    Speaker,
    Turn,
    Word,
    WordsHeard,
)
from coach.taxonomy import is_flag
from ui.live.items import GapItem, Item, TurnItem, spoken

GRACE_MS = 1_200
"""How long words that came to nothing stay: most often final ones take their place within that."""

ITEM_ROLE = int(Qt.ItemDataRole.UserRole) + 1
_NO_PARENT = QModelIndex()


class TranscriptModel(QAbstractListModel):
    """Rows in time order. ``ITEM_ROLE`` gives the ``Item``; the accessible text says all of it."""

    contested_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._items: list[Item] = []
        self._turns: dict[int, TurnItem] = {}
        self._cue_turns: dict[str, int] = {}
        self._day: dt.date | None = None
        self._interim: TurnItem | None = None
        self.grace = QTimer(self, singleShot=True, interval=GRACE_MS)
        self.grace.timeout.connect(self._drop_interim)

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._items)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = 0) -> Any:
        if not index.isValid():
            return None
        item = self._items[index.row()]
        if role == ITEM_ROLE:
            return item
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(item)
        if role == Qt.ItemDataRole.DisplayRole and isinstance(item, TurnItem):
            return item.shown
        return None

    def item_at(self, row: int) -> Item:
        return self._items[row]

    def row_of_turn(self, turn_index: int) -> int | None:
        item = self._turns.get(turn_index)
        return None if item is None else self._row(item)

    def load(self, record: CallRecord) -> None:
        """Show a whole call at once."""
        self.beginResetModel()
        self._clear(record.header)
        for turn in record.turns:
            item = TurnItem(turn.index, turn.start_s, turn.text, False, record.moves.get(turn.index, ()))
            item.said_on = self._day
            item.unsure, item.language = turn.speaker is Speaker.UNSURE, turn.language
            self._turns[turn.index] = item
        for cue in record.cues:
            if (item_of := self._turns.get(cue.because.turn_index)) is not None:
                item_of.cues.append(cue)
                if cue.id in record.cue_ends:
                    item_of.cue_ends[cue.id] = record.cue_ends[cue.id]
                    _take_in(item_of, cue.because.move, record.cue_ends[cue.id])
        for made in standing(record):
            if made.turn_index in self._turns:
                self._turns[made.turn_index].commitments.append(made)
        self._items = [*self._turns.values(), *(GapItem(gap) for gap in record.gaps)]
        self._items.sort(key=lambda item: item.start_s)
        self.endResetModel()

    def begin(self, header: CallHeader) -> None:
        """Empty, for a call that starts now."""
        self.beginResetModel()
        self._clear(header)
        self.endResetModel()

    @Slot(object)
    def interim(self, heard: InterimWords) -> None:
        """Show the words of the open utterance, in place of what was heard of it before.

        No words at all take the last ones away, but not at once, for the page would flicker.
        """
        words = (*heard.committed, *heard.tentative)
        item = self._turn(heard.turn_index, words[0].start_s) if words else self._turns.get(heard.turn_index)
        if item is None or not item.open:
            return
        if self._interim is not item:
            self._drop_interim()
        self._interim = item
        if not words:
            self.grace.start()
            return
        self.grace.stop()
        item.committed, item.tentative = _joined(heard.committed), _joined(heard.tentative)
        self._settle(item)

    @Slot(object)
    def hear(self, heard: WordsHeard) -> None:
        """The words of the open turn, as they are understood now; its interim words are among them."""
        if heard.words:
            self._turn(heard.turn_index, heard.words[0].start_s)
        item = self._turns.get(heard.turn_index)
        if item is not None and item.open:
            self._heard_whole(item)
            item.text = _joined(heard.words)
            self._settle(item)

    @Slot(object)
    def close_turn(self, turn: Turn) -> None:
        item = self._turn(turn.index, turn.start_s)
        item.text, item.open = turn.text, False
        self._heard_whole(item)
        item.unsure, item.language = turn.speaker is Speaker.UNSURE, turn.language
        self._changed(item)

    @Slot(object)
    def mark_moves(self, found: MovesFound) -> None:
        if (item := self._turns.get(found.turn_index)) is not None and found.moves:
            item.moves = found.moves
            self._changed(item)

    @Slot(object)
    def add_cue(self, cue: Cue) -> None:
        if (item := self._turns.get(cue.because.turn_index)) is not None:
            self._cue_turns[cue.id] = item.index
            item.cues.append(cue)
            self._changed(item)

    @Slot(object)
    def end_cue(self, ended: CueEnded) -> None:
        turn_index = self._cue_turns.get(ended.cue_id)
        if turn_index is not None:
            item = self._turns[turn_index]
            item.cue_ends[ended.cue_id] = ended
            for cue in item.cues:
                if cue.id == ended.cue_id:
                    _take_in(item, cue.because.move, ended)
            self._changed(item)

    @Slot(object)
    def add_commitment(self, made: Commitment) -> None:
        """A promise said again with a correction has the same id, and takes the place of the first.

        One that was dropped goes.
        """
        for item in self._turns.values():
            if any(earlier.id == made.id for earlier in item.commitments):
                item.commitments = [earlier for earlier in item.commitments if earlier.id != made.id]
                self._changed(item)
        item_of = self._turns.get(made.turn_index)
        if item_of is not None and made.answer is not Answer.DROPPED:
            item_of.commitments.append(made)
            self._changed(item_of)

    @Slot(object)
    def add_gap(self, gap: Gap) -> None:
        """The same gap told again has grown, or has ended."""
        for item in reversed(self._items):
            if isinstance(item, GapItem) and (item.gap.start_s, item.gap.reason) == (gap.start_s, gap.reason):
                item.gap = gap
                self._changed(item)
                return
        self._insert(GapItem(gap))

    def open_cues(self, turn_index: int, move: str) -> list[str]:
        """Ids of cues that were raised for this flag and that nothing has come of yet."""
        item = self._turns.get(turn_index)
        cues = item.cues if item is not None else []
        return [cue.id for cue in cues if cue.because.move == move and item and cue.id not in item.cue_ends]

    def show_contested(self, contested: Collection[tuple[int, str]]) -> None:
        """Mark the flags called unfair, each by its turn's index and its move, and no others."""
        changed = False
        of_turn: dict[int, set[str]] = {}
        for turn_index, move in contested:
            of_turn.setdefault(turn_index, set()).add(move)
        for item in self._turns.values():
            moves = frozenset(of_turn.get(item.index, ()))
            if moves != item.contested:
                item.contested, changed = moves, True
                self._changed(item)
        if changed:
            self.contested_changed.emit()

    def _clear(self, header: CallHeader) -> None:
        self.grace.stop()
        self._day, self._interim = header.started_at.date(), None
        self._items, self._turns, self._cue_turns = [], {}, {}

    def _heard_whole(self, item: TurnItem) -> None:
        item.committed = item.tentative = ""
        if self._interim is item:
            self._interim = None
            self.grace.stop()

    @Slot()
    def _drop_interim(self) -> None:
        """Words that came to nothing, or that another turn has overtaken, will not be heard to their end."""
        self.grace.stop()
        item, self._interim = self._interim, None
        if item is not None and item.open and (item.committed or item.tentative):
            item.committed = item.tentative = ""
            self._settle(item)

    def _settle(self, item: TurnItem) -> None:
        """Show an open turn; one whose words came to nothing goes."""
        if item.shown:
            self._changed(item)
            return
        row = self._row(item)
        self.beginRemoveRows(QModelIndex(), row, row)
        del self._items[row], self._turns[item.index]
        self.endRemoveRows()

    def _turn(self, turn_index: int, start_s: float) -> TurnItem:
        if turn_index not in self._turns:
            self._turns[turn_index] = TurnItem(turn_index, start_s, said_on=self._day)
            self._insert(self._turns[turn_index])
        return self._turns[turn_index]

    def _insert(self, item: Item) -> None:
        row = len(self._items)
        while row and self._items[row - 1].start_s > item.start_s:
            row -= 1
        self.beginInsertRows(QModelIndex(), row, row)
        self._items.insert(row, item)
        self.endInsertRows()

    def _row(self, item: Item) -> int:
        # From the end: what changes is nearly always the latest turn.
        return next(row for row in range(len(self._items) - 1, -1, -1) if self._items[row] is item)

    def _changed(self, item: Item) -> None:
        at = self.index(self._row(item))
        self.dataChanged.emit(at, at)


def _take_in(item: TurnItem, move: str, ended: CueEnded) -> None:
    """A cue called unfair contests the flag it was raised for."""
    if ended.end is CueEnd.UNFAIR and is_flag(move):
        item.contested |= {move}


def _joined(words: tuple[Word, ...]) -> str:
    return " ".join(word.text.strip() for word in words)
