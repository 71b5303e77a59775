"""Speech played slower or faster at its own pitch, by FFmpeg's ``atempo``."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import av
import numpy as np

from coach.events import SAMPLE_RATE_HZ, Samples

SLOWEST, FASTEST = 0.5, 2.0


class Stretcher:
    """16 kHz mono in, piece by piece; the same words out at ``rate_hz``, ``speed`` times as fast.

    ``speed`` is within [``SLOWEST``, ``FASTEST``]. The pieces' sizes do not change the result.
    """

    def __init__(self, speed: float, rate_hz: int) -> None:
        self._graph = av.filter.Graph()
        source = self._graph.add_abuffer(
            sample_rate=SAMPLE_RATE_HZ, format="flt", layout="mono", time_base=Fraction(1, SAMPLE_RATE_HZ)
        )
        wanted = f"sample_rates={rate_hz}:sample_fmts=flt:channel_layouts=mono"
        chain = [source]
        if speed != 1.0:
            chain.append(self._graph.add("atempo", f"{min(max(speed, SLOWEST), FASTEST):.4f}"))
        chain += [self._graph.add("aformat", wanted), self._graph.add("abuffersink")]
        for first, second in pairwise(chain):
            first.link_to(second)
        self._graph.configure()
        self._at = 0

    def push(self, samples: Samples) -> Samples:
        """What is ready after ``samples``, shape (n,); some hundredths of a second stay inside."""
        if not len(samples):
            return samples
        frame = av.AudioFrame.from_ndarray(samples[np.newaxis, :], format="flt", layout="mono")
        frame.sample_rate = SAMPLE_RATE_HZ
        frame.pts, frame.time_base = self._at, Fraction(1, SAMPLE_RATE_HZ)
        self._at += len(samples)
        self._graph.push(frame)
        return self._ready()

    def flush(self) -> Samples:
        """The rest. Nothing can be pushed after it."""
        self._graph.push(None)
        return self._ready()

    def _ready(self) -> Samples:
        pieces: list[Samples] = []
        while True:
            try:
                frame = self._graph.pull()
            except (BlockingIOError, EOFError):
                break
            if isinstance(frame, av.AudioFrame):
                pieces.append(frame.to_ndarray()[0])
        return np.concatenate(pieces) if pieces else np.zeros(0, np.float32)
