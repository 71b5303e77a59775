"""The voice profile: one row, encrypted, gone without a trace once deleted."""

from __future__ import annotations

import datetime as dt
import os
import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from coach.errors import KnownError
from coach.events import CallRecord
from coach.store.connect import connect, make_engine
from coach.store.key import StoreKey
from coach.store.local import LocalStore
from coach.store.migrate import SCRIPTS, prepare
from coach.store.schema import REVISION
from tests.unit.store.store_parts import KEY, header, summary, turn

DAY = dt.date(2026, 11, 20)
PROFILE = os.urandom(20_000)
"""Larger than a page, as a real profile is; random, so that it is found nowhere by chance."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "calls.db"


@pytest.fixture
def store(path: Path) -> Iterator[LocalStore]:
    with closing(LocalStore(path, KEY)) as store:
        yield store


def test_a_profile_is_kept_and_replaced(store: LocalStore, path: Path) -> None:
    """What was saved last is what is loaded, by another connection too."""
    assert (store.load_voice(), store.voice_enrolled()) == (None, None)
    store.save_voice(b"first", DAY)
    store.save_voice(PROFILE, DAY + dt.timedelta(days=1))
    with closing(LocalStore(path, KEY, read_only=True)) as reader:
        assert reader.load_voice() == PROFILE
        assert reader.voice_enrolled() == DAY + dt.timedelta(days=1)


def test_a_profile_is_never_readable_on_the_disk(store: LocalStore, path: Path) -> None:
    """Neither the file nor its log holds the profile in the clear."""
    store.save_voice(PROFILE, DAY)
    assert len(on_the_disk(path)) > len(PROFILE)
    assert PROFILE[:64] not in on_the_disk(path)


class NoKey(StoreKey):
    """Leaves the file unencrypted, so that a test can read its pages."""

    @property
    def unlock(self) -> str:
        return "cache_size = 100"


def on_the_disk(path: Path) -> bytes:
    return b"".join(file.read_bytes() for file in path.parent.glob(f"{path.name}*") if file.is_file())


def test_a_deleted_profile_leaves_no_trace(path: Path) -> None:
    """After deleting, no page of the file or its log holds any of it, even for somebody with the key."""
    with closing(LocalStore(path, NoKey("keyring", bytes(32)))) as store:
        store.save_voice(PROFILE, DAY)
        assert PROFILE[:16] in on_the_disk(path), "the search finds it while it is there"
        store.delete_voice()
        assert (store.load_voice(), store.voice_enrolled()) == (None, None)
        held = on_the_disk(path)
    assert len(held) > len(PROFILE)
    assert not [at for at in range(0, len(PROFILE) - 16, 16) if PROFILE[at : at + 16] in held]


def test_a_replaced_profile_leaves_no_trace(path: Path) -> None:
    """Enrolling again overwrites the profile before."""
    with closing(LocalStore(path, NoKey("keyring", bytes(32)))) as store:
        store.save_voice(PROFILE, DAY)
        store.save_voice(bytes(len(PROFILE)), DAY)
        held = on_the_disk(path)
    assert not [at for at in range(0, len(PROFILE) - 16, 16) if PROFILE[at : at + 16] in held]


def test_deleting_a_profile_that_is_not_there_is_no_error(store: LocalStore) -> None:
    """Delete means: it is not there afterwards."""
    store.delete_voice()
    assert store.load_voice() is None


def test_calls_stay_when_the_profile_goes(store: LocalStore) -> None:
    """Deleting the voice deletes nothing else."""
    store.finish(CallRecord(header(), turns=[turn(0, "hello")]), summary())
    store.save_voice(PROFILE, DAY)
    store.delete_voice()
    assert store.load("c1")[0].turns == [turn(0, "hello")]


def _old_store(path: Path, tmp_path: Path) -> None:
    """A store as the version before voices made it."""
    scripts = tmp_path / "old"
    shutil.copytree(SCRIPTS, scripts)
    for file in (scripts / "versions").glob("*.py"):
        if not file.name.startswith("0001"):
            file.unlink()
    path.touch()
    engine = make_engine(lambda: connect(path, KEY.unlock))
    prepare(engine, path, 1.0, lambda place: connect(place, KEY.unlock), scripts, "0001")
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO calls (id, started_at, started_utc, source, title, model, duration_s, call_flags,"
            " finished) VALUES ('old', '2026-11-20T12:00:00+01:00', 1.0, 'live', 'Old kettle', 'base', 5.0,"
            " '[]', 1)"
        )
    engine.dispose()


def test_a_store_from_before_voices_is_upgraded(path: Path, tmp_path: Path) -> None:
    """An old store keeps its calls, gets a place for the voice, and a copy of how it was."""
    _old_store(path, tmp_path)
    with closing(LocalStore(path, KEY)) as store:
        assert [row.title for row in store.listing("kettle")] == ["Old kettle"]
        store.save_voice(PROFILE, DAY)
        assert store.load_voice() == PROFILE
    assert path.with_name(f"calls.db.before-{REVISION}").is_file()


def test_a_copy_before_an_upgrade_holds_no_voice(path: Path, tmp_path: Path) -> None:
    """The copy an upgrade keeps has the calls and not the profile, so that deleting it once is enough."""
    with closing(LocalStore(path, KEY)) as store:
        store.finish(CallRecord(header(), turns=[turn(0, "hello")]), summary())
        store.save_voice(PROFILE, DAY)
    scripts = tmp_path / "next"
    shutil.copytree(SCRIPTS, scripts)
    (scripts / "versions" / "9999_next.py").write_text(
        f'revision = "9999"\ndown_revision = "{REVISION}"\n\n\ndef upgrade():\n    pass\n'
    )

    def made(place: Path) -> Any:
        place.touch()
        return connect(place, KEY.unlock)

    engine = make_engine(lambda: connect(path, KEY.unlock))
    prepare(engine, path, 1.0, made, scripts, "9999")
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM voice").scalar() == 1
    engine.dispose()
    with closing(LocalStore(path.with_name("calls.db.before-9999"), KEY)) as copy:
        assert copy.load("c1")[0].turns == [turn(0, "hello")]
        assert copy.load_voice() is None


def test_the_table_takes_one_voice_only(store: LocalStore, path: Path) -> None:
    """A second row cannot be written: there is one agent on this machine."""
    store.save_voice(b"one", DAY)
    with closing(connect(path, KEY.unlock)) as connection, pytest.raises(Exception, match="one_voice"):
        connection.execute("INSERT INTO voice VALUES (2, '2026-11-20', x'00')")


def test_a_read_only_store_cannot_lose_the_voice(store: LocalStore, path: Path) -> None:
    """The app's reading connection can neither save nor delete a profile."""
    store.save_voice(b"kept", DAY)
    with closing(LocalStore(path, KEY, read_only=True)) as reader:
        for ask in (lambda: reader.save_voice(b"x", DAY), reader.delete_voice):
            with pytest.raises(Exception, match="reading only") as caught:
                ask()
            assert not isinstance(caught.value, KnownError)
    assert store.load_voice() == b"kept"
