"""The key of the store: a random one in the system's keyring, or a passphrase.

``key.json`` beside the store tells which, and never holds a secret. It is what makes a
keyring that is gone a clear message, instead of a new key for an old store.
"""

from __future__ import annotations

import os
import secrets
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, Protocol

import keyring
from filelock import FileLock, Timeout
from pydantic import BaseModel, ValidationError

from coach.errors import KnownError
from coach.store import faults
from coach.store.connect import make_private_folder, opens, surely_damaged

STORE_NAME = "calls.db"
NOTE_NAME = "key.json"
SERVICE = "Sameside"
KEY_BYTES = 32
_WAIT_S = 30.0
_REAL_PRIORITY = 1.0  # keyring: backends below 1 are not recommended (plain text, or none at all)

Kind = Literal["keyring", "passphrase"]


class Keyring(Protocol):
    """What is asked of a keyring; ``keyring.backend.KeyringBackend`` fits."""

    def get_password(self, service: str, username: str) -> str | None: ...
    def set_password(self, service: str, username: str, password: str) -> None: ...


class _Note(BaseModel):
    """What ``key.json`` says; ``name`` is the user name of the keyring's entry."""

    kept_in: Kind
    name: str = ""
    version: Literal[1] = 1


@dataclass(frozen=True, slots=True)
class StoreKey:
    """``raw`` is the 32-byte key itself, or a passphrase in UTF-8 that SQLCipher's PBKDF2 turns into one."""

    kind: Kind
    raw: bytes = field(repr=False)

    @classmethod
    def from_passphrase(cls, passphrase: str) -> StoreKey:
        """The same words typed on another system may come composed differently, so they are normalised."""
        return cls("passphrase", unicodedata.normalize("NFC", passphrase).encode())

    @property
    def unlock(self) -> str:
        """The pragma that unlocks a connection."""
        if self.kind == "keyring":
            return f"key = \"x'{self.raw.hex()}'\""
        return f"hexkey = '{self.raw.hex()}'"


def store_path(data_dir: Path) -> Path:
    return data_dir / STORE_NAME


def system_keyring() -> Keyring | None:
    """The system's keyring; None where there is no real one."""
    try:
        backend = keyring.get_keyring()
        return backend if float(backend.priority) >= _REAL_PRIORITY else None
    except Exception:  # backends raise whatever their platform does; each of it means no keyring
        return None


def kept_in(data_dir: Path) -> Kind | None:
    """Where the key of the store in ``data_dir`` is kept; None where that is not decided or not known."""
    note = _read_note(data_dir)
    return note.kept_in if note else None


def obtain_key(
    data_dir: Path, passphrase: str | None, find_keyring: Callable[[], Keyring | None] = system_keyring
) -> StoreKey:
    """The key of the store in ``data_dir``; made, once, where there is neither a store nor a key.

    A new store's key goes to the keyring unless a passphrase is given. A store whose ``key.json`` is
    missing is opened with whatever fits, and never given a new key. A passphrase is not checked here
    where the note says there is one: opening the store does that. Raises ``KnownError``
    ("passphrase-new", "passphrase-needed", "passphrase-wrong", "keyring-gone", "store-locked",
    "store-unwritable").
    """
    path = store_path(data_dir)
    with faults.known_faults(path):
        make_private_folder(data_dir)
        try:
            with FileLock(data_dir / f"{NOTE_NAME}.lock", timeout=_WAIT_S):
                return _obtain(data_dir, passphrase or None, find_keyring)
        except Timeout as error:
            raise faults.locked(path) from error


def _obtain(data_dir: Path, passphrase: str | None, find_keyring: Callable[[], Keyring | None]) -> StoreKey:
    path = store_path(data_dir)
    has_store = path.exists() and path.stat().st_size > 0
    note = _read_note(data_dir)
    if note is not None and note.kept_in == "passphrase":
        if passphrase is None:
            raise KnownError("passphrase-needed", "Your calls are locked with a passphrase. Please enter it.")
        return StoreKey.from_passphrase(passphrase)
    name = note.name if note else str(data_dir.resolve())
    backend = find_keyring()
    kept = _from_keyring(backend, name)
    if note is not None and kept is not None:
        return kept
    if not has_store:
        return _new(data_dir, name, passphrase, backend, kept)
    if note is not None:
        raise KnownError(
            "keyring-gone",
            f"The key to your calls at {path} is in this computer's keyring, which cannot be read now. "
            "Sign in to the desktop or unlock the keyring, then start Sameside again; nothing was changed.",
        )
    return _fitting(data_dir, name, passphrase, kept)


def _new(
    data_dir: Path, name: str, passphrase: str | None, backend: Keyring | None, kept: StoreKey | None
) -> StoreKey:
    if passphrase is not None:
        _write_note(data_dir, _Note(kept_in="passphrase"))
        return StoreKey.from_passphrase(passphrase)
    key = kept or _into_keyring(backend, name)
    if key is None:
        raise KnownError(
            "passphrase-new",
            "This computer has no keyring to hold the key to your calls. Choose a passphrase to "
            "lock them with.",
        )
    _write_note(data_dir, _Note(kept_in="keyring", name=name))
    return key


def _fitting(data_dir: Path, name: str, passphrase: str | None, kept: StoreKey | None) -> StoreKey:
    """The key for a store without its note: whichever of those at hand opens it."""
    path = store_path(data_dir)
    # A key in the keyring may be that of a store which was here before.
    if kept is not None and opens(path, kept.unlock):
        _write_note(data_dir, _Note(kept_in="keyring", name=name))
        return kept
    if kept is not None and passphrase is None and surely_damaged(path, kept.unlock):
        # Opening it says so; which key it had stays open.
        return kept
    if passphrase is None:
        raise KnownError(
            "passphrase-needed",
            f"The note {data_dir / NOTE_NAME}, which says how your calls are locked, is missing, and this "
            "computer's keyring holds no key that opens them. If you chose a passphrase, please enter it.",
        )
    key = StoreKey.from_passphrase(passphrase)
    if not opens(path, key.unlock):
        raise faults.passphrase_wrong(path)
    _write_note(data_dir, _Note(kept_in="passphrase"))
    return key


def _from_keyring(backend: Keyring | None, name: str) -> StoreKey | None:
    if backend is None:
        return None
    try:
        raw = bytes.fromhex(backend.get_password(SERVICE, name) or "")
    except Exception:  # as in system_keyring; a keyring that stays locked raises here
        return None
    return StoreKey("keyring", raw) if len(raw) == KEY_BYTES else None


def _into_keyring(backend: Keyring | None, name: str) -> StoreKey | None:
    """A new random key, only once the keyring has shown that it keeps it."""
    if backend is None:
        return None
    key = StoreKey("keyring", secrets.token_bytes(KEY_BYTES))
    try:
        backend.set_password(SERVICE, name, key.raw.hex())
    except Exception:  # as in system_keyring
        return None
    return key if _from_keyring(backend, name) == key else None


def _read_note(data_dir: Path) -> _Note | None:
    """None for a missing and for a damaged note alike: both leave the question open."""
    try:
        return _Note.model_validate_json((data_dir / NOTE_NAME).read_bytes())
    except (FileNotFoundError, ValidationError):
        return None


def _write_note(data_dir: Path, note: _Note) -> None:
    path = data_dir / NOTE_NAME
    written = path.with_name(f"{path.name}.part")
    with written.open("w", encoding="utf-8") as file:
        file.write(note.model_dump_json(indent=2) + "\n")
        file.flush()
        os.fsync(file.fileno())
    written.replace(path)
