"""A recording is reviewed once: what is kept already is not done again, what was cut off is done anew."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from coach.errors import KnownError
from coach.ports import CallStore
from coach.recordings.ledger import Stamp, digest_of, stamp_of
from coach.recordings.report import Outcome, Result
from coach.values.batches import BatchStore, Reviewed

Hear = Callable[[Callable[[str], None]], Outcome]
"""Review one recording; it is given what is to be told the call's id before the call begins."""

STOPS_ALL = frozenset({"disk-full", "store-unwritable", "store-locked", "model-missing", "model-damaged"})
"""What would be wrong with every other recording too."""
READ_TO_ITS_END = frozenset({"no-speech", "recording-damaged"})
"""Told of a call that is kept all the same."""


class WithdrawnError(Exception):
    """Raised by ``hear`` where the recording is not wanted any more; nothing stays of the call it began."""


class OnceStore(BatchStore, CallStore, Protocol):
    """What is asked of the store."""


def take_once(path: Path, hear: Hear, store: Callable[[], OnceStore], *, again: bool = False) -> Outcome:
    """What became of ``path``; with ``again`` it is heard also where its call is kept.

    A recording is noted when its call begins and again when it is finished, so that one cut off by a crash is
    known as such. Raises what ``hear`` raises, and ``KnownError`` ("file-unreadable", "file-changed",
    "being-read").
    """
    before = stamp_of(path)
    if before is None or not path.is_file():
        return hear(lambda _call_id: None)
    digest = digest_of(path)
    with store().reading_alone(digest) as alone:
        if not alone:
            raise KnownError(
                "being-read",
                f"{path.name} is being read already, in another window or at the command line. Wait for "
                "that, then try again.",
            )
        return _unless_known(path, hear, store, digest, before, again)


def _unless_known(
    path: Path, hear: Hear, store: Callable[[], OnceStore], digest: str, before: Stamp, again: bool
) -> Outcome:
    known = store().reviewed(digest)
    if known is not None and known.finished and not again:
        return Outcome(path, Result.KNOWN, call_id=known.call_id)
    if known is not None and not known.finished:
        # Cut off half-way: it is done from the beginning, and there is one call of it.
        _remove(store(), known.call_id)
    return _hear(path, hear, store, digest, before, known if known is not None and known.finished else None)


def _hear(
    path: Path,
    hear: Hear,
    store: Callable[[], OnceStore],
    digest: str,
    before: Stamp,
    kept: Reviewed | None,
) -> Outcome:
    """``kept``: the call of it there is already."""
    begun: list[str] = []

    def note(call_id: str) -> None:
        begun.append(call_id)
        _keep(store(), digest, Reviewed(call_id, finished=False))

    failed: KnownError | None = None
    outcome = Outcome(path, Result.FAILED)
    try:
        outcome = hear(note)
    except KnownError as error:
        failed = error
    except WithdrawnError:
        if kept is not None:
            # The call of before stays, so the recording stays known by it.
            _keep(store(), digest, kept)
        raise
    if begun and stamp_of(path) not in (before, None):
        store().forget_reviewed(digest)
        _remove(store(), begun[-1])
        raise KnownError(
            "file-changed",
            f"{path.name} changed while it was read, so its call was not kept. Review it when whole.",
        )
    if begun and (failed is None or failed.code in READ_TO_ITS_END):
        _keep(store(), digest, Reviewed(begun[-1], finished=True))
    if failed is not None:
        raise failed
    return outcome


def _keep(store: BatchStore, digest: str, reviewed: Reviewed) -> None:
    # A store that takes nothing now is told of the call itself; at worst the recording is reviewed again.
    with suppress(KnownError):
        store.keep_reviewed(digest, reviewed)


def _remove(store: CallStore, call_id: str) -> None:
    # The store may never have taken it.
    with suppress(KnownError):
        store.delete(call_id)
