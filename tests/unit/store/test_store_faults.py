"""What goes wrong with the file is told in words the user can act on, and nothing kept is lost."""

from __future__ import annotations

import errno
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.pool import Pool

from coach.errors import BugError, KnownError
from coach.events import CallRecord
from coach.store.connect import PAGE_BYTES, connect
from coach.store.faults import known_faults
from coach.store.key import StoreKey
from coach.store.local import LocalStore
from tests.unit.store.store_parts import KEY, OTHER_KEY, PASSPHRASE, header, summary, turn

ROOT = Path(__file__).parents[3]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store with one finished call."""
    path = tmp_path / "calls.db"
    fill(path, KEY)
    return path


def fill(path: Path, key: StoreKey) -> None:
    with closing(LocalStore(path, key)) as store:
        store.finish(CallRecord(header(), turns=[turn(i, f"turn {i} " * 200) for i in range(20)]), summary())


def damage(path: Path, at: int, length: int = 64) -> None:
    content = bytearray(path.read_bytes())
    content[at : at + length] = bytes(byte ^ 0xFF for byte in content[at : at + length])
    path.write_bytes(content)


def test_a_passphrase_that_does_not_fit_is_told(tmp_path: Path) -> None:
    """Where key or file may be wrong, both are said, and the right one still opens."""
    path = tmp_path / "calls.db"
    fill(path, PASSPHRASE)
    with pytest.raises(KnownError, match=r"passphrase does not open .*calls\.db.*damaged") as caught:
        LocalStore(path, StoreKey.from_passphrase("something else"))
    assert caught.value.code == "passphrase-wrong"
    with closing(LocalStore(path, PASSPHRASE)) as store:
        assert len(store.listing()) == 1


def test_a_key_from_the_keyring_that_does_not_fit_is_told(path: Path) -> None:
    """Another key names both possibilities too."""
    with pytest.raises(KnownError, match="damaged, or it was locked with another key") as caught:
        LocalStore(path, OTHER_KEY)
    assert caught.value.code == "store-corrupt"


@pytest.mark.parametrize("what", ["first page", "schema page", "cut", "plain text", "plain database"])
def test_a_damaged_file_is_not_taken_for_a_wrong_passphrase(tmp_path: Path, what: str) -> None:
    """Damage is told apart from a wrong key by the pages that still answer to it, and the file stays."""
    path = tmp_path / "calls.db"
    fill(path, PASSPHRASE)
    if what == "first page":
        damage(path, 200)
    elif what == "schema page":
        content = path.read_bytes()
        path.write_bytes(content[:PAGE_BYTES] + bytes(len(content) - PAGE_BYTES))
    elif what == "cut":
        path.write_bytes(path.read_bytes()[: PAGE_BYTES + 100])
    elif what == "plain text":
        path.write_text("not a database")
    else:
        path.write_bytes(b"SQLite format 3\0" + bytes(PAGE_BYTES - 16))
    before = path.read_bytes()
    with pytest.raises(
        KnownError, match=r"damaged: .*calls\.db\. Move it.*nothing has been deleted"
    ) as caught:
        LocalStore(path, PASSPHRASE)
    assert caught.value.code == "store-corrupt"
    assert path.read_bytes() == before


def test_damage_found_while_reading_is_told(path: Path) -> None:
    """A file that opens but is damaged further in says so when the call is loaded."""
    pages = path.stat().st_size // PAGE_BYTES
    # The tables' own description comes first, and what was kept last comes last.
    for page in range(pages * 3 // 4, pages):
        damage(path, page * PAGE_BYTES + 100)
    with closing(LocalStore(path, KEY)) as store, pytest.raises(KnownError) as caught:
        store.load("c1")
    assert caught.value.code == "store-corrupt"


def test_another_database_is_not_taken_for_calls(tmp_path: Path) -> None:
    """An encrypted file under the same key with other tables is refused and left as it is."""
    path = tmp_path / "calls.db"
    path.touch()
    with closing(connect(path, KEY.unlock)) as other:
        other.execute("CREATE TABLE recipes (name)")
    with pytest.raises(KnownError) as caught:
        LocalStore(path, KEY)
    assert caught.value.code == "store-corrupt"
    with closing(connect(path, KEY.unlock)) as other:
        assert other.execute("SELECT name FROM sqlite_master").fetchall() == [("recipes",)]


def test_a_store_another_program_holds_is_told(path: Path) -> None:
    """While another program holds the file, appending says so; once it lets go, appending works."""
    with (
        closing(connect(path, KEY.unlock)) as other,
        closing(LocalStore(path, KEY, busy_timeout_ms=1)) as store,
    ):
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(KnownError, match="Another program is using your calls") as caught:
            store.append("c1", turn(99, "hello"))
        assert caught.value.code == "store-locked"
        assert len(store.load("c1")[0].turns) == 20
        other.execute("ROLLBACK")
        store.append("c1", turn(99, "hello"))
        assert len(store.load("c1")[0].turns) == 21


def test_a_store_that_is_being_made_elsewhere_is_told(tmp_path: Path) -> None:
    """Opening a new store waits for the program that is making it, and not for ever."""
    path = tmp_path / "calls.db"
    path.touch()
    with closing(connect(path, KEY.unlock)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(KnownError) as caught:
            LocalStore(path, KEY, busy_timeout_ms=1)
    assert caught.value.code == "store-locked"


@contextmanager
def pages_at_most(pages: int) -> Iterator[None]:
    """Every new connection finds a disk with room for so many pages."""

    def limit(connection: Any, _record: Any) -> None:
        connection.execute(f"PRAGMA max_page_count = {pages}")

    event.listen(Pool, "connect", limit)
    yield
    event.remove(Pool, "connect", limit)


def append_many(store: LocalStore, number: int) -> None:
    for index in range(number):
        store.append("c2", turn(index, f"words {index} " * 300))


def test_a_full_disk_is_told_and_nothing_kept_is_lost(path: Path) -> None:
    """The append that did not fit says so; what was kept can still be read, and later ones fit again."""
    with pages_at_most(path.stat().st_size // PAGE_BYTES + 2), closing(LocalStore(path, KEY)) as store:
        store.begin(header("c2"))
        with pytest.raises(KnownError, match=r"disk that holds .* is full") as caught:
            append_many(store, 100)
        assert caught.value.code == "disk-full"
        kept = len(store.load("c2")[0].turns)
        assert 0 < kept < 100
        assert len(store.load("c1")[0].turns) == 20
    with closing(LocalStore(path, KEY)) as store:
        store.append("c2", turn(kept, "words"))
        assert len(store.load("c2")[0].turns) == kept + 1


_OPENER = """
import os, sys
from pathlib import Path
from coach.errors import KnownError
from coach.store.local import LocalStore
from tests.unit.store.store_parts import KEY, header

