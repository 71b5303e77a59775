"""A recording as an audio source: whatever PyAV can decode, in bounded memory."""

from __future__ import annotations

import contextlib
import math
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np
from av.audio.stream import AudioStream
from av.container import InputContainer

from coach.audio.block import BlockBuilder, StreamResampler, to_mono
from coach.audio.extremes import Extremes
from coach.audio.wav_header import promised_s
from coach.errors import KnownError
from coach.events import Block, Samples

LOWEST_RATE_HZ = 4_000
HIGHEST_RATE_HZ = 768_000
MOST_CHANNELS = 64

_NOTHING: Samples = np.zeros(0, np.float32)
_LARGEST_TAG = 1 << 20
"""A cover picture may stand before the frame of an MP3 file that tells its length."""
_HOLE_S = 0.1
"""A jump in the file's own time stamps longer than this is a hole, kept as a hole."""


@dataclass(frozen=True, slots=True)
class MediaInfo:
    """What a file says of its sound. ``duration_s`` is 0 where the file does not say."""

    duration_s: float
    channels: int
    rate_hz: int
    format: str


def probe(path: Path) -> MediaInfo:
    """What ``path`` holds. Raises ``KnownError`` as ``MediaFile.start`` does."""
    container, _, info = _open(path)
    container.close()
    return info


def read_samples(path: Path, channel: int | None = None, most_s: float = math.inf) -> Samples:
    """The recording at 16 kHz mono in one piece, shape (n,); only blocks that begin before ``most_s``.

    Raises ``KnownError`` as ``MediaFile`` does.
    """
    source = MediaFile(path, channel)
    source.start()
    pieces: list[Samples] = []
    try:
        while (block := source.read(0.0)).start_s < most_s:
            pieces.append(block.samples)
    except EOFError:
        pass
    finally:
        source.stop()
    return np.concatenate(pieces) if pieces else _NOTHING


class MediaFile:
    """A recording, decoded as it is read.

    ``channel`` counts from 0; None mixes all channels down. ``read`` never waits.
    A file that ends before its time gives what can be decoded; ``warning`` then says so. ``silent`` and
    ``clipped`` are about what was read so far.
    Raises ``KnownError``: file-missing, file-is-folder, file-unreadable, file-empty, not-audio,
    rate-absurd, channel-missing.
    """

    def __init__(self, path: Path, channel: int | None = None, block_s: float = 0.5) -> None:
        self.name = path.name
        self.warning: str | None = None
        self.info: MediaInfo | None = None
        self._path = path
        self._channel = channel
        self._block_s = block_s
        self._container: InputContainer | None = None
        self._blocks: Iterator[Block] = iter(())
        self._extremes = Extremes()

    @property
    def silent(self) -> bool:
        return self._extremes.silent

    @property
    def clipped(self) -> bool:
        return self._extremes.clipped

    def start(self, at_s: float = 0.0) -> None:
        """From the beginning, or from a block that holds ``at_s``, or begins a little before it."""
        self.stop()
        self.warning, self._extremes = None, Extremes()
        container, stream, info = _open(self._path)
        if self._channel is not None and not 0 <= self._channel < info.channels:
            container.close()
            raise KnownError("channel-missing", _channel_message(self.name, self._channel, info.channels))
        if at_s > 0:
            _seek(container, at_s)
        self._container, self.info = container, info
        self._blocks = self._decode(container, stream, info)

    def read(self, timeout_s: float) -> Block:  # noqa: ARG002 - a file never waits
        block = next(self._blocks, None)
        if block is None:
            raise EOFError(self.name)
        self._extremes.take(block.samples)
        return block

    def stop(self) -> None:
        self._blocks = iter(())
        if self._container is not None:
            self._container.close()
            self._container = None

    def _decode(self, container: InputContainer, stream: AudioStream, info: MediaInfo) -> Iterator[Block]:
        builder = BlockBuilder(self._block_s)
        frames = _Frames(container, stream)
        run: _Run | None = None
        for frame, at_s in frames:
            hole = run is not None and at_s is not None and at_s - run.end_s > _HOLE_S
            if run is None or hole or not run.continues_in(frame):
                yield from builder.push(run.flush() if run else _NOTHING)
                frames.damaged += bool(hole)
                if at_s is not None and at_s - builder.end_s > _HOLE_S:
                    yield from builder.flush()
                    builder.skip_to(at_s)
                run = _Run(frame, self._channel, builder.end_s)
            yield from builder.push(run.push(frame))
        if run is None:
            raise _nothing_in(self.name, frames.damaged + frames.unsettled)
        yield from builder.push(run.flush())
        promised = 0.0 if _is_guess(self._path, info) else info.duration_s
        self.warning = _warning(self.name, builder.end_s, promised, frames.damaged)
        yield from builder.flush()


