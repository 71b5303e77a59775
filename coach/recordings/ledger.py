"""Recordings are known by what is in them, so that none is reviewed twice.

What was reviewed before is in the store. Earlier versions kept it in a file beside it, which is taken over.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from coach.errors import KnownError
from coach.values.batches import BatchStore, Reviewed

_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Stamp:
    """What tells whether a file was written to meanwhile."""

    size: int
    changed_ns: int


def take_over(path: Path, store: BatchStore) -> None:
    """Move what an earlier version noted in the file ``path`` into the store; what is there already stays.

    A damaged file counts as empty: at worst a recording is reviewed again. Raises what the store raises.
    """
    if not path.is_file():
        return
    store.take_over_reviewed(_noted(path))
    with suppress(OSError):
        path.unlink()


def _noted(path: Path) -> Mapping[str, Reviewed]:
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))["recordings"]
        return {str(digest): Reviewed(str(call), bool(finished)) for digest, (call, finished) in kept.items()}
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
