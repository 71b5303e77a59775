"""A run of speech as overlapping windows, each with its voice; those of a growing run are made once."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from coach.events import SAMPLE_RATE_HZ, Samples
from coach.voice.encoder import SHORTEST_S, Embedder, Embedding
from coach.voice.features import log_mel, sounds_narrow

WINDOW = round(1.6 * SAMPLE_RATE_HZ)
HOP = WINDOW // 2
EDGE = WINDOW // 2
"""Begin and end of a run are heard for themselves: a word of another voice there is short of a window."""
_FRAME = SAMPLE_RATE_HZ // 50
_ACTIVE_BELOW_PEAK_DB = 30.0
_QUIETEST_DB = -70.0
_LEAST_REST = HOP // 4
_MOST_KEPT = 40


@dataclass(frozen=True, slots=True, eq=False)
class Window:
    """[start, end) in samples of the run; ``active_s`` of it is speech, at ``level_dbfs``.

    ``narrow``: it came through a telephone's band.
    """

    start: int
    end: int
    embedding: Embedding
    narrow: bool
    active_s: float
    level_dbfs: float

    @property
    def full(self) -> bool:
        return self.end - self.start >= WINDOW

    @property
    def centre(self) -> int:
        return (self.start + self.end) // 2


class Windows:
    """Windows of 1.6 s every 0.8 s and one up to the end, with two short ones at begin and end.

    A run shorter than a window is one of its own.
    """

    def __init__(self, encoder: Embedder) -> None:
        self._encoder = encoder
        self._made: OrderedDict[tuple[int, bytes], Window] = OrderedDict()

    def so_far(self, samples: Samples) -> list[Window]:
        """Of a run that may grow: only windows that stay as they are, but for a run shorter than one."""
        if len(samples) < WINDOW:
            return self.of(samples, [(0, len(samples))])
        return self.of(samples, [(0, EDGE), *_spans(len(samples))])

    def whole(self, samples: Samples) -> list[Window]:
        """Of a finished run, its end included."""
        spans = _spans(len(samples))
        last = spans[-1][1] if spans else 0
        if last == 0:
            spans = [(0, len(samples))]
        elif len(samples) - last > _LEAST_REST:
            spans.append((len(samples) - WINDOW, len(samples)))
        if last:
            spans = [(0, EDGE), *spans, (len(samples) - EDGE, len(samples))]
        return self.of(samples, spans)

    def of(self, samples: Samples, spans: Sequence[tuple[int, int]]) -> list[Window]:
        """Windows at these places; those too short to tell a voice, or without sound, are left out."""
        long_enough = [span for span in spans if span[1] - span[0] >= SHORTEST_S * SAMPLE_RATE_HZ]
        found = [self._known_or_made(samples, *span) for span in long_enough]
        return [window for window in found if window.active_s > 0]

    def _known_or_made(self, samples: Samples, start: int, end: int) -> Window:
        # By its sound, because the windows of a growing run come again with every question.
        key = start, hashlib.blake2b(samples[start:end].tobytes(), digest_size=16).digest()
        window = self._made.get(key) or self._make(samples, start, end)
        self._made[key] = window
        self._made.move_to_end(key)
        if len(self._made) > _MOST_KEPT:
            self._made.popitem(last=False)
        return window

    def _make(self, samples: Samples, start: int, end: int) -> Window:
        run = clean(samples[start:end])
        active_s, level = loudness(run)
        embedding = self._encoder.embed(run)
        return Window(start, end, embedding, sounds_narrow(log_mel(run)), active_s, level)


def _spans(samples: int) -> list[tuple[int, int]]:
    return [(at, at + WINDOW) for at in range(0, samples - WINDOW + 1, HOP)]


def clean(samples: Samples) -> Samples:
    """What is not a number becomes silence. What is clean is not copied."""
    if len(samples) and samples.min() >= -1.0 and samples.max() <= 1.0:
        return samples
    finite: Samples = np.nan_to_num(samples, nan=0.0, posinf=0.0, neginf=0.0).clip(-1.0, 1.0)
    return finite.astype(np.float32, copy=False)


def loudness(samples: Samples) -> tuple[float, float]:
    """Seconds that are not pauses, and their level in dB full scale."""
    whole = len(samples) - len(samples) % _FRAME
    if whole == 0:
        return 0.0, _QUIETEST_DB
    power = np.square(samples[:whole].reshape(-1, _FRAME), dtype=np.float64).mean(axis=1)
    levels = 10 * np.log10(power + 1e-12)
    floor = max(_QUIETEST_DB, float(levels.max()) - _ACTIVE_BELOW_PEAK_DB)
    active = power[levels > floor]
    if not len(active):
        return 0.0, _QUIETEST_DB
    return len(active) * _FRAME / SAMPLE_RATE_HZ, float(10 * np.log10(active.mean()))