# Everything is imported while the account may still read this tree.
LocalStore(Path(sys.argv[1]), KEY).close()
if os.geteuid() == 0:
    os.setegid(65534)
    os.seteuid(65534)
try:
    store = LocalStore(Path(sys.argv[2]), KEY)
    store.begin(header("c2"))
except KnownError as error:
    print(error.code, error.message)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="folders are closed to writing by mode bits here")
@pytest.mark.parametrize("kept_before", [True, False])
def test_a_folder_closed_to_writing_is_told(tmp_path: Path, kept_before: bool) -> None:
    """A store in a folder the account may not write in names the folder, whether or not there are calls."""
    with tempfile.TemporaryDirectory() as folder:
        closed = Path(folder)
        if kept_before:
            fill(closed / "calls.db", KEY)
            (closed / "calls.db").chmod(0o666)
        closed.chmod(0o555)
        command = [sys.executable, "-c", _OPENER, str(tmp_path / "other.db"), str(closed / "calls.db")]
        opened = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True)
        closed.chmod(0o755)
    assert opened.stdout.startswith("store-unwritable Sameside may not read and write")
    assert f"Allow your account to write in {closed}" in opened.stdout


def test_a_lock_file_that_finds_no_room_is_a_full_disk(tmp_path: Path) -> None:
    """The system's own word for a full disk is told like SQLite's."""
    with pytest.raises(KnownError) as caught, known_faults(tmp_path / "calls.db"):
        raise OSError(errno.ENOSPC, "No space left on device")
    assert caught.value.code == "disk-full"


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    """A file where the folder should be is the user's to move."""
    (tmp_path / "taken").write_text("")
    with pytest.raises(KnownError) as caught:
        LocalStore(tmp_path / "taken" / "calls.db", KEY)
    assert caught.value.code == "store-unwritable"


@pytest.mark.parametrize("ask", [LocalStore.listing, LocalStore.load, LocalStore.inbox, LocalStore.delete])
def test_half_a_character_is_no_fault_of_ours(path: Path, ask: Callable[[LocalStore, str], object]) -> None:
    """A terminal in another alphabet, or half an emoji on the clipboard: the words are to be typed anew."""
    with closing(LocalStore(path, KEY)) as store, pytest.raises(KnownError) as caught:
        ask(store, "Zo\udceb")
    assert caught.value.code == "text-unreadable"


def test_a_summary_that_does_not_read_tells_nothing_of_what_was_said(path: Path) -> None:
    """What a fault says is written to the log; where it is suffices to find it."""
    with closing(connect(path, KEY.unlock)) as connection:
        connection.execute(
            "UPDATE summaries SET summary = json_set(summary, '$.headline', json('[\"kettle\"]'))"
        )
    with closing(LocalStore(path, KEY)) as store, pytest.raises(BugError, match="headline") as caught:
        store.load("c1")
    assert caught.value.__context__ is None
    assert "kettle" not in str(caught.value)
