"""A store is brought to the newest schema, with a copy of how it was."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

from coach.errors import KnownError
from coach.events import CallRecord
from coach.store import schema
from coach.store.connect import connect, make_engine
from coach.store.local import LocalStore
from coach.store.migrate import SCRIPTS, prepare
from tests.unit.store.store_parts import KEY, header, summary, turn

_NEXT = """
from alembic import op

revision = "9999"
down_revision = "{before}"


def upgrade():
    op.execute("UPDATE calls SET title = 'upgraded'")
    {more}
"""


def opener(path: Path) -> Any:
    path.touch()
    return connect(path, KEY.unlock)


def engine_of(path: Path) -> Engine:
    return make_engine(lambda: connect(path, KEY.unlock))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "calls.db"
    with closing(LocalStore(path, KEY)) as store:
        store.finish(CallRecord(header(), turns=[turn(0, "Unmistakablekettle")]), summary())
    return path


def scripts_with(tmp_path: Path, more: str = "") -> Path:
    """The shipped migrations and one that a later version might bring."""
    scripts = tmp_path / "migrations"
    shutil.copytree(SCRIPTS, scripts)
    (scripts / "versions" / "9999_next.py").write_text(_NEXT.format(more=more, before=schema.REVISION))
    return scripts


def test_the_migrations_make_the_tables_the_store_uses(path: Path) -> None:
    """The newest migration is the revision the store expects, and leads to exactly its tables."""
    assert ScriptDirectory(str(SCRIPTS)).get_current_head() == schema.REVISION
    engine = engine_of(path)
    with engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), schema.metadata)
    engine.dispose()
    tables_of_search = [change for change in differences if change[0] == "remove_table"]
    assert {change[1].name for change in tables_of_search} <= {
        f"{table}{part}"
        for table in ("search", "share_search")
        for part in ("", "_data", "_idx", "_content", "_docsize", "_config")
    }
    assert [change for change in differences if change not in tables_of_search] == []


def test_an_upgrade_keeps_a_copy_of_the_store_as_it_was(tmp_path: Path, path: Path) -> None:
    """Before an older store is changed it is copied, encrypted, and the copy opens with the same key."""
    engine = engine_of(path)
    prepare(engine, path, 1.0, opener, scripts_with(tmp_path), "9999")
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT title FROM calls").scalars().all() == ["upgraded"]
        assert connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() == "9999"
    engine.dispose()
    copy = tmp_path / "calls.db.before-9999"
    assert b"Unmistakablekettle" not in copy.read_bytes()
    with closing(LocalStore(copy, KEY)) as store:
        record, _ = store.load("c1")
        assert (record.header.title, record.turns) == ("A call", [turn(0, "Unmistakablekettle")])
    assert list(tmp_path.glob("*.part")) == []


def test_a_copy_that_finds_no_room_leaves_none_taken(tmp_path: Path, path: Path) -> None:
    """Half a copy would keep the disk full, which the user is asked to make room on."""

    def full(part: Path) -> Any:
        opener(part).close()
        raise OSError("no room")

    engine = engine_of(path)
    with pytest.raises(OSError, match="no room"):
        prepare(engine, path, 1.0, full, scripts_with(tmp_path), "9999")
    engine.dispose()
    assert list(tmp_path.glob("*.part")) == []


def test_an_upgrade_that_fails_changes_nothing(tmp_path: Path, path: Path) -> None:
    """An upgrade is one transaction: where a step fails the store stays at its old revision, whole."""
    engine = engine_of(path)
    with pytest.raises(ZeroDivisionError):
        prepare(engine, path, 1.0, opener, scripts_with(tmp_path, "1 / 0"), "9999")
    engine.dispose()
    with closing(LocalStore(path, KEY)) as store:
        assert [row.title for row in store.listing()] == ["A call"]


def test_a_store_of_a_newer_version_is_refused_untouched(tmp_path: Path, path: Path) -> None:
    """A revision this version does not know is never opened, nor changed."""
    with closing(connect(path, KEY.unlock)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = 'later'")
    before = path.read_bytes()
    with pytest.raises(KnownError, match=r"newer Sameside\. Update Sameside") as caught:
        LocalStore(path, KEY)
    assert caught.value.code == "store-newer"
    assert path.read_bytes() == before


def test_a_summary_of_a_newer_version_is_refused(path: Path) -> None:
    """A summary in a form this version does not know is not guessed at."""
    with closing(connect(path, KEY.unlock)) as connection:
        connection.execute("UPDATE summaries SET version = 99")
    with closing(LocalStore(path, KEY)) as store, pytest.raises(KnownError) as caught:
        store.load("c1")
    assert caught.value.code == "store-newer"
