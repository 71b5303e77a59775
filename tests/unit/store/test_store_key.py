"""One key for one store: made once, kept where the system keeps secrets, never in the note beside it."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import keyring
import pytest
from keyring.backends.fail import Keyring as NoKeyring

from coach.errors import KnownError
from coach.store.key import Keyring, StoreKey, kept_in, obtain_key, store_path, system_keyring
from coach.store.local import LocalStore


@dataclass
class FakeKeyring:
    """Keeps passwords in memory; ``broken`` raises as a locked or absent service does."""

    kept: dict[tuple[str, str], str] = field(default_factory=dict)
    broken: bool = False
    forgetful: bool = False

    def get_password(self, service: str, username: str) -> str | None:
        if self.broken:
            raise RuntimeError("no service")
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        if self.broken:
            raise RuntimeError("no service")
        if not self.forgetful:
            self.kept[service, username] = password


def obtain(folder: Path, passphrase: str | None = None, backend: Keyring | None = None) -> StoreKey:
    return obtain_key(folder, passphrase, lambda: backend)


def make_store(folder: Path, key: StoreKey) -> None:
    LocalStore(store_path(folder), key).close()


def test_a_random_key_is_made_once_and_kept_in_the_keyring(tmp_path: Path) -> None:
    """The second start finds the first one's key; the note beside the store holds none of it."""
    backend = FakeKeyring()
    key = obtain(tmp_path / "data", backend=backend)
    assert obtain(tmp_path / "data", backend=backend) == key
    assert len(key.raw) == 32
    assert obtain(tmp_path / "other", backend=backend) != key
    note = (tmp_path / "data" / "key.json").read_text()
    assert json.loads(note)["kept_in"] == "keyring"
    assert key.raw.hex() not in note
    assert key.raw.hex() not in repr(key)
    assert kept_in(tmp_path / "data") == "keyring"


@pytest.mark.parametrize("backend", [None, FakeKeyring(broken=True), FakeKeyring(forgetful=True)])
def test_without_a_keyring_a_passphrase_is_asked_for(tmp_path: Path, backend: FakeKeyring | None) -> None:
    """No keyring, one that fails, and one that does not keep what it is given all come to a passphrase."""
    with pytest.raises(KnownError, match="Choose a passphrase") as caught:
        obtain(tmp_path, backend=backend)
    assert caught.value.code == "passphrase-new"
    assert kept_in(tmp_path) is None
    key = obtain(tmp_path, "it's a kettle", backend)
    assert kept_in(tmp_path) == "passphrase"
    assert "kettle" not in (tmp_path / "key.json").read_text()
    make_store(tmp_path, key)
    with pytest.raises(KnownError, match="Please enter it") as caught:
        obtain(tmp_path, None, FakeKeyring())
    assert caught.value.code == "passphrase-needed"
    make_store(tmp_path, obtain(tmp_path, "it's a kettle", FakeKeyring()))


def test_a_passphrase_given_at_the_start_is_used_and_not_the_keyring(tmp_path: Path) -> None:
    """Who names a passphrase for a new store gets it, and the keyring is left alone."""
    backend = FakeKeyring()
    assert obtain(tmp_path, "kettle", backend) == StoreKey.from_passphrase("kettle")
    assert backend.kept == {}


def test_a_keyring_that_is_gone_is_told_and_no_new_key_is_made(tmp_path: Path) -> None:
    """An old store never gets a new key: its message says where the key is, and it comes back with it."""
    backend = FakeKeyring()
    key = obtain(tmp_path, backend=backend)
    make_store(tmp_path, key)
    empty = FakeKeyring()
    for gone in (None, FakeKeyring(broken=True), empty):
        with pytest.raises(KnownError, match="keyring, which cannot be read now") as caught:
            obtain(tmp_path, "a passphrase does not help", gone)
        assert caught.value.code == "keyring-gone"
    assert empty.kept == {}
    assert obtain(tmp_path, backend=backend) == key


def test_a_keyring_that_is_gone_before_anything_was_kept_is_no_matter(tmp_path: Path) -> None:
    """Without a store there is nothing to lose, so a passphrase starts afresh."""
    obtain(tmp_path, backend=FakeKeyring())
    assert obtain(tmp_path, "kettle", None) == StoreKey.from_passphrase("kettle")
    assert kept_in(tmp_path) == "passphrase"


