"""One log that several processes write into: the app, and each command that runs beside it.

The standard library's rotation is for one process: another goes on writing into the file that was moved away,
then moves the new one away in its turn, and the older lines are gone. So each line is written, and the file
moved away where it is full, under a lock, and nothing stays open in between. That is what the library
concurrent-log-handler does too; with ``filelock``, which the store is kept by already, it takes no more.
"""

from __future__ import annotations

import logging
import logging.handlers
from contextlib import suppress
from pathlib import Path

from filelock import FileLock, Timeout

_PATIENCE_S = 1.0
"""A line takes less than a thousandth of it. Whoever holds the lock longer has stopped."""


class SharedLog(logging.handlers.RotatingFileHandler):
    """What cannot be logged is left out: on a full disk, or where the log is another user's, each command
    says its own one line all the same, and no more."""

    def __init__(self, path: Path, most_bytes: int, older: int) -> None:
        super().__init__(path, maxBytes=most_bytes, backupCount=older, encoding="utf-8", delay=True)
        self._between = FileLock(path.with_name(f"{path.name}.lock"))
        self._others_write = False

    def emit(self, record: logging.LogRecord) -> None:
        held = False
        try:
            self._between.acquire(timeout=_PATIENCE_S)
            held = True
        except Timeout:
            self._others_write = True
        except (OSError, NotImplementedError):
            # A folder in which nothing can be locked: what can be written is written all the same.
            self._others_write = False
        try:
            super().emit(record)
            self._let_go()
        finally:
            self._others_write = False
            if held:
                self._between.release()

    def shouldRollover(self, record: logging.LogRecord) -> bool:  # noqa: N802 - the library's name
        """Never while another may be writing: a line too many is better than one lost."""
        return not self._others_write and bool(super().shouldRollover(record))

    def handleError(self, _record: logging.LogRecord) -> None:  # noqa: N802 - the library's name
        pass

    def _let_go(self) -> None:
        """Of the file, or no other process could move it away on Windows, and this one would not see it."""
        stream, self.stream = self.stream, None
        if stream is not None:
            with suppress(OSError):
                stream.close()
