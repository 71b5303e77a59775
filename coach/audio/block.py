"""From whatever a device or a file gives to blocks of 16 kHz mono float32."""

from __future__ import annotations

import av
import numpy as np
from numpy.typing import NDArray

from coach.events import SAMPLE_RATE_HZ, Block, Level, Samples

FLOOR_DBFS = -120.0
"""What digital silence reads on a level meter."""


def clean(samples: NDArray[np.generic]) -> Samples:
    """``samples`` as float32 in [-1, 1]; a value that is not a number carries no sound and becomes 0."""
    single: Samples = np.asarray(samples, np.float32)
    finite = np.where(np.isfinite(single), single, np.float32(0))
    return np.clip(finite, np.float32(-1), np.float32(1))


def to_mono(frames: NDArray[np.generic], channel: int | None = None) -> Samples:
    """One clean channel of ``frames``, shape (n, channels): that asked for (from 0), or the mean of all."""
    cleaned = clean(frames)
    if channel is not None:
        return np.ascontiguousarray(cleaned[:, channel])
    if cleaned.shape[1] == 1:
        return np.ascontiguousarray(cleaned[:, 0])
    mixed: Samples = cleaned.mean(axis=1, dtype=np.float32)
    return mixed


def level(block: Block) -> Level:
    """How loud ``block`` is, at its end; ``FLOOR_DBFS`` at the least."""
    if not len(block.samples):
        return Level(block.end_s, FLOOR_DBFS, FLOOR_DBFS)
    samples = block.samples.astype(np.float64)
    rms = float(np.sqrt(np.mean(samples**2)))
    return Level(block.end_s, _dbfs(rms), _dbfs(float(np.max(np.abs(samples)))))


def _dbfs(amplitude: float) -> float:
    return max(FLOOR_DBFS, 20.0 * float(np.log10(max(amplitude, 1e-9))))


class StreamResampler:
    """Mono audio at ``rate_hz`` to 16 kHz, piece by piece; the pieces' sizes do not change the result."""

    def __init__(self, rate_hz: int) -> None:
        self._rate_hz = rate_hz
        self._resampler = (
            None
            if rate_hz == SAMPLE_RATE_HZ
            else av.AudioResampler(format="flt", layout="mono", rate=SAMPLE_RATE_HZ)
        )

    def push(self, samples: Samples) -> Samples:
        """What is ready at 16 kHz after ``samples``, shape (n,); some milliseconds stay inside."""
        if self._resampler is None or not len(samples):
            return samples
        frame = av.AudioFrame.from_ndarray(samples[np.newaxis, :], format="flt", layout="mono")
        frame.sample_rate = self._rate_hz
        return self._collect(self._resampler.resample(frame))

    def flush(self) -> Samples:
        """The rest. Nothing can be pushed after it."""
        if self._resampler is None:
            return np.zeros(0, np.float32)
        return self._collect(self._resampler.resample(None))

    @staticmethod
    def _collect(frames: list[av.AudioFrame]) -> Samples:
        pieces = [frame.to_ndarray()[0] for frame in frames]
        return clean(np.concatenate(pieces)) if pieces else np.zeros(0, np.float32)


class BlockBuilder:
    """Cuts 16 kHz mono audio into blocks of ``block_s``, counting time in samples from ``start_s``."""

    def __init__(self, block_s: float, start_s: float = 0.0) -> None:
        self._size = max(1, round(block_s * SAMPLE_RATE_HZ))
        self._position = round(start_s * SAMPLE_RATE_HZ)
        self._pending: list[Samples] = []
        self._held = 0

    @property
    def end_s(self) -> float:
        """Where the audio taken in so far ends."""
        return (self._position + self._held) / SAMPLE_RATE_HZ

    def push(self, samples: Samples) -> list[Block]:
        """The blocks that ``samples`` completes."""
        self._pending.append(samples)
        self._held += len(samples)
        if self._held < self._size:
            return []
        whole = np.concatenate(self._pending)
        cut = len(whole) - len(whole) % self._size
        self._pending, self._held = [whole[cut:]], len(whole) - cut
        return [self._block(whole[at : at + self._size]) for at in range(0, cut, self._size)]

    def flush(self) -> list[Block]:
        """What is left, as one shorter block."""
        rest = np.concatenate(self._pending) if self._pending else np.zeros(0, np.float32)
        self._pending, self._held = [], 0
        return [self._block(rest)] if len(rest) else []

    def skip_to(self, start_s: float) -> None:
        """Go on from ``start_s``. Call after ``flush``."""
        self._position = round(start_s * SAMPLE_RATE_HZ)

    def _block(self, samples: Samples) -> Block:
        block = Block(samples.copy(), self._position / SAMPLE_RATE_HZ)
        self._position += len(samples)
        return block
