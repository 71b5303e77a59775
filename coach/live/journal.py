"""What a running call leaves in the store, as it happens; nothing is given up when the store fails."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import replace
from typing import get_args

from coach.calls.record import apply
from coach.calls.summary import conclude
from coach.errors import KnownError
from coach.events import CallRecord, CallSummary, Event, Recordable
from coach.ports import CallStore

Report = Callable[[KnownError, bool], None]
"""Told of a failure once, and (true) when what was held back is safe again."""

_RECORDABLE = get_args(Recordable)


class Journal:
    """Writes a call item by item. What the store refuses waits in memory, in order, and is tried again."""

    def __init__(self, store: CallStore | None, record: CallRecord, titles: dict[str, str]) -> None:
        self._store = store
        self._record = record
        self._titles = titles
        self._waiting: deque[Callable[[CallStore], None]] = deque()
        self._failed: KnownError | None = None
        self._finished = False
        self._summary: CallSummary | None = None
        self._lock = threading.RLock()  # the user's "try again" comes while the call may still run

    @property
    def call_id(self) -> str:
        return self._record.header.id

    @property
    def closed(self) -> bool:
        """Whether the call is over and all of it in the store."""
        return self._store is None

    def begin(self, report: Report) -> None:
        header = self._record.header
        self._later(lambda store: store.begin(header), report)

    def keep(self, event: Event, report: Report) -> None:
        """Write ``event`` if it is part of the record."""
        if isinstance(event, _RECORDABLE):
            call_id = self._record.header.id
            self._later(lambda store: store.append(call_id, event), report)

    def finish(self, report: Report) -> tuple[CallSummary, bool]:
        """Summarise and close the call; true when all of it is in the store."""
        wanted = self._store is not None
        with self._lock:
            # At once: between the two a retry would take the call for one that is saved.
            self._finished = True
            self._later(self._close, report)
            return self._summary or conclude(self._record, self._titles), wanted and not self._waiting

    def _close(self, store: CallStore) -> None:
        self._take_answers(store)
        self._summary = conclude(self._record, self._titles)
        store.finish(self._record, self._summary)

    def _take_answers(self, store: CallStore) -> None:
        """What the agent said of promises elsewhere while the call ran, as in the room of commitments."""
        if not self._record.commitments:
            return
        kept, _ = store.load(self._record.header.id)
        answers = {made.id: made.answer for made in kept.commitments}
        for made in tuple(self._record.commitments):
            answer = answers.get(made.id, made.answer)
            if answer is not made.answer:
                apply(self._record, replace(made, answer=answer))

    def leave(self) -> None:
        """There is nothing to keep: the call never began, or is undone."""
        with self._lock:
            self._waiting.clear()
            if self._store is not None:
                self._store.close()
                self._store = None

    def retry(self, report: Report) -> bool:
        """Try again what waits; true when nothing is left over."""
        with self._lock:
            return self._retry(report)

    def _retry(self, report: Report) -> bool:
        if self._store is None:
            return True
        try:
            while self._waiting:
                self._waiting[0](self._store)
                self._waiting.popleft()
        except KnownError as error:
            if self._failed is None or self._failed.code != error.code:
                report(error, False)
            self._failed = error
            return False
        if self._failed is not None:
            report(KnownError(self._failed.code, "The call is saved again; nothing was lost."), True)
            self._failed = None
        if self._finished:
            self._store.close()
            self._store = None
        return True

    def _later(self, write: Callable[[CallStore], None], report: Report) -> None:
        with self._lock:
            if self._store is not None:
                self._waiting.append(write)
                self._retry(report)
