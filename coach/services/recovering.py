"""The part of the composition root that puts in order what a crash left behind."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from contextlib import suppress
from typing import Protocol

from coach.calls.summary import conclude
from coach.errors import KnownError
from coach.events import CallRecord, CallSummary
from coach.ports import CallStore
from coach.values.batches import BatchStore

DELETED_KEPT = dt.timedelta(days=7)
"""How long a deleted call can be brought back."""


class LeftStore(CallStore, BatchStore, Protocol):
    """What ``coach.store.local.LocalStore`` is."""

    def finish_left(self, record: CallRecord, summary: CallSummary) -> bool: ...
    def purge(self, older_than: dt.datetime) -> int: ...
    def purge_shares(self, older_than: dt.datetime) -> int: ...


def recover(store: LeftStore, names: Mapping[str, str], now: dt.datetime) -> list[str]:
    """Summarise and close calls that a crash left open; returns their ids.

    Half a call of a recording is none of them: the recording is read again from its beginning, so it goes as
    a call does that is deleted. Calls deleted long enough ago are removed for good on the way. ``names`` are
    what moves are called. The window and the command line may do this at the same time: each call is put in
    order by one of them.
    """
    store.purge(now - DELETED_KEPT)
    store.purge_shares(now - DELETED_KEPT)
    half = store.half_read()
    found = []
    for call_id in store.unfinished():
        if not _finish(store, call_id, names):
            continue
        if call_id not in half:
            found.append(call_id)
            continue
        store.delete(call_id)
        # Where it is restored it counts as any other.
        with suppress(KnownError):
            store.forget_reviewed(half[call_id])
    return found


def _finish(store: LeftStore, call_id: str, names: Mapping[str, str]) -> bool:
    """Whether it was us who did."""
    try:
        record, _ = store.load(call_id)
    except KnownError as error:
        if error.code != "call-unknown":
            raise
        return False
    return store.finish_left(record, conclude(record, names))
