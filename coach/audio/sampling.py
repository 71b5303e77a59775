"""Stretches from all over a recording: enough to tell who speaks in it, in bounded time and memory."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from coach.audio.media_file import MediaFile, probe
from coach.errors import KnownError
from coach.events import SAMPLE_RATE_HZ, Block, Samples

STRETCH_S = 6.0
"""Long enough for some words of each of two."""
WHOLE_S = 240.0
"""A recording up to this is taken whole."""
EVERY_S = 15.0
"""Of a longer one a stretch as often as this, so that a voice of a minute is in several of them."""
MOST = 120
"""Stretches; of a recording of more than half an hour they are farther apart."""
_SEAM_S = 0.5
"""Silence where something is left out: no run of speech goes on over it."""
_LATE_S = 30.0
"""A file that begins so much before the place that was asked for cannot be entered in the middle."""

Told = Callable[[float], None]
"""Told the share that is done; it may raise to end the work."""


@dataclass(frozen=True, slots=True, eq=False)
class Sampled:
    """Stretches joined, shape (n,). ``places``: where each begins, in seconds of them and of the file."""

    samples: Samples
    places: tuple[tuple[float, float], ...]

    @property
    def thinned(self) -> float:
        """How many seconds of the recording one that was taken stands for; 1 where it is all there."""
        joined_s = len(self.samples) / SAMPLE_RATE_HZ
        taken_s = joined_s - (len(self.places) - 1) * _SEAM_S
        return self.in_file(joined_s) / taken_s if len(self.places) > 1 else 1.0

    def in_file(self, at_s: float) -> float:
        """A second of ``samples`` as one of the recording."""
        here, there = max((one for one in self.places if one[0] <= at_s + 1e-6), default=(0.0, 0.0))
        return there + at_s - here


def sample(path: Path, channel: int | None = None, told: Told = lambda _share: None) -> Sampled:
    """All of a short recording, and of a longer one stretches from its beginning to its end.

    Raises ``KnownError`` as ``MediaFile`` does.
    """
    length_s = probe(path).duration_s
    found = _here_and_there(MediaFile(path, channel), length_s, told) if length_s > WHOLE_S else None
    return _joined(found or _in_passing(MediaFile(path, channel, STRETCH_S), length_s, told))


def stretch(source: MediaFile, at_s: float, length_s: float = STRETCH_S) -> Block | None:
    """So much of ``source`` from there on; None where there is nothing, or no way to get there."""
    pieces: list[Samples] = []
    wanted, held, begin_s = round(length_s * SAMPLE_RATE_HZ), 0, at_s
    source.start(at_s)
    try:
        while held < wanted:
            block = source.read(0.0)
            if at_s - block.start_s > _LATE_S:
                return None
            begin_s = begin_s if pieces else max(at_s, block.start_s)
            pieces.append(block.samples[max(0, round((at_s - block.start_s) * SAMPLE_RATE_HZ)) :])
            held += len(pieces[-1])
    except EOFError:
        pass
    except KnownError:
        # Nothing to decode from there on; what is wrong with all of it is told by whoever reads all of it.
        return None
    finally:
        source.stop()
    return Block(np.concatenate(pieces)[:wanted], begin_s) if held else None


def places(length_s: float, count: int) -> list[float]:
    """Where so many stretches of a recording begin, evenly from its first second to its last."""
    step_s = (length_s - STRETCH_S) / max(1, count - 1)
    return [number * step_s for number in range(count)]


def _here_and_there(source: MediaFile, length_s: float, told: Told) -> list[Block] | None:
    """None where the file does not let itself be entered in the middle, or is longer than it says."""
    count = min(MOST, max(round(WHOLE_S / STRETCH_S), round(length_s / EVERY_S)))
    found: list[Block] = []
    for number, at_s in enumerate(places(length_s, count)):
        told(number / count)
        block = stretch(source, at_s)
        if block is None and number < count - 1:
            return None
        found += [] if block is None else [block]
    return found if stretch(source, length_s + STRETCH_S) is None else None


def _in_passing(source: MediaFile, length_s: float, told: Told) -> list[Block]:
    """Read from its beginning to its end: when there are too many stretches, every second one goes."""
    source.start()
    found: list[Block] = []
    every, number = 1, 0
    try:
        while True:
            block = source.read(0.0)
            told(min(1.0, block.end_s / length_s) if length_s else 0.0)
            if number % every == 0:
                found.append(block)
            number += 1
            if len(found) > MOST:
                found, every = found[::2], every * 2
    except EOFError:
        return found
    finally:
        source.stop()


def _joined(found: list[Block]) -> Sampled:
    seam = np.zeros(round(_SEAM_S * SAMPLE_RATE_HZ), np.float32)
    parts: list[Samples] = []
    starts: list[tuple[float, float]] = []
    length, end_s = 0, float("-inf")
    for block in found:
        if abs(block.start_s - end_s) > 1 / SAMPLE_RATE_HZ:
            if parts:
                parts.append(seam)
                length += len(seam)
            starts.append((length / SAMPLE_RATE_HZ, block.start_s))
        parts.append(block.samples)
        length, end_s = length + len(block.samples), block.end_s
    return Sampled(np.concatenate(parts) if parts else np.zeros(0, np.float32), tuple(starts))
