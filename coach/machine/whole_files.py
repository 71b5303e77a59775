"""Files that are written whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from coach.errors import KnownError

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_CANNOT_WAIT = {errno.EINVAL, errno.ENOSYS, errno.ENOTSUP}
_PART = ".part"
_NAMED_CHARACTERS = 40


class UnwrittenError(KnownError):
    """``reason`` is the system's own word for why, such as "Permission denied"."""

    def __init__(self, code: str, message: str, reason: str) -> None:
        super().__init__(code, message)
        self.reason = reason


def reason_of(error: OSError | UnwrittenError) -> str:
    """Why it failed, in the system's own words."""
    return error.reason if isinstance(error, UnwrittenError) else error.strerror or str(error)


def is_folder(path: Path) -> bool:
    """False too where that cannot be told: ``Path.is_dir`` raises for a network share that was cut off, and
    for what may not be looked at."""
    return _can_be_told(path.is_dir)


def is_file(path: Path) -> bool:
    """False too where that cannot be told, as with ``is_folder``."""
    return _can_be_told(path.is_file)


def _can_be_told(asked: Callable[[], bool]) -> bool:
    try:
        return asked()
    except OSError:
        return False


def write_whole(path: Path, content: str | bytes, replace: bool) -> None:
    """Write ``path`` whole or not at all; a file that is there stays as it is unless it may be replaced.

    Raises ``KnownError`` ("file-exists"), ``UnwrittenError`` ("file-no-room", "file-unwritable").
    """
    try:
        if path.exists() and not replace:
            raise KnownError("file-exists", f"{path} is there already. Choose another name, or replace it.")
        with tempfile.NamedTemporaryFile(
            dir=path.parent, prefix=_prefix(path), suffix=_PART, delete=False
        ) as file:
            unfinished = Path(file.name)
        try:
            _write(unfinished, content if isinstance(content, bytes) else content.encode())
            unfinished.replace(path)
        finally:
            # Where the place itself is gone, it is gone too, or swept away later.
            with contextlib.suppress(OSError):
                unfinished.unlink(missing_ok=True)
    except OSError as error:
        reason = reason_of(error)
        code, words = "file-unwritable", f"{path} could not be written ({reason}). Choose another place."
        if error.errno in _FULL:
            code = "file-no-room"
            words = f"There is no room for {path}. Free some space, or choose another place."
        raise UnwrittenError(code, words, reason) from error


def sweep(path: Path) -> None:
    """Remove what an earlier try of writing ``path`` had to leave, as the place went away in the middle."""
    with contextlib.suppress(OSError):
        for left in path.parent.iterdir():
            if left.name.startswith(_prefix(path)) and left.name.endswith(_PART):
                left.unlink(missing_ok=True)


def _prefix(path: Path) -> str:
    return f".{path.name[:_NAMED_CHARACTERS]}."


def _write(path: Path, content: bytes) -> None:
    """And wait until it is on the disk, or on the server: a full one may say so only then.

    Opened once: some network shares take a file only from its beginning.
    """
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        try:
            os.fsync(file.fileno())
        except OSError as error:
            if error.errno not in _CANNOT_WAIT:
                raise
