"""Files that are written whole or not at all."""

from __future__ import annotations

import errno
import tempfile
from pathlib import Path

from coach.errors import KnownError

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def write_whole(path: Path, content: str | bytes, replace: bool) -> None:
    """Write ``path`` whole or not at all; a file that is there stays as it is unless it may be replaced.

    Raises ``KnownError`` ("file-exists", "disk-full", "file-unwritable").
    """
    try:
        if path.exists() and not replace:
            raise KnownError("file-exists", f"{path} is there already. Choose another name, or replace it.")
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
            unfinished = Path(file.name)
        try:
            unfinished.write_bytes(content if isinstance(content, bytes) else content.encode())
            unfinished.replace(path)
        finally:
            unfinished.unlink(missing_ok=True)
    except OSError as error:
        if error.errno in _FULL:
            raise KnownError(
                "disk-full", f"There is no room for {path}. Free some space, or choose another place."
            ) from error
        reason = error.strerror or str(error)
        raise KnownError(
            "file-unwritable", f"{path} could not be written ({reason}). Choose another place."
        ) from error
