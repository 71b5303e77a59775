"""Vectors of texts that do not change, kept between runs: ordinary turns, and the examples of own moves."""

from __future__ import annotations

import hashlib
import io
import logging
import zipfile
from pathlib import Path

import numpy as np

from coach.errors import KnownError
from coach.machine.whole_files import write_whole
from coach.moves.own_rule import Meaning, Vectors

log = logging.getLogger(__name__)

_PROBE = "Could I take your name and the number on the order, please?"
_SAME = 0.9999
"""The cosine at which the probe still has the vector it had: another model, or another build, has not."""


class MeaningCache:
    """``meaning`` with a memory at ``path``. Only digests of the texts are kept.

    A file that is damaged, or of another model, is begun anew; one that cannot be written is done without.
    """

    def __init__(self, meaning: Meaning, path: Path) -> None:
        self._meaning = meaning
        self._path = path
        self._probe = meaning(_PROBE)
        self._known = self._read()
        self._used: dict[str, Vectors] = {}

    def __call__(self, text: str) -> Vectors | None:
        key = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
        found = self._known.get(key)
        vector = self._meaning(text) if found is None else found
        if vector is not None:
            self._known[key] = self._used[key] = vector
        return vector

    def save(self) -> None:
        """Keep the vectors asked for since the start, and no others."""
        if self._probe is None or not self._used:
            return
        packed = io.BytesIO()
        np.savez(packed, probe=self._probe, keys=list(self._used), vectors=np.stack([*self._used.values()]))
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            # A disk that is full is not filled further by what is left of each try.
            write_whole(self._path, packed.getvalue(), replace=True)
        except (KnownError, OSError) as error:
            log.warning("vectors of own moves are not kept: %s", error)

    def _read(self) -> dict[str, Vectors]:
        try:
            with self._path.open("rb") as file, np.load(file) as kept:
                if self._probe is None or float(kept["probe"] @ self._probe) < _SAME:
                    return {}
                return dict(zip(kept["keys"].tolist(), kept["vectors"].astype(np.float32), strict=True))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
            log.warning("vectors of own moves are read anew: %s", error)
            return {}
