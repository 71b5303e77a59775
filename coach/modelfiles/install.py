"""Brings a model into the cache: one process at a time, whole or not at all."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from zipfile import BadZipFile

from filelock import FileLock, Timeout

from coach.errors import KnownError
from coach.modelfiles.checking import WrongFileError, check_files, measure
from coach.modelfiles.manifest import ModelEntry, ModelFile
from coach.modelfiles.sources import DISK_FULL, NotAvailableError, Source
from coach.ports import Progress

PINNED = "pinned.json"
"""Beside a model without known digests: what its files hashed to when they first arrived."""

_LOOK_EVERY_S = 0.3

FreeBytes = Callable[[Path], int]


def free_bytes(folder: Path) -> int:
    return shutil.disk_usage(folder).free


class Installer:
    """Staging, lock and rename. ``done`` tells, once the lock is ours, that somebody else was faster."""

    def __init__(self, cache: Path, sources: Sequence[Source], free: FreeBytes = free_bytes) -> None:
        self._cache = cache
        self._sources = sources
        self._free = free

    def install(self, entry: ModelEntry, progress: Progress, done: Callable[[], bool]) -> Path:
        """The model's folder in the cache.

        Raises ``KnownError``: ``disk-full``, ``model-damaged``, ``model-unreachable``, ``cache-unwritable``.
        """
        try:
            self._cache.mkdir(parents=True, exist_ok=True)
            with self._alone(entry, progress):
                if not done():
                    self._stage(entry, progress)
        except OSError as error:
            if error.errno in DISK_FULL:
                raise self._disk_full(entry) from error
            raise KnownError(
                "cache-unwritable", f"Model files cannot be written to {self._cache}: {error}."
            ) from error
        return self._cache / entry.name

    @contextlib.contextmanager
    def _alone(self, entry: ModelEntry, progress: Progress) -> Iterator[None]:
        lock = FileLock(self._cache / f"{entry.name}.lock")
        while not _taken(lock):
            # Again and again: only here can whoever waits no longer leave.
            progress(f"waiting for another Sameside that is fetching {entry.short_name}", 0, 0)
        try:
            yield
        finally:
            lock.release()

    def _stage(self, entry: ModelEntry, progress: Progress) -> None:
        """Anything staged survives a failure, to be picked up again; except where it fills the disk."""
        staging = self._cache / "staging" / entry.name
        try:
            self._bring(entry, staging, progress)
        except OSError as error:
            if error.errno in DISK_FULL:
                shutil.rmtree(staging, ignore_errors=True)
            raise
        shutil.rmtree(staging, ignore_errors=True)

    def _bring(self, entry: ModelEntry, staging: Path, progress: Progress) -> None:
        # The lock is ours, so what lies in staging was left by a process that died: whole wheels and the
        # hub's partial files are picked up again, half-assembled files are not.
        keep, folder = staging / "keep", staging / "files"
        keep.mkdir(parents=True, exist_ok=True)
        self._room_for(entry)
        refused: list[str] = []
        wrong: WrongFileError | None = None
        for source in self._sources:
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            try:
                source.fetch(entry, folder, keep, progress)
                self._accept(entry, folder, progress)
            except NotAvailableError as reason:
                refused.append(str(reason))
            except WrongFileError as error:
                wrong = error
            except (KeyError, BadZipFile, EOFError):
                wrong = WrongFileError("the downloaded package", missing=False)
            else:
                self._put_in_place(entry, folder, staging)
                return
        if wrong is not None:
            raise KnownError(
                "model-damaged",
                f"{wrong.name} of {entry.short_name} is not the official file and was refused. "
                f"Try 'sameside models get {entry.short_name}' again later, or bring the folder by hand "
                "with --from.",
            )
        raise KnownError(
            "model-unreachable",
            f"{entry.short_name} could not be fetched: {'; '.join(refused) or 'no source is set'}. "
            f"Connect and run 'sameside models get {entry.short_name}', or copy the folder from another "
            f"machine and run 'sameside models get {entry.short_name} --from FOLDER'.",
        )

    def _accept(self, entry: ModelEntry, folder: Path, progress: Progress) -> None:
        """Every byte as the manifest says; extra files are dropped."""
        if entry.digests == "first-download":
            found = measure(folder)
            missing = {"model.bin", "config.json"} - {file.name for file in found}
            if missing:
                raise WrongFileError(sorted(missing)[0], missing=True)
            (folder / PINNED).write_text(
                entry.model_copy(update={"files": found}).model_dump_json(), encoding="utf-8"
            )
            return
        check_files(folder, entry.files, progress)
        wanted = {file.name for file in entry.files}
        for path in folder.iterdir():
            if path.name not in wanted:
                path.unlink()

    def _put_in_place(self, entry: ModelEntry, folder: Path, staging: Path) -> None:
        target = self._cache / entry.name
        if target.exists():
            shutil.rmtree(staging / "replaced", ignore_errors=True)
            target.rename(staging / "replaced")
        folder.rename(target)

    def _room_for(self, entry: ModelEntry) -> None:
        needed = entry.size_bytes + sum(package.size for package in entry.packages)
        if self._free(self._cache) < needed:
            raise self._disk_full(entry)

    def _disk_full(self, entry: ModelEntry) -> KnownError:
        needed_mb = (entry.size_bytes + sum(package.size for package in entry.packages)) // 1_000_000 + 1
        return KnownError(
            "disk-full",
            f"There is not enough room in {self._cache} for {entry.short_name}, which needs about "
            f"{needed_mb} MB while it is fetched. Free some space and try again.",
        )


def _taken(lock: FileLock) -> bool:
    try:
        lock.acquire(timeout=_LOOK_EVERY_S)
    except Timeout:
        return False
    return True


def pinned_files(folder: Path) -> tuple[ModelFile, ...] | None:
    """The digests recorded when the model first arrived; None where it never did."""
    try:
        return ModelEntry.model_validate_json((folder / PINNED).read_text(encoding="utf-8")).files
    except (OSError, ValueError):
        return None
