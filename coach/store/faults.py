"""Turns what SQLite and the disk report into errors the user can act on."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2 as sqlcipher

from coach.errors import KnownError

# Primary result codes, https://www.sqlite.org/rescode.html
_PERM, _BUSY, _LOCKED, _READONLY, _IOERR, _CORRUPT, _FULL, _CANTOPEN, _NOTADB = 3, 5, 6, 8, 10, 11, 13, 14, 26
_FULL_ERRNOS = (errno.ENOSPC, errno.EDQUOT)
_NEARLY_NOTHING_BYTES = 1 << 20


def result_code(error: Exception) -> int:
    """SQLite's primary result code behind ``error``; 0 where there is none."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    return int(getattr(cause, "sqlite_errorcode", 0)) & 0xFF


def is_not_a_database(error: Exception) -> bool:
    """The first page could not be read: a wrong key, or a damaged file."""
    return result_code(error) == _NOTADB


@contextmanager
def known_faults(path: Path) -> Iterator[None]:
    """Raises ``KnownError`` for faults of the store at ``path``; anything else passes through."""
    try:
        yield
    except (DBAPIError, sqlcipher.Error) as error:
        known = _known(error, path)
        if known is None:
            raise
        raise known from error
    except UnicodeEncodeError as error:
        # Half a character from a terminal or a clipboard: no text, so it is neither kept nor found.
        raise KnownError(
            "text-unreadable", "These words hold a character that is no text. Type them anew, without it."
        ) from error
    except OSError as error:
        raise (full(path) if error.errno in _FULL_ERRNOS else unwritable(path)) from error


def _known(error: Exception, path: Path) -> KnownError | None:
    code = result_code(error)
    if code in (_BUSY, _LOCKED):
        return locked(path)
    if code in (_CORRUPT, _NOTADB):
        return corrupt(path)
    if code == _FULL or (code == _IOERR and _nearly_full(path)):
        return full(path)
    if code in (_READONLY, _CANTOPEN, _PERM):
        return unwritable(path)
    if code == _IOERR:
        return KnownError(
            "store-unwritable",
            f"The disk reported an error while reading or writing {path}. Check the disk, then try again.",
        )
    return None


def _nearly_full(path: Path) -> bool:
    try:
        return shutil.disk_usage(path.parent).free < _NEARLY_NOTHING_BYTES
    except OSError:
        return False


def locked(path: Path) -> KnownError:
    return KnownError(
        "store-locked",
        f"Another program is using your calls at {path}. Close it, or wait for it to finish, then try again.",
    )


def corrupt(path: Path) -> KnownError:
    return KnownError(
        "store-corrupt",
        f"The file with your calls is damaged: {path}. Move it, and the files beside it that begin with its "
        "name, to a safe place and Sameside will start a new one; nothing has been deleted.",
    )


def full(path: Path) -> KnownError:
    return KnownError("disk-full", f"The disk that holds {path} is full. Free some space, then try again.")


def unwritable(path: Path) -> KnownError:
    return KnownError(
        "store-unwritable",
        f"Sameside may not read and write {path}. "
        f"Allow your account to write in {path.parent}, or choose another folder.",
    )


def newer(path: Path) -> KnownError:
    return KnownError(
        "store-newer",
        f"The calls at {path} were written by a newer Sameside. Update Sameside to open them.",
    )


def passphrase_wrong(path: Path) -> KnownError:
    return KnownError(
        "passphrase-wrong",
        f"This passphrase does not open your calls at {path}. Try again; if you are sure of it, the file is "
        "damaged, and you can move it to a safe place to start a new one.",
    )


def key_wrong(path: Path) -> KnownError:
    return KnownError(
        "store-corrupt",
        f"The key in this computer's keyring does not open your calls at {path}: the file is damaged, or "
        "it was locked with another key. Put back a copy, or move it to a safe place to start a new one.",
    )
