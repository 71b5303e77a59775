"""Recordings one after the other: none is done twice, and one that fails does not stop the rest."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from coach.commands.lines import one_line
from coach.errors import KnownError
from coach.ports import CallStore
from coach.recordings.ledger import Entry, Ledger, Stamp, digest_of, stamp_of
from coach.recordings.report import Outcome, Result, as_csv, counted
from coach.whole_files import write_whole

Hear = Callable[[Path, str, Callable[[str], None]], Outcome]
"""Review one recording: (path, which of how many, what is told the call's id before it begins)."""

_STOPS_ALL = {"disk-full", "store-unwritable", "store-locked", "model-missing", "model-damaged"}
"""What would be wrong with every other recording too."""
_READ_TO_ITS_END = {"no-speech", "recording-damaged"}
"""Told of a call that is kept all the same."""

_ALL = 10_000_000


class Batch:
    """``outcomes`` grow as recordings are done; without ``ledger`` nothing is kept, and nothing known.

    ``run`` raises ``KnownError`` for what all recordings would meet, and for a single one whatever it meets.
    """

    def __init__(
        self,
        paths: Sequence[Path],
        hear: Hear,
        store: Callable[[], CallStore] | None,
        ledger: Ledger | None,
        *,
        again: bool = False,
    ) -> None:
        self.outcomes: list[Outcome] = []
        self._paths = paths
        self._hear = hear
        self._store = store
        self._ledger = ledger
        self._again = again
        self._kept: set[str] | None = None

    def run(self) -> None:
        for number, path in enumerate(self._paths, 1):
            which = f"{number}/{len(self._paths)} " if len(self._paths) > 1 else ""
            try:
                self.outcomes.append(self._take(path, which))
            except KnownError as error:
                self.outcomes.append(Outcome(path, Result.FAILED, one_line(error.message)))
                if len(self._paths) == 1 or error.code in _STOPS_ALL:
                    raise
                sys.stdout.flush()
                sys.stderr.write(f"sameside: {one_line(str(path))}: {one_line(error.message)}\n")

    def save_report(self, path: Path) -> None:
        write_whole(path, as_csv(self._all()), replace=True)

    def tell(self) -> None:
        sys.stdout.flush()
        sys.stderr.write(f"{len(self._paths)} recordings: {counted(self._all())}.\n")

    def _all(self) -> list[Outcome]:
        done = {one.path for one in self.outcomes}
        return [
            *self.outcomes,
            *(Outcome(path, Result.NOT_BEGUN) for path in self._paths if path not in done),
        ]

    def _take(self, path: Path, which: str) -> Outcome:
        before = stamp_of(path)
        if self._ledger is None or self._store is None or before is None or not path.is_file():
            return self._hear(path, which, lambda _call_id: None)
        return self._take_once(path, which, before, self._ledger, self._store())

    def _kept_in(self, store: CallStore) -> set[str]:
        """The calls in the list: one that was deleted from it is not in the way of a new review."""
        if self._kept is None:
            self._kept = {one.id for one in store.listing(limit=_ALL)}
        return self._kept

    def _take_once(self, path: Path, which: str, before: Stamp, ledger: Ledger, store: CallStore) -> Outcome:
        digest = digest_of(path)
        known = ledger.find(digest)
        if known is not None and known.call_id in self._kept_in(store):
            if known.finished and not self._again:
                sys.stderr.write(
                    f"{one_line(str(path))} was reviewed before, as call {known.call_id}. "
                    "Say --again to review it once more.\n"
                )
                return Outcome(path, Result.KNOWN, call_id=known.call_id)
            if not known.finished:
                # Cut off half-way: it is done from the beginning, and there is one call of it.
                _remove(store, known)
        failed: KnownError | None = None
        outcome = Outcome(path, Result.FAILED)
        try:
            outcome = self._hear(path, which, lambda call_id: ledger.begin(digest, call_id))
        except KnownError as error:
            failed = error
        begun = ledger.find(digest)
        if begun is not None and stamp_of(path) not in (before, None):
            ledger.forget(digest)
            _remove(store, begun)
            raise KnownError(
                "file-changed",
                f"{path.name} changed while it was read, so its call was not kept. Review it when whole.",
            )
        if begun is not None and (failed is None or failed.code in _READ_TO_ITS_END):
            ledger.finish(digest)
            self._kept_in(store).add(begun.call_id)
        if failed is not None:
            raise failed
        return outcome


def _remove(store: CallStore, entry: Entry) -> None:
    # The store may never have taken it.
    with suppress(KnownError):
        store.delete(entry.call_id)
