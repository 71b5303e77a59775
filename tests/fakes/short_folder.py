"""A folder for sockets: their paths may have some hundred characters only, and no spaces."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LONGEST = 40


@contextmanager
def short_folder(prefix: str) -> Iterator[Path]:
    """Gone afterwards, with all that is in it."""
    usual = tempfile.gettempdir()
    fits = len(usual) <= LONGEST and " " not in usual
    folder = Path(tempfile.mkdtemp(prefix=prefix, dir=None if fits else "/tmp"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
