"""Tones and WAV files for the tests of this room."""

from __future__ import annotations

import struct

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


def tone(hz: float, seconds: float, rate_hz: int, amplitude: float = 0.5) -> Floats:
    return (amplitude * np.sin(2 * np.pi * hz * np.arange(round(seconds * rate_hz)) / rate_hz)).astype(
        np.float32
    )


def loudest_hz(samples: Floats) -> float:
    """The strongest frequency in 16 kHz audio."""
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(len(samples))))
    return float(np.argmax(spectrum)) * 16_000 / len(samples)


def wav_bytes(data: bytes, channels: int, rate_hz: int, kind: int = 1, bits: int = 16) -> bytes:
    """A WAV file: ``kind`` 1 is integer samples, 3 is float."""
    frame = channels * bits // 8
    head = struct.pack("<HHIIHH", kind, channels, rate_hz, rate_hz * frame, frame, bits)
    body = b"WAVEfmt " + struct.pack("<I", len(head)) + head + b"data" + struct.pack("<I", len(data)) + data
    return b"RIFF" + struct.pack("<I", len(body)) + body


def float_wav(frames: Floats, rate_hz: int) -> bytes:
    """``frames``: shape (n, channels)."""
    return wav_bytes(frames.astype("<f4").tobytes(), frames.shape[1], rate_hz, kind=3, bits=32)
