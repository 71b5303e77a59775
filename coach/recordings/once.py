"""A recording is reviewed once: what is kept already is not done again, what was cut off is done anew."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from coach.errors import KnownError
from coach.ports import CallStore
from coach.recordings.ledger import Entry, Ledger, Stamp, digest_of, stamp_of
from coach.recordings.report import Outcome, Result

Hear = Callable[[Callable[[str], None]], Outcome]
"""Review one recording; it is given what is to be told the call's id before the call begins."""

STOPS_ALL = frozenset({"disk-full", "store-unwritable", "store-locked", "model-missing", "model-damaged"})
"""What would be wrong with every other recording too."""
READ_TO_ITS_END = frozenset({"no-speech", "recording-damaged"})
"""Told of a call that is kept all the same."""

_ALL = 10_000_000


def take_once(
    path: Path, hear: Hear, ledger: Ledger, store: Callable[[], CallStore], *, again: bool = False
) -> Outcome:
    """What became of ``path``; with ``again`` it is heard also where its call is kept.

    Raises what ``hear`` raises, and ``KnownError`` ("file-unreadable", "file-changed").
    """
    before = stamp_of(path)
    if before is None or not path.is_file():
        return hear(lambda _call_id: None)
    digest = digest_of(path)
    known = ledger.find(digest)
    if known is not None and known.call_id in _kept(store()):
        if known.finished and not again:
            return Outcome(path, Result.KNOWN, call_id=known.call_id)
        if not known.finished:
            # Cut off half-way: it is done from the beginning, and there is one call of it.
            _remove(store(), known)
    return _hear(path, hear, ledger, store, digest, before)


def _hear(
    path: Path, hear: Hear, ledger: Ledger, store: Callable[[], CallStore], digest: str, before: Stamp
) -> Outcome:
    failed: KnownError | None = None
    outcome = Outcome(path, Result.FAILED)
    try:
        outcome = hear(lambda call_id: ledger.begin(digest, call_id))
    except KnownError as error:
        failed = error
    begun = ledger.find(digest)
    if begun is not None and stamp_of(path) not in (before, None):
        ledger.forget(digest)
        _remove(store(), begun)
        raise KnownError(
            "file-changed",
            f"{path.name} changed while it was read, so its call was not kept. Review it when whole.",
        )
    if begun is not None and (failed is None or failed.code in READ_TO_ITS_END):
        ledger.finish(digest)
    if failed is not None:
        raise failed
    return outcome


def _kept(store: CallStore) -> set[str]:
    """The calls in the list: one that was deleted from it is not in the way of a new review."""
    return {one.id for one in store.listing(limit=_ALL)}


def _remove(store: CallStore, entry: Entry) -> None:
    # The store may never have taken it.
    with suppress(KnownError):
        store.delete(entry.call_id)
