"""Which recordings were reviewed before, by what is in them; so that none is reviewed twice.

Kept beside the store as digests and the numbers of calls: no name of a file is written down. A recording is
noted when its call begins and again when it is finished, so that one cut off by a crash is known as such.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from coach.errors import KnownError
from coach.machine.whole_files import write_whole

VERSION = 1
_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Entry:
    """The call of a recording; not ``finished`` where it was cut off."""

    call_id: str
    finished: bool


@dataclass(frozen=True, slots=True)
class Stamp:
    """What tells whether a file was written to meanwhile."""

    size: int
    changed_ns: int


class Ledger:
    """A damaged file counts as empty: at worst a recording is reviewed again."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._entries = _read(path)

    def find(self, digest: str) -> Entry | None:
        return self._entries.get(digest)

    def begin(self, digest: str, call_id: str) -> None:
        """Raises ``KnownError`` ("disk-full", "file-unwritable")."""
        self._note(digest, Entry(call_id, finished=False))

    def finish(self, digest: str) -> None:
        self._note(digest, Entry(self._entries[digest].call_id, finished=True))

    def forget(self, digest: str) -> None:
        if self._entries.pop(digest, None) is not None:
            self._write()

    def _note(self, digest: str, entry: Entry) -> None:
        self._entries[digest] = entry
        self._write()

    def _write(self) -> None:
        known = {digest: [entry.call_id, entry.finished] for digest, entry in self._entries.items()}
        write_whole(self._path, json.dumps({"version": VERSION, "recordings": known}), replace=True)


def _read(path: Path) -> dict[str, Entry]:
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))["recordings"]
        return {str(digest): Entry(str(call), bool(finished)) for digest, (call, finished) in kept.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def digest_of(path: Path) -> str:
    """SHA-256 of the file. Raises ``KnownError("file-unreadable")``."""
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                digest.update(piece)
    except OSError as error:
        reason = error.strerror or str(error)
        raise KnownError(
            "file-unreadable", f"{path} cannot be read ({reason}). Check that it is still there."
        ) from error
    return digest.hexdigest()


def stamp_of(path: Path) -> Stamp | None:
    """None where the file is gone."""
    try:
        found = path.stat()
    except OSError:
        return None
    return Stamp(found.st_size, found.st_mtime_ns)
