"""The store of this run: unlocked once, opened once for reading, and once more for each call that is kept."""

from __future__ import annotations

import threading
from contextlib import suppress

from coach import resources
from coach.errors import KnownError
from coach.recordings.ledger import take_over
from coach.store.key import StoreKey, obtain_key, store_path
from coach.store.local import LocalStore


class EngineStore:
    """The part of ``coach.ports.Services`` that opens the store. Methods may be called from any thread."""

    def __init__(self, passphrase: str | None) -> None:
        self._passphrase = passphrase
        self._opening = threading.Lock()
        self._key: StoreKey | None = None
        self._reader: LocalStore | None = None

    def store(self) -> LocalStore:
        """For reading and for what the user changes; a running call writes through its own."""
        return self._open()

    def unlock(self, passphrase: str) -> None:
        """Try a passphrase; it is kept for this run only if it opens the store."""
        before = self._passphrase
        self._passphrase, self._key = passphrase, None
        try:
            self.store()
        except KnownError:
            self._passphrase, self._key = before, None
            raise

    def _open(self) -> LocalStore:
        with self._opening:
            if self._reader is None:
                self._reader = self._open_store()
                with suppress(KnownError):  # there is no room: next time
                    take_over(resources.data_dir() / "recordings.json", self._reader)
            return self._reader

    def _hand_over(self) -> LocalStore:
        """The store that was opened for reading, which is the caller's to close from now on.

        A passphrase takes as long at every opening, so where nobody reads meanwhile one store is enough.
        """
        store = self._open()
        with self._opening:
            self._reader = None
        return store

    def _open_store(self) -> LocalStore:
        """One more, which is the caller's to close."""
        folder = resources.data_dir()
        self._key = self._key or obtain_key(folder, self._passphrase)
        return LocalStore(store_path(folder), self._key)

    def _close_store(self) -> None:
        if self._reader is not None:
            self._reader.close()
            self._reader = None
