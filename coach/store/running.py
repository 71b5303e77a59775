"""Tells a call that is still running in some program from one a crash left open.

A store that begins a call holds a lock file for as long as it lives. The system frees
the lock however the program ends, so a lock nobody holds means its calls were left.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from glob import escape
from pathlib import Path

from filelock import FileLock, Timeout

from coach.store import faults


class Writer:
    """This store's own mark on the calls it begins."""

    def __init__(self, store: Path) -> None:
        self._store = store
        self._lock: FileLock | None = None
        self.id = uuid.uuid4().hex

    def hold(self) -> None:
        """Take the lock, kept until ``release``."""
        if self._lock is None:
            lock = _lock(self._store, self.id)
            lock.acquire()
            self._lock = lock

    def is_gone(self, writer: str | None) -> bool:
        """Whether calls begun by ``writer`` were left: it is this store itself, or nobody holds its lock."""
        if writer is None or writer == self.id:
            return True
        if not Path(_lock(self._store, writer).lock_file).exists():
            return True
        lock = _lock(self._store, writer)
        try:
            lock.acquire(blocking=False)
        except Timeout:
            return False
        lock.release()
        with suppress(OSError):  # another program looks at it: next time
            Path(lock.lock_file).unlink(missing_ok=True)
        return True

    def release(self) -> None:
        if self._lock is not None:
            lock, self._lock = self._lock, None
            lock.release()
            # Whatever becomes of the file: a call that is closed is closed.
            with suppress(OSError):
                Path(lock.lock_file).unlink(missing_ok=True)


@contextmanager
def alone(store: Path, what: str) -> Iterator[bool]:
    """True for the one program at a time that does ``what`` beside this store, a word for a file's name."""
    lock = FileLock(f"{store}.{what}.reading", thread_local=False)
    try:
        lock.acquire(blocking=False)
    except Timeout:
        yield False
        return
    except OSError:
        # Nothing can be written there: the store itself says so, in its own words.
        yield True
        return
    try:
        yield True
    finally:
        # Removed while it is held, so that nobody takes a lock which is then removed from under them. Windows
        # removes only what nobody holds. Whatever becomes of the file: what was done alone is done.
        with suppress(OSError):
            Path(lock.lock_file).unlink()
        with suppress(OSError):
            lock.release()


@contextmanager
def in_turn(store: Path, wait_s: float) -> Iterator[None]:
    """One at a time of all programs reads a call here to write it again; the others wait.

    Raises ``KnownError("store-locked")`` where that takes longer than ``wait_s``.
    """
    lock = FileLock(f"{store}.changing", thread_local=False)
    try:
        lock.acquire(timeout=wait_s)
    except Timeout as error:
        raise faults.locked(store) from error
    except OSError:
        # As in ``alone``.
        yield
        return
    try:
        yield
    finally:
        lock.release()


def clear_left(store: Path) -> None:
    """Remove the lock files that a crash left beside the store; what somebody holds stays."""
    for kind in ("running", "reading"):
        for left in store.parent.glob(f"{escape(store.name)}.*.{kind}"):
            lock = FileLock(left, thread_local=False)
            with suppress(OSError):  # held (Timeout is one of these), or not ours to remove: next time
                lock.acquire(blocking=False)
                with suppress(OSError):
                    left.unlink()
                lock.release()


def _lock(store: Path, writer: str) -> FileLock:
    # The store may be used from several threads; the lock belongs to all of them.
    return FileLock(f"{store}.{writer}.running", thread_local=False)
