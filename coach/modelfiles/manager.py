"""The model files as the rest of Sameside sees them: listed, found, fetched, verified."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from coach import resources
from coach.errors import KnownError
from coach.machine.whole_files import is_file, is_folder
from coach.modelfiles.checking import Stamps, WrongFileError, silent
from coach.modelfiles.install import FreeBytes, Installer, free_bytes, pinned_files
from coach.modelfiles.manifest import ModelEntry, ModelFile, load_manifest, read_sums
from coach.modelfiles.pip_download import PipDownloader
from coach.modelfiles.sources import FolderSource, HubSource, PackageSource, Source
from coach.ports import Progress

FOLDER_VARIABLE = "SAMESIDE_MODELS"
"""Names a folder with model files that is looked into before anything else."""


_SHUT = "may not be looked into"


class ModelState(Enum):
    PRESENT = "present"
    MISSING = "missing"
    DAMAGED = "damaged"


@dataclass(frozen=True, slots=True)
class ModelStatus:
    """``size_bytes`` is 0 where not known yet; ``where`` is None for a missing model."""

    name: str
    kind: str
    size_bytes: int
    state: ModelState
    licence: str
    where: Path | None
    digests: str


class ModelFiles:
    """Sources in order: the user's folder, the cache, data-only packages, the model hub.

    A file is never handed out unless its sha256 is the manifest's. Unchanged files are recognised by a
    stamp and not hashed again.
    """

    def __init__(
        self,
        manifest_path: Path | None = None,
        cache: Path | None = None,
        extra_folder: Path | None = None,
        sources: Sequence[Source] | None = None,
        free: FreeBytes = free_bytes,
    ) -> None:
        self._manifest_path = manifest_path or resources.shipped_model("manifest.toml")
        self._manifest = load_manifest(self._manifest_path)
        self._cache = cache or resources.cache_dir() / "models"
        named = os.environ.get(FOLDER_VARIABLE)
        self._extra = extra_folder or (Path(named).expanduser() if named else None)
        default: Sequence[Source] = (PackageSource(PipDownloader()), HubSource())
        self._sources = default if sources is None else sources
        self._free = free
        self._stamps = Stamps(self._cache / "verified")

    def list(self) -> Sequence[ModelStatus]:
        """Every model of the manifest and what there is of it here. Hashes only what changed."""
        return [self._status(entry) for entry in self._manifest.model]

    def status(self, name: str) -> ModelStatus:
        return self._status(self._manifest.entry(name))

    def path(self, name: str) -> Path:
        """The verified folder. Raises ``KnownError``: model-missing, model-damaged, model-unknown."""
        return self._verified(self._manifest.entry(name), silent)

    def verify(self, name: str, progress: Progress = silent) -> Path:
        """Hash every file again, whatever the stamp says. Raises as ``path`` does."""
        entry = self._manifest.entry(name)
        return self._verified_in(entry, self._place(entry), progress, trusted=False)

    def get(self, name: str, progress: Progress = silent) -> Path:
        """The verified folder, fetched where missing or damaged. Errors as in ``Installer.install``."""
        entry = self._manifest.entry(name)
        if entry.kind == "shipped" or self._extra_place(entry) is not None or self._usable(entry):
            return self._verified(entry, progress)
        return self._install(entry, progress, self._sources)

    def bring(self, name: str, folder: Path, progress: Progress = silent) -> Path:
        """Copy a model from ``folder`` into the cache, verified. Raises ``KnownError('no-such-folder')``."""
        entry = self._manifest.entry(name)
        place = _sub_folder(folder.expanduser(), entry) or folder.expanduser()
        if entry.kind == "shipped" or not is_file(place / "model.bin"):
            raise KnownError("no-such-folder", f"{folder} does not hold the files of {entry.short_name}.")
        return self._install(entry, progress, [FolderSource(place)])

    def resolve(self, model: str) -> Path:
        """The folder of a size ("base", "large-v3"), or of a path the user names.

        A folder of one's own has no official digests and is taken as it is, if it is whole. Raises
        ``KnownError``: model-missing, model-damaged, model-unknown, model-incomplete.
        """
        entry = self._manifest.find(model)
        if entry is not None:
            return self._verified(entry, silent)
        folder = Path(model).expanduser()
        if not is_folder(folder):
            sizes = ", ".join(known.short_name for known in self._manifest.model if known.kind == "whisper")
            raise KnownError(
                "model-unknown", f"'{model}' is neither a folder nor a model size. Sizes: {sizes}."
            )
        _require_whole(folder)
        return folder

    def _install(self, entry: ModelEntry, progress: Progress, sources: Sequence[Source]) -> Path:
        installer = Installer(self._cache, sources, self._free)
        installer.install(entry, progress, done=lambda: self._usable(entry))
        return self._verified_in(entry, self._cache / entry.name, progress)

    def _usable(self, entry: ModelEntry) -> bool:
        try:
            self._verified_in(entry, self._cache / entry.name, silent)
        except KnownError:
            return False
        return True

    def _status(self, entry: ModelEntry) -> ModelStatus:
        where = self._place(entry)
        state = ModelState.PRESENT
        try:
            self._verified(entry, silent)
        except KnownError as error:
            state = ModelState.MISSING if error.code == "model-missing" else ModelState.DAMAGED
        files = self._files(entry, where)
        size_bytes = sum(file.size for file in files)
        here = None if state is ModelState.MISSING else where
        return ModelStatus(entry.name, entry.kind, size_bytes, state, entry.licence, here, entry.digests)

    def _place(self, entry: ModelEntry) -> Path:
        if entry.kind == "shipped":
            return self._manifest_path.parent / entry.folder
        return self._extra_place(entry) or self._cache / entry.name

    def _extra_place(self, entry: ModelEntry) -> Path | None:
        # Without known digests a folder cannot be checked where it is; ``bring`` copies and pins it.
        if self._extra is None or not entry.files:
            return None
        return _sub_folder(self._extra, entry) or (self._extra if _is_model(self._extra, entry) else None)

    def _files(self, entry: ModelEntry, folder: Path) -> Sequence[ModelFile]:
        if entry.kind == "shipped":
            return read_sums(folder / "SHA256SUMS") or ()
        return entry.files or pinned_files(folder) or ()

    def _verified(self, entry: ModelEntry, progress: Progress) -> Path:
        return self._verified_in(entry, self._place(entry), progress)

    def _verified_in(self, entry: ModelEntry, folder: Path, progress: Progress, trusted: bool = True) -> Path:
        files = self._files(entry, folder)
        if not files or not is_folder(folder):
            raise _missing(entry, self._extra)
        try:
            self._stamps.verify(entry.name, folder, files, progress, trusted)
        except WrongFileError as error:
            raise _damaged(entry, folder, error, is_own=folder == self._extra_place(entry)) from error
        return folder


def _sub_folder(folder: Path, entry: ModelEntry) -> Path | None:
    """The part of a user's folder that is named after the model."""
    names = (entry.name, entry.short_name, entry.source.rpartition("/")[2])
    return next((folder / name for name in names if name and is_file(folder / name / "model.bin")), None)


