"""Is every byte what the manifest says? Hashes, and stamps that spare hashing unchanged files again."""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Callable, Sequence
from pathlib import Path

from coach.modelfiles.manifest import ModelFile
from coach.ports import Progress

_CHUNK = 1 << 20


class WrongFileError(Exception):
    """A file is not what the manifest says. ``missing`` where it is not there at all, ``unread`` says why it
    cannot be read."""

    def __init__(self, name: str, missing: bool, unread: str = "") -> None:
        super().__init__(f"{name} is {'missing' if missing else 'damaged'}")
        self.name = name
        self.missing = missing
        self.unread = unread


def silent(what: str, done: int, total: int) -> None:
    """A ``Progress`` that says nothing."""


def sha256_of(path: Path, read: Callable[[int], None] = lambda _count: None) -> str:
    """Hex digest of a file; ``read`` is called with the bytes of each chunk."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
            read(len(chunk))
    return digest.hexdigest()


def check_files(folder: Path, files: Sequence[ModelFile], progress: Progress = silent) -> None:
    """Compare sizes, then hash every file. Raises ``WrongFileError`` at the first that differs."""
    for file in files:
        path = folder / file.name
        try:
            missing = not path.is_file()
            same_size = not missing and path.stat().st_size == file.size
        except OSError as error:
            # The folder may not be entered.
            raise WrongFileError(file.name, False, error.strerror or str(error)) from error
        if not same_size:
            raise WrongFileError(file.name, missing)
    done, total = 0, sum(file.size for file in files)

    def count(read: int) -> None:
        nonlocal done
        done += read
        progress("checking", done, total)

    for file in files:
        try:
            found = sha256_of(folder / file.name, count)
        except OSError as error:
            raise WrongFileError(file.name, False, error.strerror or str(error)) from error
        if found != file.sha256:
            raise WrongFileError(file.name, missing=False)


def measure(folder: Path) -> tuple[ModelFile, ...]:
    """The files of ``folder`` as they are: for models whose digests are pinned when they first arrive."""
    return tuple(
        ModelFile(name=path.name, size=path.stat().st_size, sha256=sha256_of(path))
        for path in sorted(folder.iterdir())
        if path.is_file()
    )


class Stamps:
    """Remembers verified files by size and times, so an unchanged model is not hashed at each start."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def verify(
        self,
        name: str,
        folder: Path,
        files: Sequence[ModelFile],
        progress: Progress = silent,
        trusted: bool = True,
    ) -> None:
        """Raise ``WrongFileError`` unless all is right; hash unless a trusted stamp tells nothing changed."""
        # Taken before hashing: a change while we read shows up as a difference next time.
        found = self._picture(folder, files)
        if trusted and found is not None and found == self._read(name):
            return
        check_files(folder, files, progress)
        if found is not None:
            self._write(name, found)

    def _picture(self, folder: Path, files: Sequence[ModelFile]) -> dict[str, object] | None:
        seen: dict[str, object] = {"folder": str(folder.resolve())}
        for file in files:
            try:
                stat = (folder / file.name).stat()
            except OSError:
                return None
            # ctime too: it betrays a change whose author put the modification time back.
            seen[file.name] = [file.sha256, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns]
        return seen

    def _read(self, name: str) -> object:
        try:
            return json.loads((self._folder / f"{name}.json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None

    def _write(self, name: str, seen: dict[str, object]) -> None:
        # Without a stamp the next start hashes again: slower, never wrong.
        with contextlib.suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            (self._folder / f"{name}.json").write_text(json.dumps(seen), encoding="utf-8")
