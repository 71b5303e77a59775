"""A few seconds of a recording as a small file of their own (Ogg Opus, mono), and such a file played."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from pathlib import Path

import av
import numpy as np

from coach.audio.media_file import MediaFile
from coach.errors import KnownError
from coach.events import SAMPLE_RATE_HZ, Block, Samples

BIT_RATE = 24_000
"""Speech is clear at this: 3 kB a second."""
LONGEST_S = 120.0
"""Of a clip; a foreign one that goes on longer is cut there."""
_BLOCK_S = 0.25
_FRAME = round(0.02 * SAMPLE_RATE_HZ)
_FADE = round(0.01 * SAMPLE_RATE_HZ)


Span = tuple[float, float]
"""(start, end) in seconds of a recording."""


def cut(path: Path, channel: int | None, clips: Sequence[Sequence[Span]]) -> list[bytes]:
    """The sound of each of ``clips``: of its spans, in order, and of nothing beside them.

    A clip goes from its first span's start to its last one's end, with silence between them.
    ``channel`` counts from 0; None mixes all. Raises ``KnownError`` as ``MediaFile`` does.
    """
    source = MediaFile(path, channel, _BLOCK_S)
    try:
        return [_packed(_clip(source, spans)) for spans in clips]
    finally:
        source.stop()


def sound_in(clip: bytes) -> Samples:
    """A clip at 16 kHz, shape (n,), at most ``LONGEST_S``. Raises ``KnownError`` ("clip-unreadable")."""
    most = round(LONGEST_S * SAMPLE_RATE_HZ)
    pieces: list[Samples] = []
    held = 0
    try:
        for samples in _decoded(clip):
            pieces.append(samples[: most - held])
            held += len(pieces[-1])
            if held >= most:
                break
    except (av.error.FFmpegError, OSError, ValueError, IndexError) as error:
        raise _unreadable() from error
    if not held:
        raise _unreadable()
    return np.concatenate(pieces)


class ClipSource:
    """Sound in memory as a source of blocks, to be played like a recording."""

    def __init__(self, samples: Samples) -> None:
        self._samples = samples
        self._at = 0

    def start(self, at_s: float = 0.0) -> None:
        self._at = round(max(0.0, at_s) * SAMPLE_RATE_HZ)

    def read(self, timeout_s: float) -> Block:  # noqa: ARG002 - nothing is waited for
        size = round(_BLOCK_S * SAMPLE_RATE_HZ)
        piece = self._samples[self._at : self._at + size]
        if not len(piece):
            raise EOFError("clip")
        block = Block(piece, self._at / SAMPLE_RATE_HZ)
        self._at += len(piece)
        return block

    def stop(self) -> None:
        """Nothing is held open."""


def _clip(source: MediaFile, spans: Sequence[Span]) -> Samples:
    start_s, end_s = spans[0][0], min(spans[-1][1], spans[0][0] + LONGEST_S)
    whole = _between(source, start_s, end_s)
    made = np.zeros_like(whole)
    for span in spans:
        first, last = (max(0, round((at_s - start_s) * SAMPLE_RATE_HZ)) for at_s in span)
        made[first:last] = _faded(whole[first:last])
    return made


def _faded(samples: Samples) -> Samples:
    """Without it a cut clicks."""
    fade = min(_FADE, len(samples) // 2)
    if not fade:
        return samples
    slope = np.linspace(0.0, 1.0, fade, dtype=np.float32)
    return np.concatenate([samples[:fade] * slope, samples[fade:-fade], samples[-fade:] * slope[::-1]])


def _between(source: MediaFile, start_s: float, end_s: float) -> Samples:
    first, last = round(start_s * SAMPLE_RATE_HZ), round(end_s * SAMPLE_RATE_HZ)
    made = np.zeros(max(0, last - first), np.float32)
    source.start(start_s)
    while True:
        try:
            block = source.read(0.0)
        except EOFError:
            break
        at = round(block.start_s * SAMPLE_RATE_HZ)
        if at >= last:
            break
        low, high = max(at, first), min(at + len(block.samples), last)
        if low < high:
            made[low - first : high - first] = block.samples[low - at : high - at]
    return made


def _packed(samples: Samples) -> bytes:
    out = io.BytesIO()
    with av.open(out, "w", format="ogg") as container:
        stream = container.add_stream("libopus", rate=SAMPLE_RATE_HZ, layout="mono")
        stream.bit_rate = BIT_RATE
        # Frame by frame, as the encoder takes them: of one long frame it makes noise.
        padded = np.pad(samples, (0, -len(samples) % _FRAME))
        whole = np.clip(padded * 32767.0, -32768, 32767).astype(np.int16).reshape(-1, 1, _FRAME)
        for number, part in enumerate(whole):
            frame = av.AudioFrame.from_ndarray(part, "s16", "mono")
            frame.sample_rate, frame.pts = SAMPLE_RATE_HZ, number * _FRAME
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return out.getvalue()


def _decoded(clip: bytes) -> Iterator[Samples]:
    # Only this form is opened: a clip comes from somebody else, and other demuxers have no business with it.
    with av.open(io.BytesIO(clip), "r", format="ogg") as container:
        if not container.streams.audio:
            return
        resampler = av.AudioResampler(format="flt", layout="mono", rate=SAMPLE_RATE_HZ)
        for frame in container.decode(container.streams.audio[0]):
            for each in resampler.resample(frame):
                yield each.to_ndarray().reshape(-1).astype(np.float32, copy=False)
        for each in resampler.resample(None):
            yield each.to_ndarray().reshape(-1).astype(np.float32, copy=False)


def _unreadable() -> KnownError:
    return KnownError("clip-unreadable", "The sound that came with this summary cannot be played.")
