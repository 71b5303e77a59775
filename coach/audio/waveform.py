"""A recording as a picture: the lowest and highest sample of every short piece, at several scales."""

from __future__ import annotations

import hashlib
import logging
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from coach.audio.extremes import CLIPPED_SHARE
from coach.audio.media_file import MediaFile
from coach.events import SAMPLE_RATE_HZ, Samples

log = logging.getLogger(__name__)

PIECES_HZ = 200
"""Pieces a second at the finest scale: 4.3 MB for three hours, and a pixel of 5 ms."""
COARSER = 8
"""Pieces of one scale that make one of the next."""
TOLD_EVERY_S = 300.0
"""How much sound is read between two pictures of a long recording."""
KEPT = 60
"""Pictures kept in the cache; the oldest go."""
LEFT_OVER_S = 3_600.0
"""An unfinished file of the cache that is older goes."""
_VERSION = 1
_QUIET = 3

Edges = NDArray[np.int8]
"""Shape (n, 2): lowest and highest of each piece, -127 to 127."""


@dataclass(frozen=True, slots=True, eq=False)
class Waveform:
    """``levels`` from fine to coarse; ``whole`` once all of the recording is in it."""

    levels: tuple[Edges, ...]
    whole: bool

    @property
    def duration_s(self) -> float:
        return len(self.levels[0]) / PIECES_HZ

    @property
    def clipped(self) -> bool:
        """Whether so much of it stands at full scale that it must have been recorded too loud."""
        fine = self.levels[0]
        full = (np.abs(fine.astype(np.int16)) >= 127).any(axis=1)
        return bool(len(fine)) and float(full.mean()) > CLIPPED_SHARE

    @property
    def silent(self) -> bool:
        return not len(self.levels[0]) or int(np.abs(self.levels[0].astype(np.int16)).max()) < _QUIET

    def between(self, start_s: float, end_s: float, columns: int) -> NDArray[np.float32]:
        """Shape (``columns``, 2), in [-1, 1]: the edges of equal parts of a stretch; 0 past the end."""
        shown = np.zeros((max(columns, 0), 2), np.float32)
        per_column = (end_s - start_s) * PIECES_HZ / max(columns, 1)
        if columns < 1 or per_column <= 0:
            return shown
        scale = 0
        while scale + 1 < len(self.levels) and per_column >= COARSER ** (scale + 1):
            scale += 1
        edges = self.levels[scale]
        rate_hz = PIECES_HZ / COARSER**scale
        cuts = start_s * rate_hz + np.arange(columns + 1) * (end_s - start_s) * rate_hz / columns
        first = np.floor(cuts[:-1] + 1e-6).astype(np.int64)
        there = (first >= 0) & (first < len(edges))
        if there.any():
            at = first[there]
            part = edges[: max(int(np.ceil(cuts[1:][there][-1])), int(at[-1]) + 1)]
            # Where two columns begin in the same piece, both show it.
            shown[there, 0] = np.minimum.reduceat(part[:, 0], at) / 127
            shown[there, 1] = np.maximum.reduceat(part[:, 1], at) / 127
        return shown


def waveforms(path: Path, cache: Path | None = None) -> Iterator[Waveform]:
    """The picture as it grows, some times; the last one is ``whole``, or as far as the file could be read.

    It is taken from the folder ``cache`` where it was kept, and kept there; a disk that is full or read-only
    only means that it is made anew next time. Raises ``KnownError`` as ``MediaFile`` does.
    """
    source = MediaFile(path, block_s=2.0)
    source.start()
    name = _name(path) if cache is not None else None
    kept = None if cache is None or name is None else cache / f"{name}.npy"
    found = None if kept is None else _read(kept)
    if found is not None:
        source.stop()
        yield _pyramid(found, True)
        return
    pieces: list[Edges] = []
    held, told_s = 0, TOLD_EVERY_S / 10
    try:
        while True:
            try:
                block = source.read(0.0)
            except EOFError:
                break
            missing = round(block.start_s * PIECES_HZ) - held
            if missing > 0:
                pieces.append(np.zeros((missing, 2), np.int8))
            pieces.append(_edges(block.samples))
            held += max(0, missing) + len(pieces[-1])
            if block.end_s >= told_s:
                told_s = block.end_s + TOLD_EVERY_S
                pieces = [np.concatenate(pieces)]
                yield _pyramid(pieces[0], False)
    finally:
        source.stop()
    fine = np.concatenate(pieces) if pieces else np.zeros((0, 2), np.int8)
    if kept is not None and source.warning is None:
        _keep(kept, fine)
    yield _pyramid(fine, True)


def _edges(samples: Samples) -> Edges:
    size = SAMPLE_RATE_HZ // PIECES_HZ
    padded = np.pad(samples, (0, -len(samples) % size), mode="edge").reshape(-1, size)
    scaled = np.stack([padded.min(axis=1), padded.max(axis=1)], axis=1) * 127
    edges: Edges = np.clip(np.rint(scaled), -127, 127).astype(np.int8)
    return edges


def _pyramid(fine: Edges, whole: bool) -> Waveform:
    levels = [fine]
    while len(levels[-1]) > COARSER * COARSER:
        finer = levels[-1]
        padded = np.pad(finer, ((0, -len(finer) % COARSER), (0, 0)), mode="edge").reshape(-1, COARSER, 2)
        levels.append(np.stack([padded[:, :, 0].min(axis=1), padded[:, :, 1].max(axis=1)], axis=1))
    return Waveform(tuple(levels), whole)


def _name(path: Path) -> str | None:
    """Another for the same path once the file has changed; None where it has gone since it was opened."""
    try:
        kept = path.stat()
    except OSError:
        return None
    told = f"{_VERSION}|{path.resolve()}|{kept.st_size}|{kept.st_mtime_ns}"
    return hashlib.sha256(told.encode(errors="surrogateescape")).hexdigest()[:32]


def _read(kept: Path) -> Edges | None:
    try:
        found = np.load(kept, allow_pickle=False)
    except (OSError, ValueError, EOFError):
        # Missing, or cut short by a full disk: it is made anew.
        return None
    return found if found.dtype == np.int8 and found.ndim == 2 and found.shape[1:] == (2,) else None


def _keep(kept: Path, fine: Edges) -> None:
    unfinished = kept.with_name(f"{kept.name}.{os.getpid()}.part")
    try:
        kept.parent.mkdir(parents=True, exist_ok=True)
        with unfinished.open("wb") as file:
            np.save(file, fine)
        unfinished.replace(kept)
        oldest = sorted(kept.parent.glob("*.npy"), key=lambda each: each.stat().st_mtime)
        for each in [*oldest[:-KEPT], *_left_over(kept)]:
            each.unlink(missing_ok=True)
    except OSError as error:
        log.warning("the picture of a recording was not kept: %s", error)
        try:
            unfinished.unlink(missing_ok=True)
        except OSError:
            log.warning("its unfinished file stays")


def _left_over(kept: Path) -> list[Path]:
    """Unfinished files of runs that ended while they wrote: writing one takes less than a second."""
    now_s = kept.stat().st_mtime
    return [each for each in kept.parent.glob("*.npy.*.part") if now_s - each.stat().st_mtime > LEFT_OVER_S]