class _Frames:
    """Decoded frames of one stream with their time; damaged packets are left out and counted.

    ``unsettled`` are those no good frame has come after yet: at the end of a file they are most often
    tags, or other things that are no sound.
    """

    def __init__(self, container: InputContainer, stream: AudioStream) -> None:
        self._container = container
        self._stream = stream
        self._begin_s = (container.start_time or 0) / av.time_base
        self.damaged = 0
        self.unsettled = 0

    def __iter__(self) -> Iterator[tuple[av.AudioFrame, float | None]]:
        packets = self._container.demux(self._stream)
        while True:
            try:
                frames = next(packets).decode()
            except (StopIteration, EOFError):
                return
            except (av.error.FFmpegError, OSError):
                # Where the disk went away the packets end with it: what came so far still counts.
                self.unsettled += 1
                continue
            for frame in frames:
                if isinstance(frame, av.AudioFrame) and frame.samples:
                    self.damaged, self.unsettled = self.damaged + self.unsettled, 0
                    yield frame, None if frame.time is None else frame.time - self._begin_s


class _Run:
    """Frames of one format without a hole between them, brought to 16 kHz mono."""

    def __init__(self, first: av.AudioFrame, channel: int | None, start_s: float) -> None:
        self._shape = _shape(first)
        self._channel = channel
        self._start_s = start_s
        self._taken = 0
        self._rate_hz = first.sample_rate
        # Packed, because PyAV reads past the planes of a planar frame of eight channels or more.
        self._to_float = av.AudioResampler(format="flt", layout=first.layout, rate=first.sample_rate)
        self._resampler = StreamResampler(first.sample_rate)

    @property
    def end_s(self) -> float:
        return self._start_s + self._taken / self._rate_hz

    def continues_in(self, frame: av.AudioFrame) -> bool:
        return _shape(frame) == self._shape

    def push(self, frame: av.AudioFrame) -> Samples:
        self._taken += frame.samples
        frame.pts = None
        return self._mono(self._to_float.resample(frame))

    def flush(self) -> Samples:
        return np.concatenate([self._mono(self._to_float.resample(None)), self._resampler.flush()])

    def _mono(self, frames: list[av.AudioFrame]) -> Samples:
        channel, channels = self._channel, self._shape[1]
        if channel is not None and channel >= channels:
            channel = channels - 1
        interleaved = [frame.to_ndarray().reshape(-1, channels) for frame in frames]
        pieces = [self._resampler.push(to_mono(samples, channel)) for samples in interleaved]
        return np.concatenate(pieces) if pieces else _NOTHING


def _shape(frame: av.AudioFrame) -> tuple[str, int, int]:
    return frame.format.name, frame.layout.nb_channels, frame.sample_rate


def _open(path: Path) -> tuple[InputContainer, AudioStream, MediaInfo]:
    _check_readable(path)
    try:
        # The prefix keeps a colon in the name from being taken for a protocol.
        container = av.open(f"file:{path}", metadata_errors="ignore")
    except (av.error.FFmpegError, OSError, ValueError) as error:
        raise KnownError(
            "not-audio",
            f"{path.name} is not a sound or video file Sameside can read, or it is damaged. "
            "Try a WAV, FLAC, MP3, M4A, OGG or MP4 file.",
        ) from error
    try:
        stream = _audio_stream(path, container)
        return container, stream, _info(path, container, stream)
    except BaseException:
        container.close()
        raise


def _seek(container: InputContainer, at_s: float) -> None:
    begin = container.start_time or 0
    # Where a file cannot be entered in the middle it is read from its beginning.
    with contextlib.suppress(av.error.FFmpegError, OSError):
        container.seek(begin + round(at_s * av.time_base))


