"""Folders in which files are shared, most often on a network share: listed, and read within bounds."""

from __future__ import annotations

import heapq
import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from coach.errors import KnownError
from coach.machine.whole_files import is_folder
from coach.sharing.envelope import MOST_BYTES
from coach.values.shares import ENDING, FoundFile

MOST_FILES = 20_000
"""Of one folder. Where a team has shared more in a year, the latest count: their names begin with the day."""


def mount_of(folder: Path) -> str:
    """Where the file system of a folder is mounted; empty on the disk of the system itself."""
    place = folder.resolve()
    while not os.path.ismount(place):
        place = place.parent
    return "" if place == Path(place.anchor) else str(place)


def is_there(folder: Path, mount: str) -> bool:
    """False too where ``mount``, known from before, is only the empty place a network share stood in: what is
    written there would never be read, and hidden once the share is back."""
    # A folder may have been chosen since by hand, in the settings' file.
    there = not mount or not folder.resolve().is_relative_to(mount) or os.path.ismount(mount)
    return there and is_folder(folder)


def is_empty(folder: Path) -> bool:
    """False too where that cannot be told."""
    try:
        with os.scandir(folder) as entries:
            return next(entries, None) is None
    except OSError:
        return False


def files_in(folder: Path) -> list[FoundFile]:
    """The shared files there, by name. Raises ``KnownError("folder-unreachable")``."""
    try:
        with os.scandir(folder) as entries:
            ours = (entry for entry in entries if _is_ours(entry))
            found = list(_files(heapq.nlargest(MOST_FILES, ours, key=lambda entry: entry.name)))
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise KnownError(
            "folder-unreachable", f"The folder {folder} cannot be reached now ({reason}). Nothing is lost."
        ) from error
    return sorted(found, key=lambda one: one.path)


def _is_ours(entry: os.DirEntry[str]) -> bool:
    hidden = entry.name.startswith(".")
    return entry.name.endswith(f".{ENDING}") and not hidden and _is_text(entry.path)


def _files(entries: Iterable[os.DirEntry[str]]) -> Iterator[FoundFile]:
    for entry in entries:
        try:
            about = entry.stat()
        except OSError:
            # Gone again while the folder was read.
            continue
        if stat.S_ISREG(about.st_mode):
            yield FoundFile(entry.path, about.st_size, about.st_mtime)


def _is_text(path: str) -> bool:
    """A name may hold bytes that are no text; none of ours does."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return True


def read_bounded(path: Path) -> bytes:
    """At most one byte more than a share may have, whatever the file becomes while it is read.

    Raises ``KnownError``: "share-too-large", "file-unreadable".
    """
    try:
        # A pipe that took the place of the file would be waited for without end.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(handle, "rb") as file:
            about = os.fstat(handle)
            if not stat.S_ISREG(about.st_mode):
                raise KnownError("file-unreadable", f"{path} is not a file. Nothing was read.")
            if about.st_size > MOST_BYTES:
                raise KnownError(
                    "share-too-large", "This file is larger than any shared summary. It was not read."
                )
            return file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise KnownError(
            "file-unreadable", f"{path} cannot be read ({reason}). Check that it is there and may be read."
        ) from error
