"""Brings a store to the newest schema when it is opened."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout
from sqlalchemy import Engine

from coach.store import faults
from coach.store.schema import REVISION

SCRIPTS = Path(__file__).parent / "migrations"

Opener = Callable[[Path], Any]
"""Gives a DB-API connection to the file, made where missing, under the store's key."""


def prepare(
    engine: Engine, path: Path, wait_s: float, opener: Opener, scripts: Path = SCRIPTS, head: str = REVISION
) -> None:
    """Make the schema in an empty file, or upgrade an older one after copying it to ``<name>.before-<head>``.

    Raises ``KnownError`` ("store-newer", "store-locked", "store-corrupt").
    """
    if _revision(engine, path) == head:
        return
    try:
        # Two processes may open a new store at once: one makes it, the other finds it made.
        with FileLock(f"{path}.lock", timeout=wait_s):
            revision = _revision(engine, path)
            if revision is None:
                with engine.connect() as connection:
                    connection.connection.cursor().execute("PRAGMA journal_mode = WAL")
                _run(engine, scripts)
            elif revision != head:
                _check_known(revision, path, scripts)
                _copy(engine, path.with_name(f"{path.name}.before-{head}"), opener)
                _run(engine, scripts)
    except Timeout as error:
        raise faults.locked(path) from error


def _revision(engine: Engine, path: Path) -> str | None:
    with engine.connect() as connection:
        tables = (
            connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars().all()
        )
        if not tables:
            return None
        if "alembic_version" not in tables:
            raise faults.corrupt(path)
        return connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one_or_none()


def _check_known(revision: str, path: Path, scripts: Path) -> None:
    from alembic.script import ScriptDirectory

    if revision not in {script.revision for script in ScriptDirectory(str(scripts)).walk_revisions()}:
        raise faults.newer(path)


def _run(engine: Engine, scripts: Path) -> None:
    # Alembic takes a noticeable time to import and is needed only here.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    with engine.execution_options(begin="BEGIN IMMEDIATE").begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _copy(engine: Engine, copy: Path, opener: Opener) -> None:
    unfinished = copy.with_name(f"{copy.name}.part")
    unfinished.unlink(missing_ok=True)
    try:
        _copy_into(engine, unfinished, opener)
    except BaseException:
        # On a full disk, half a copy would take the room that is missing.
        unfinished.unlink(missing_ok=True)
        raise
    unfinished.replace(copy)


def _copy_into(engine: Engine, unfinished: Path, opener: Opener) -> None:
    with engine.connect() as connection, closing(opener(unfinished)) as target:
        source: Any = connection.connection.driver_connection
        # The connection's own snapshot may not be open while pages are copied.
        connection.rollback()
        source.backup(target)
        _forget_voice(target)


def _forget_voice(copy: Any) -> None:
    """A copy holds calls only: the voice profile is in one place, so that deleting it deletes it."""
    for table in ("voice", "batch_voices"):
        if copy.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (table,)).fetchone():
            copy.execute(f"DELETE FROM {table}")
