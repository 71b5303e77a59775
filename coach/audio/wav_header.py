"""What a WAV file says it holds: decoders go by the file's size and never notice that the end is missing."""

from __future__ import annotations

import struct
from pathlib import Path

_UNKNOWN = (0, 0xFFFFFFFF)
"""Lengths that recorders write before they know the true one."""


def promised_s(path: Path) -> float | None:
    """Seconds of sound the header of a RIFF WAVE file promises; None for other files or where it is open."""
    try:
        with path.open("rb") as file:
            if file.read(4) != b"RIFF" or file.read(8)[4:] != b"WAVE":
                return None
            bytes_per_s = 0
            while True:
                name, size = struct.unpack("<4sI", file.read(8))
                if name == b"data":
                    return size / bytes_per_s if bytes_per_s and size not in _UNKNOWN else None
                body = file.read(size + size % 2)
                if name == b"fmt ":
                    bytes_per_s = struct.unpack_from("<I", body, 8)[0]
    except (struct.error, OSError):
        return None