def _check_readable(path: Path) -> None:
    name = path.name or str(path)
    try:
        kind = path.stat().st_mode
        if stat.S_ISDIR(kind):
            with os.scandir(path):
                pass
            raise KnownError("file-is-folder", f"{name} is a folder. Choose a recording inside it.")
        # Opening a pipe would wait for ever, and a device has no end.
        if not stat.S_ISREG(kind):
            raise KnownError(
                "file-unreadable", f"{path} is not an ordinary file. Save the recording as a file first."
            )
        with path.open("rb") as file:
            if not file.read(1):
                raise KnownError("file-empty", f"{name} is empty. Choose another recording.")
    except FileNotFoundError as error:
        raise KnownError("file-missing", f"{path} does not exist. Check the name and try again.") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise KnownError(
            "file-unreadable", f"{path} cannot be opened ({reason}). Check that you may read it."
        ) from error


def _audio_stream(path: Path, container: InputContainer) -> AudioStream:
    if not container.streams.audio:
        raise KnownError("not-audio", f"{path.name} has no sound in it. Choose a recording of the call.")
    stream = container.streams.audio[0]
    context = stream.codec_context
    # A codec this build does not know leaves no context, whatever the type says.
    if context is None or stream.channels < 1:
        raise KnownError(
            "not-audio",
            f"{path.name} names no channels or a coding Sameside does not know. "
            "Convert it to WAV and try again.",
        )
    if stream.channels > MOST_CHANNELS:
        raise KnownError(
            "not-audio",
            f"{path.name} says it holds {stream.channels} channels, more than {MOST_CHANNELS}: "
            "the file is probably damaged. Export it again.",
        )
    if not LOWEST_RATE_HZ <= stream.sample_rate <= HIGHEST_RATE_HZ:
        raise KnownError(
            "rate-absurd",
            f"{path.name} says it holds {stream.sample_rate} samples a second, outside "
            f"{LOWEST_RATE_HZ} to {HIGHEST_RATE_HZ}: the file is probably damaged. Export it again.",
        )
    return stream


def _info(path: Path, container: InputContainer, stream: AudioStream) -> MediaInfo:
    promised = promised_s(path)
    if promised is not None:
        duration_s = promised
    elif stream.duration is not None and stream.time_base is not None:
        duration_s = float(stream.duration * stream.time_base)
    else:
        duration_s = (container.duration or 0) / av.time_base
    return MediaInfo(max(0.0, duration_s), stream.channels, stream.sample_rate, container.format.name)


def _is_guess(path: Path, info: MediaInfo) -> bool:
    """Whether the length is only estimated from the first bit rate, which need not hold for the rest."""
    if info.format != "mp3":
        return info.format == "aac"
    try:
        with path.open("rb") as file:
            begins = file.read(_LARGEST_TAG)
    except OSError:
        return True
    return not any(mark in begins for mark in (b"Xing", b"Info", b"VBRI"))


def _channel_message(name: str, channel: int, channels: int) -> str:
    there = "only channel 0" if channels == 1 else f"channels 0 to {channels - 1}"
    return f"{name} has no channel {channel}; it has {there}. Choose one of these, or none to mix them."


def _nothing_in(name: str, damaged: int) -> KnownError:
    if damaged:
        return KnownError("not-audio", f"Nothing in {name} could be decoded: it is damaged. Export it again.")
    return KnownError("file-empty", f"{name} holds no sound at all. Choose another recording.")


def _warning(name: str, decoded_s: float, promised_s: float, damaged: int) -> str | None:
    if promised_s - decoded_s > max(0.5, 0.02 * promised_s):
        return (
            f"{name} ends early: it says it lasts {_clock(promised_s)} but stops at {_clock(decoded_s)}. "
            "Everything up to there was kept."
        )
    if damaged:
        return f"{name} is damaged in places; those parts were left out."
    return None


def _clock(time_s: float) -> str:
    """Minutes and seconds as people write them: 0:07, 83:12."""
    return f"{int(time_s) // 60}:{int(time_s) % 60:02d}"
