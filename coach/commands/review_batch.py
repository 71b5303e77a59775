"""Recordings one after the other: none is done twice, and one that fails does not stop the rest."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from coach.commands.lines import one_line
from coach.errors import KnownError
from coach.machine.whole_files import write_whole
from coach.recordings.once import STOPS_ALL, OnceStore, take_once
from coach.recordings.report import Outcome, Result, as_csv, counted

Hear = Callable[[Path, str, Callable[[str], None]], Outcome]
"""Review one recording: (path, which of how many, what is told the call's id before it begins)."""


class Batch:
    """``outcomes`` grow as recordings are done; without ``store`` nothing is kept, and nothing known.

    ``run`` raises ``KnownError`` for what all recordings would meet, and for a single one whatever it meets.
    """

    def __init__(
        self,
        paths: Sequence[Path],
        hear: Hear,
        store: Callable[[], OnceStore] | None,
        *,
        again: bool = False,
    ) -> None:
        self.outcomes: list[Outcome] = []
        self._paths = paths
        self._hear = hear
        self._store = store
        self._again = again

    def run(self) -> None:
        for number, path in enumerate(self._paths, 1):
            which = f"{number}/{len(self._paths)} " if len(self._paths) > 1 else ""
            try:
                self.outcomes.append(self._take(path, which))
            except KnownError as error:
                self.outcomes.append(Outcome(path, Result.FAILED, one_line(error.message)))
                if len(self._paths) == 1 or error.code in STOPS_ALL:
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
        if self._store is None:
            return self._hear(path, which, lambda _call_id: None)
        outcome = take_once(
            path,
            lambda begun: self._hear(path, which, begun),
            self._store,
            again=self._again,
        )
        if outcome.result is Result.KNOWN:
            sys.stderr.write(
                f"{one_line(str(path))} was reviewed before, as call {outcome.call_id}. "
                "Say --again to review it once more.\n"
            )
        return outcome
