"""Recordings made on the spot."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from tests.unit.audio.audio_recordings import Floats

Encode = Callable[[str, str, Floats, int], Path]


@pytest.fixture
def encode(tmp_path: Path) -> Encode:
    """``encode(name, codec, frames, rate_hz)``: writes mono ``frames`` with PyAV and gives the path."""

    def write(name: str, codec: str, frames: Floats, rate_hz: int) -> Path:
        path = tmp_path / name
        with av.open(str(path), "w") as container:
            stream = container.add_stream(codec, rate=rate_hz, layout="mono")
            frame = av.AudioFrame.from_ndarray(frames[np.newaxis, :], format="flt", layout="mono")
            frame.sample_rate = rate_hz
            frame.pts, frame.time_base = 0, Fraction(1, rate_hz)
            container.mux(stream.encode(frame))
            container.mux(stream.encode(None))
        return path

    return write
