"""Calls that the store could not take yet, and calls that are to go as soon as it lets them."""

from __future__ import annotations

import threading
from collections.abc import Callable

from coach.errors import KnownError
from coach.live.journal import Journal
from coach.ports import CallStore


class Unsaved:
    """Used from any thread. ``store`` opens the store, and raises what it raises."""

    def __init__(self, store: Callable[[], CallStore]) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._journals: list[Journal] = []
        self._undone: set[str] = set()

    def add(self, journal: Journal) -> None:
        with self._lock:
            # A call that still runs stays: it may yet fail to be saved.
            self._journals = [*(one for one in self._journals if not one.closed), journal]

    def retry(self) -> bool:
        """True when nothing is left over."""
        with self._lock:
            journals, undone = list(self._journals), list(self._undone)
        done = [journal.retry(_unheard) for journal in journals]
        done += [self._is_gone(call_id) for call_id in undone]
        return all(done)

    def undo(self, call_id: str) -> None:
        """Nothing of a call that is over stays, nor of what waits to be saved of it. Raises ``KnownError``
        where it cannot go now; ``retry`` tries that again."""
        with self._lock:
            self._undone.add(call_id)
            mine = [one for one in self._journals if one.call_id == call_id]
        for journal in mine:
            journal.leave()
        self._erase(call_id)

    def _is_gone(self, call_id: str) -> bool:
        try:
            self._erase(call_id)
        except KnownError:
            return False
        return True

    def _erase(self, call_id: str) -> None:
        try:
            self._store().erase(call_id)
        except KnownError as error:
            # The store may never have taken it.
            if error.code != "call-unknown":
                raise
        with self._lock:
            self._undone.discard(call_id)


def _unheard(_error: KnownError, _recovered: bool) -> None:
    """``retry`` answers by its result."""
