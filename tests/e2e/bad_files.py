"""Files that are no recording, or hardly one."""

from __future__ import annotations

import struct
from collections.abc import Callable
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

RATE_HZ = 16_000


def wav(samples: NDArray[np.floating]) -> bytes:
    """``samples``: shape (n,) or (n, channels), as a 16-bit WAV file at ``RATE_HZ``."""
    channels = 1 if samples.ndim == 1 else samples.shape[1]
    return wav_claiming(channels, RATE_HZ, (np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes())


def wav_claiming(
    channels: int, rate_hz: int, data: bytes = bytes(32_000), kind: int = 1, bits: int = 16
) -> bytes:
    """A WAV file whose header says what it is told to."""
    frame = channels * bits // 8
    head = struct.pack("<HHIIHH", kind, channels, rate_hz, rate_hz * frame & 0xFFFFFFFF, frame, bits)
    body = b"WAVEfmt " + struct.pack("<I", len(head)) + head + b"data" + struct.pack("<I", len(data)) + data
    return b"RIFF" + struct.pack("<I", len(body)) + body


def noise(seconds: float, channels: int = 1) -> NDArray[np.floating]:
    return np.random.default_rng(1).normal(0, 0.05, (round(seconds * RATE_HZ), channels))


def not_numbers() -> bytes:
    samples = noise(1)[:, 0].astype("<f4")
    samples[::7], samples[::11], samples[::13] = np.nan, np.inf, -np.inf
    return wav_claiming(1, RATE_HZ, samples.tobytes(), kind=3, bits=32)


def pictures(path: Path, codec: str, pixels: str, container: str | None = None) -> None:
    """Ten frames of black without a sound; one where ``container`` is for images."""
    with av.open(str(path), "w", format=container) as file:
        stream = file.add_stream(codec, rate=10)
        stream.width = stream.height = 64
        stream.pix_fmt = pixels
        for _ in range(1 if container == "image2" else 10):
            frame = av.VideoFrame.from_ndarray(np.zeros((64, 64, 3), np.uint8), format="rgb24")
            file.mux(stream.encode(frame.reformat(format=pixels)))
        file.mux(stream.encode(None))


def encoded(recording: Path, path: Path, codec: str) -> None:
    """``recording`` again in the format of ``path``."""
    with av.open(str(recording)) as source, av.open(str(path), "w") as target:
        stream = target.add_stream(codec, rate=RATE_HZ, layout="mono")
        for frame in source.decode(audio=0):
            frame.pts = None
            target.mux(stream.encode(frame))
        target.mux(stream.encode(None))


def _text(path: Path) -> None:
    path.write_text("this is a letter and no recording\n" * 100)


def _bytes(data: bytes) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(data)


NO_RECORDING: dict[str, Callable[[Path], object]] = {
    "empty.wav": _bytes(b""),
    "one_byte.wav": _bytes(b"R"),
    "letter.wav": _text,
    "random.mp3": _bytes(np.random.default_rng(2).bytes(50_000)),
    "picture.png": lambda path: pictures(path, "png", "rgb24", "image2"),
    "film.mp4": lambda path: pictures(path, "mpeg4", "yuv420p"),
    "no_channels.wav": _bytes(wav_claiming(0, RATE_HZ)),
    "100_channels.wav": _bytes(wav_claiming(100, RATE_HZ)),
    "0_hz.wav": _bytes(wav_claiming(1, 0)),
    "1_hz.wav": _bytes(wav_claiming(1, 1)),
    "10_mhz.wav": _bytes(wav_claiming(1, 10_000_000)),
    "no_samples.wav": _bytes(wav_claiming(1, RATE_HZ, b"")),
    "header_only.wav": _bytes(wav_claiming(1, RATE_HZ)[:40]),
    "folder.wav": lambda path: path.mkdir(),
    "missing.wav": lambda _path: None,
}
"""Nothing can be heard in these; each is made by calling it with its path."""

NO_SPEECH: dict[str, bytes] = {
    "silent.wav": wav(np.zeros(60 * RATE_HZ)),
    "tenth_of_a_second.wav": wav(noise(0.1)),
    "noise.wav": wav(noise(5)),
    "tone.wav": wav(np.sin(np.arange(5 * RATE_HZ) * 0.17) * 0.5),
    "not_numbers.wav": not_numbers(),
    "eight_channels.wav": wav(noise(1, channels=8)),
    'it\'s "quoted" [bold]x [nope] %d é日本.wav': wav(noise(0.1)),
    "colon:name.wav": wav(noise(0.1)),
    "two\nlines.wav": wav(noise(0.1)),
}
"""Recordings in which nobody speaks."""