def _is_model(folder: Path, entry: ModelEntry) -> bool:
    """Whether the folder itself seems to be this model, by the size of its weights."""
    weights = folder / "model.bin"
    expected = [file.size for file in entry.files if file.name == weights.name]
    return is_file(weights) and expected == [weights.stat().st_size]


def _require_whole(folder: Path) -> None:
    if not os.access(folder, os.X_OK):
        raise KnownError("model-incomplete", f"{folder} {_SHUT}. Allow it to be read, or choose another.")
    # Without tokenizer.json recognition would ask the network for one.
    for name in ("model.bin", "config.json", "tokenizer.json"):
        if not (folder / name).is_file():
            raise KnownError(
                "model-incomplete", f"{folder} has no {name}, so it is not a whole model folder."
            )
    if not any((folder / name).is_file() for name in ("vocabulary.txt", "vocabulary.json")):
        raise KnownError("model-incomplete", f"{folder} has no vocabulary.txt or vocabulary.json.")


def _missing(entry: ModelEntry, looked_in: Path | None) -> KnownError:
    if entry.kind == "shipped":
        return KnownError("model-missing", f"The {entry.name} model is not there. Reinstall Sameside.")
    nor = "" if looked_in is None else f", nor in {looked_in}"
    if looked_in is not None and is_folder(looked_in) and not os.access(looked_in, os.X_OK):
        nor += f", which {_SHUT}"
    return KnownError(
        "model-missing",
        f"The model {entry.short_name} is not on this machine{nor}. "
        f"Run 'sameside models get {entry.short_name}'.",
    )


def _damaged(entry: ModelEntry, folder: Path, error: WrongFileError, is_own: bool) -> KnownError:
    """``is_own`` where the folder is the user's, which is never written to."""
    get = f"'sameside models get {entry.short_name}'"
    if entry.kind == "shipped":
        mend = "Reinstall Sameside"
    elif is_own:
        mend = f"Bring a good copy, or unset {FOLDER_VARIABLE} and run {get}"
    else:
        mend = f"Run {get}"
    what = "is missing" if error.missing else "is not the official file"
    what = f"cannot be read ({error.unread})" if error.unread else what
    return KnownError("model-damaged", f"{error.name} in {folder} {what}. {mend}.")