@pytest.mark.parametrize("note", [None, "{", '{"kept_in": "pocket"}'])
def test_a_store_whose_note_is_missing_opens_with_what_fits(tmp_path: Path, note: str | None) -> None:
    """With the note gone or damaged, the keyring's key or the passphrase is tried, and noted again."""
    by_keyring, by_passphrase = tmp_path / "one", tmp_path / "two"
    backend = FakeKeyring()
    key = obtain(by_keyring, backend=backend)
    make_store(by_keyring, key)
    make_store(by_passphrase, obtain(by_passphrase, "kettle"))
    for folder in (by_keyring, by_passphrase):
        (folder / "key.json").unlink()
        if note is not None:
            (folder / "key.json").write_text(note)
    assert obtain(by_keyring, "not it", backend) == key
    assert kept_in(by_keyring) == "keyring"
    with pytest.raises(KnownError, match=r"key\.json, which says how your calls are locked, is missing"):
        obtain(by_passphrase, None, backend)
    with pytest.raises(KnownError) as caught:
        obtain(by_passphrase, "not it", backend)
    assert caught.value.code == "passphrase-wrong"
    assert kept_in(by_passphrase) is None
    assert obtain(by_passphrase, "kettle", backend) == StoreKey.from_passphrase("kettle")
    assert kept_in(by_passphrase) == "passphrase"


def test_a_moved_folder_keeps_its_key(tmp_path: Path) -> None:
    """The note remembers the keyring's entry, so the folder may be renamed."""
    backend = FakeKeyring()
    key = obtain(tmp_path / "old", backend=backend)
    make_store(tmp_path / "old", key)
    (tmp_path / "old").rename(tmp_path / "new")
    assert obtain(tmp_path / "new", backend=backend) == key


@pytest.mark.parametrize("passphrase", ['it\'s "here"', "x'00'", "null\0byte", "Käse 🧀"])
def test_any_passphrase_locks_and_unlocks(tmp_path: Path, passphrase: str) -> None:
    """Quotes and other marks are part of the passphrase, and a beginning of it does not open the store."""
    path = tmp_path / "calls.db"
    LocalStore(path, StoreKey.from_passphrase(passphrase)).close()
    with closing(LocalStore(path, StoreKey.from_passphrase(passphrase))) as store:
        assert store.listing() == []
    with pytest.raises(KnownError):
        LocalStore(path, StoreKey.from_passphrase(passphrase + "!"))


def test_a_passphrase_is_the_same_however_it_is_composed() -> None:
    """An umlaut typed as one character or as two is the same passphrase."""
    assert StoreKey.from_passphrase("Ka\u0308se") == StoreKey.from_passphrase("K\u00e4se")


def test_a_backend_that_keeps_nothing_is_no_keyring() -> None:
    """The keyring library's placeholder for systems without one does not count."""
    before = keyring.get_keyring()
    keyring.set_keyring(NoKeyring())
    try:
        assert system_keyring() is None
    finally:
        keyring.set_keyring(before)


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    """A file where the folder should be is the user's to move."""
    (tmp_path / "taken").write_text("")
    with pytest.raises(KnownError) as caught:
        obtain(tmp_path / "taken" / "data", "kettle")
    assert caught.value.code == "store-unwritable"


def test_a_key_left_in_the_keyring_by_another_store_is_not_taken_for_this_one(tmp_path: Path) -> None:
    """It was locked with a passphrase, and its note is gone: that is asked for, and nothing noted."""
    backend = FakeKeyring()
    obtain(tmp_path, backend=backend)
    (tmp_path / "key.json").unlink()
    make_store(tmp_path, StoreKey.from_passphrase("kettle"))
    with pytest.raises(KnownError) as caught:
        obtain(tmp_path, None, backend)
    assert (caught.value.code, kept_in(tmp_path)) == ("passphrase-needed", None)
    assert obtain(tmp_path, "kettle", backend) == StoreKey.from_passphrase("kettle")


def test_a_store_cut_off_without_its_note_is_told_to_be_damaged(tmp_path: Path) -> None:
    """No passphrase would open it, so none is asked for."""
    backend = FakeKeyring()
    key = obtain(tmp_path, backend=backend)
    make_store(tmp_path, key)
    (tmp_path / "key.json").unlink()
    path = store_path(tmp_path)
    path.write_bytes(bytes(100) + path.read_bytes()[100:-10])
    with pytest.raises(KnownError) as caught:
        make_store(tmp_path, obtain(tmp_path, None, backend))
    assert caught.value.code == "store-corrupt"
