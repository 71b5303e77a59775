"""The engine's ports without models, microphone or disk: scripted, and able to fail on demand."""

from __future__ import annotations

import datetime as dt
import queue
from collections.abc import Iterator, Sequence

import numpy as np

from coach.calls.record import apply
from coach.errors import KnownError
from coach.events import (
    SAMPLE_RATE_HZ,
    Because,
    Block,
    CallHeader,
    CallListing,
    CallRecord,
    CallSource,
    CallSummary,
    Commitment,
    Cue,
    CueEnd,
    CueEnded,
    Event,
    Move,
    Owner,
    Recordable,
    Turn,
    VadChanged,
    VadState,
)
from coach.settings import CueSettings

START = dt.datetime(2026, 11, 20, 16, 5, tzinfo=dt.UTC)


def header(source: CallSource = CallSource.LIVE) -> CallHeader:
    return CallHeader("call-1", START, source, "A call", "fake")


def block(start_s: float, length_s: float = 0.5) -> Block:
    return Block(np.zeros(int(length_s * SAMPLE_RATE_HZ), dtype=np.float32), start_s)


class FakeHearing:
    """Gives the scripted turn that ends inside each block; ``flush`` gives the rest."""

    def __init__(self, turns: Sequence[Turn]) -> None:
        self._turns = list(turns)

    def feed(self, block: Block) -> Iterator[Event]:
        while self._turns and self._turns[0].end_s <= block.end_s:
            yield self._turns.pop(0)

    def flush(self) -> Iterator[Event]:
        while self._turns:
            yield self._turns.pop(0)


class FakeDetector:
    """A move for each keyword of ``moves`` that is in the text."""

    def __init__(self, moves: dict[str, str]) -> None:
        self._moves = moves
        self.thresholds = dict.fromkeys(moves.values(), 0.5)
        self.contexts: list[list[str]] = []

    def judge(self, text: str, context: Sequence[str] = ()) -> tuple[tuple[Move, ...], dict[str, float]]:
        self.contexts.append(list(context))
        found = []
        for word, name in self._moves.items():
            at = text.find(word)
            if at >= 0:
                found.append(Move(name, 0.9, (at, at + len(word))))
        return tuple(found), {move.name: move.confidence for move in found}

    def scores(self, text: str, context: Sequence[str] = ()) -> dict[str, float]:
        return self.judge(text, context)[1]


class FakeExtractor:
    """Takes every turn with "promise" in it as a commitment; remembers when each turn was said."""

    def __init__(self) -> None:
        self.said_at: list[dt.datetime] = []

    def extract(
        self, turn: Turn, earlier: Sequence[Turn], said_at: dt.datetime, committing: float | None
    ) -> tuple[Commitment, ...]:
        self.said_at.append(said_at)
        if "promise" not in turn.text:
            return ()
        end = (turn.start_s, turn.end_s)
        return (Commitment("p-1", "call back", Owner.AGENT, None, None, False, "promise", turn.index, *end),)


class FakePolicy:
    """A cue for every turn with a move; it ends repaired at the next turn."""

    def __init__(self) -> None:
        self.ticks: list[float] = []
        self.user: list[CueEnded] = []
        self.interrupts: list[tuple[Turn, tuple[Move, ...]]] = []
        self.spoke_at: list[float] = []
        self.heard: list[Event] = []
        self.chosen: list[tuple[CueSettings, float]] = []

    def decide(self, record: CallRecord, turn: Turn, moves: Sequence[Move]) -> list[Cue | CueEnded]:
        opened = [cue for cue in record.cues if cue.id not in record.cue_ends]
        done: list[Cue | CueEnded] = [CueEnded(cue.id, turn.end_s, CueEnd.REPAIRED) for cue in opened]
        for move in moves:
            because = Because(move.name, turn.text, turn.index, ("A1",))
            name = f"cue-{len(record.cues) + 1}"
            done.append(Cue(name, turn.end_s, move.name, "Own a part", "That was ours.", "why", because))
        return done

    def interrupt(self, record: CallRecord, turn: Turn, moves: Sequence[Move]) -> list[Cue | CueEnded]:
        self.interrupts.append((turn, tuple(moves)))
        return []

    def hear(self, event: Event) -> None:
        self.heard.append(event)
        if isinstance(event, VadChanged) and event.state is VadState.SPEAKING:
            self.spoke_at.append(event.at_s)

    def tick(self, record: CallRecord, now_s: float) -> list[Cue | CueEnded]:
        self.ticks.append(now_s)
        return []

    def user_ended(self, ended: CueEnded) -> None:
        self.user.append(ended)

    def choose(self, cues: CueSettings, now_s: float) -> list[Cue | CueEnded]:
        self.chosen.append((cues, now_s))
        return []

    def as_offered(self, text: str, moves: Sequence[Move]) -> tuple[Move, ...]:
        return tuple(moves)


class FakeSource:
    """Yields what the test put in: blocks, errors to raise, or None for silence. Ends by EOFError."""

    def __init__(self, items: Sequence[Block | KnownError | None], refuse_starts: int = 0) -> None:
        self.name = "fake microphone"
        self.warning: str | None = None
        self.dropped = 0
        self.items: queue.SimpleQueue[Block | KnownError | None] = queue.SimpleQueue()
        for item in items:
            self.items.put(item)
        self.refuse_starts = refuse_starts
        self.starts = 0
        self.stops = 0
        self.endless = False

    def start(self) -> None:
        self.starts += 1
        if self.refuse_starts:
            self.refuse_starts -= 1
            raise KnownError("microphone-gone", "The microphone is gone.")

    def read(self, timeout_s: float) -> Block | None:
        try:
            item = self.items.get(timeout=timeout_s) if timeout_s else self.items.get_nowait()
        except queue.Empty:
            if self.endless:
                return None
            raise EOFError from None
        if isinstance(item, KnownError):
            raise item
        return item

    def stop(self) -> None:
        self.stops += 1


class FakeStore:
    """A store in memory; ``failing`` makes every write raise it."""

    def __init__(self) -> None:
        self.failing: KnownError | None = None
        self.header: CallHeader | None = None
        self.items: list[Recordable] = []
        self.finished: tuple[CallRecord, CallSummary] | None = None
        self.closed = False

    def _write(self) -> None:
        if self.failing is not None:
            raise self.failing

    def begin(self, header: CallHeader) -> None:
        self._write()
        self.header = header

    def append(self, call_id: str, item: Recordable) -> None:
        self._write()
        self.items.append(item)

    def finish(self, record: CallRecord, summary: CallSummary) -> None:
        self._write()
        self.finished = (record, summary)

    def load(self, call_id: str) -> tuple[CallRecord, CallSummary | None]:
        assert self.header is not None
        record = CallRecord(self.header)
        for item in self.items:
            apply(record, item)
        return record, None

    def listing(self, query: str = "", limit: int | None = None, deleted: bool = False) -> list[CallListing]:
        raise NotImplementedError

    def unfinished(self) -> list[str]:
        return []

    def erase(self, call_id: str) -> None:
        raise NotImplementedError

    def delete(self, call_id: str) -> None:
        raise NotImplementedError

    def restore(self, call_id: str) -> None:
        raise NotImplementedError

    def close(self) -> None:
        self.closed = True
