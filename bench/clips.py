"""Speech that lies in a folder, listed in its manifest.csv; and sound written to a file."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import av
import numpy as np

from coach.events import SAMPLE_RATE_HZ, Samples


def listed(folder: Path, *columns: str) -> list[dict[str, str]]:
    """The lines of ``folder``'s manifest. Where it lacks ``columns``, ends the program, saying so."""
    path = folder / "manifest.csv"
    if not path.is_file():
        raise SystemExit(
            f"{path} is not there: --audio names a folder with a manifest.csv and its sound files."
        )
    with path.open(newline="", encoding="utf-8") as file:
        reader = csv.DictReader(file)
        missing = sorted({"path", *columns} - set(reader.fieldnames or ()))
        if missing:
            raise SystemExit(f"{path} has no column {' and no column '.join(missing)}, which this needs.")
        return list(reader)


def write_mono(path: Path, samples: Samples) -> None:
    with av.open(str(path), "w") as container:
        stream = container.add_stream("flac", rate=SAMPLE_RATE_HZ, layout="mono")
        add_samples(container, stream, samples)
        container.mux(stream.encode(None))


def add_samples(container: Any, stream: Any, samples: Samples) -> None:
    """To an open file, by and by."""
    pcm = (samples * 32767).clip(-32768, 32767).astype(np.int16)
    for at in range(0, len(pcm), 4096):
        frame = av.AudioFrame.from_ndarray(pcm[np.newaxis, at : at + 4096], format="s16", layout="mono")
        frame.sample_rate = SAMPLE_RATE_HZ
        container.mux(stream.encode(frame))
