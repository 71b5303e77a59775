"""The part of the composition root that puts in order what a crash left behind."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from contextlib import suppress
from typing import Protocol

from coach.calls.summary import conclude
from coach.errors import KnownError
from coach.ports import CallStore
from coach.values.batches import BatchStore

DELETED_KEPT = dt.timedelta(days=7)
"""How long a deleted call can be brought back."""


class LeftStore(CallStore, BatchStore, Protocol):
    """What ``coach.store.local.LocalStore`` is."""

    def purge(self, older_than: dt.datetime) -> int: ...
    def purge_shares(self, older_than: dt.datetime) -> int: ...


def recover(store: LeftStore, names: Mapping[str, str], now: dt.datetime) -> list[str]:
    """Summarise and close calls that a crash left open; returns their ids.

    Half a call of a recording is none of them: the recording is read again from its beginning, so it goes as
    a call does that is deleted. Calls deleted long enough ago are removed for good on the way. ``names`` are
    what moves are called.
    """
    store.purge(now - DELETED_KEPT)
    store.purge_shares(now - DELETED_KEPT)
    half = store.half_read()
    found = store.unfinished()
    for call_id in found:
        record, _ = store.load(call_id)
        store.finish(record, conclude(record, names))
        if call_id in half:
            store.delete(call_id)
            # Where it is restored it counts as any other.
            with suppress(KnownError):
                store.forget_reviewed(half[call_id])
    return [call_id for call_id in found if call_id not in half]
