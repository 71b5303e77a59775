"""Encrypted connections: SQLCipher under SQLAlchemy's SQLite dialect.

SQLCipher encrypts every page with AES-256 and authenticates it with HMAC-SHA512; the
write-ahead log is encrypted too, and temporary data stays in memory.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import StaticPool
from sqlcipher3 import dbapi2 as sqlcipher

from coach.store.faults import is_not_a_database

PAGE_BYTES = 4096
"""SQLCipher 4's page size."""

BUSY_TIMEOUT_MS = 5_000


def make_private_folder(folder: Path) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def make_private_file(path: Path) -> None:
    """An empty file only its owner may read, unless there is one; SQLite takes it for an empty database."""
    make_private_folder(path.parent)
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))


def connect(path: Path, unlock: str, busy_timeout_ms: int = BUSY_TIMEOUT_MS) -> Any:
    """A DB-API connection to an existing file, unlocked by the ``unlock`` pragma; begins no transaction.

    ``synchronous = FULL`` makes every commit durable in WAL mode.
    """
    connection = _unlocked(path, unlock, busy_timeout_ms)
    try:
        for pragma in ("foreign_keys = ON", "synchronous = FULL", "secure_delete = ON"):
            connection.execute(f"PRAGMA {pragma}")
    except sqlcipher.Error:
        connection.close()
        raise
    return connection


def _unlocked(path: Path, unlock: str, busy_timeout_ms: int = BUSY_TIMEOUT_MS) -> Any:
    """A connection that has not read the file yet, so a key that does not fit is not noticed."""
    connection = sqlcipher.connect(
        f"{path.absolute().as_uri()}?mode=rw", uri=True, isolation_level=None, check_same_thread=False
    )
    connection.execute("PRAGMA cipher_log_level = NONE")  # it would write to standard error
    connection.execute(f"PRAGMA {unlock}")
    connection.execute(f"PRAGMA busy_timeout = {busy_timeout_ms}")
    return connection


def make_engine(opener: Callable[[], Any]) -> Engine:
    """An engine over the one connection ``opener`` gives.

    Transactions begin as the ``begin`` execution option says, "BEGIN" by default.
    """
    engine = create_engine(
        "sqlite://",
        module=sqlcipher,
        creator=opener,
        poolclass=StaticPool,
        hide_parameters=True,  # what was said does not belong in an error report
    )
    event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get("begin", "BEGIN"))


def opens(path: Path, unlock: str) -> bool:
    """Whether the key fits the file."""
    connection = _unlocked(path, unlock)
    try:
        connection.execute("SELECT count(*) FROM sqlite_master")
    except sqlcipher.DatabaseError as error:
        if is_not_a_database(error):
            return False
        raise
    finally:
        connection.close()
    return True


def surely_damaged(path: Path, unlock: str) -> bool:
    """Of a file whose first page cannot be read: whether that is damage and not the key.

    It is damage where the file is no encrypted database at all, is cut within a page, or
    where any other page can be authenticated with this key.
    """
    with path.open("rb") as file:
        begins = file.read(16)
    pages, rest = divmod(path.stat().st_size, PAGE_BYTES)
    if begins.startswith(b"SQLite format 3") or rest:
        return True
    connection = _unlocked(path, unlock)
    try:
        bad_pages = len(connection.execute("PRAGMA cipher_integrity_check").fetchall())
    finally:
        connection.close()
    return bad_pages < pages
