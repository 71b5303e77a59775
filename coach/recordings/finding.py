"""Files and folders as the user names them, to the recordings that are meant."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from coach.errors import KnownError
from coach.machine.whole_files import is_folder

SUFFIXES = frozenset(
    ".wav .mp3 .m4a .aac .ogg .oga .opus .flac .wma .aiff .aif .amr .mp4 .m4b .mov .mkv .webm .3gp".split()
)
MANY = 500
"""More recordings than this in the folders are asked about first: it would take days."""


def recordings_in(named: Sequence[Path], most: int | None = MANY) -> list[Path]:
    """``named`` files as they are, and the recordings in ``named`` folders and those below, each once.

    In the order named, a folder's by name. A link to a folder is not followed, what is hidden left out. A
    folder below that may not be listed stands for itself: what is wrong with it is told when it is read.
    No more is listed than ``most``; None lists all. Raises ``KnownError``: folder-unreadable,
    folder-empty, many-recordings.
    """
    found: dict[Path, None] = {}
    for path in named:
        inside = list(islice(_below(path), None if most is None else most + 1)) if is_folder(path) else [path]
        if not inside:
            raise KnownError(
                "folder-empty",
                f"There is no recording in {path}. Sameside looks for wav, mp3, m4a and others.",
            )
        found.update(dict.fromkeys(inside))
        if most is not None and len(found) > max(most, len(named)):
            raise KnownError(
                "many-recordings",
                f"There are more than {most} recordings in {path}. Say --all to review every one of them, "
                "or name a smaller folder.",
            )
    return list(found)


def date_of(path: Path) -> dt.datetime:
    """When a recording was made, as its file says: the last moment it was written to."""
    try:
        return dt.datetime.fromtimestamp(path.stat().st_mtime).astimezone()
    except (OverflowError, ValueError, OSError):
        # A clock that was never set leaves dates no calendar has.
        return dt.datetime.now().astimezone()


def _below(folder: Path, named: bool = True) -> Iterator[Path]:
    try:
        with os.scandir(folder) as entries:
            inside = sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        if not named:
            yield folder
            return
        reason = error.strerror or str(error)
        raise KnownError("folder-unreadable", f"{folder} cannot be listed ({reason}).") from error
    for entry in inside:
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _below(Path(entry.path), named=False)
        elif Path(entry.name).suffix.lower() in SUFFIXES:
            yield Path(entry.path)
