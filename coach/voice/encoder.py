"""The speaker encoder: a run of speech in, a direction in voice space out (models/voice/README.md)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from coach.errors import KnownError
from coach.events import SAMPLE_RATE_HZ, Samples
from coach.machine.inference import OnnxModel
from coach.resources import shipped_model
from coach.voice.features import audible, level, log_mel

MODEL_ID = "campplus-zh-en-advanced-2"
"""Embeddings of another model, or of other features, mean nothing to this one: a profile carries it."""
SIZE = 192
SHORTEST_S = 0.5
_LEAST_NORM = 1e-6

Embedding = NDArray[np.float32]
"""Shape (192,), length 1."""


class Encoder:
    """CAM++ run by our own ``OnnxModel``: 20 ms of one core for a second of sound.

    ``folder`` holds campplus.onnx. Raises ``KnownError``: model-missing, model-damaged.
    """

    def __init__(self, folder: Path | None = None, threads: int = 1) -> None:
        path = (folder or shipped_model("voice", "release")) / "campplus.onnx"
        if not path.is_file():
            raise KnownError("model-missing", f"{path.name} is missing. Reinstall Sameside.")
        self._model = OnnxModel(path, threads)

    def embed(self, samples: Samples) -> Embedding:
        """The voice of at least ``SHORTEST_S`` of speech; ``ValueError`` for less."""
        return self.embed_all([samples])[0]

    def embed_all(self, runs: Sequence[Samples]) -> list[Embedding]:
        """Each run on its own: how many are asked at once does not change what comes out."""
        return [self._embed(run) for run in runs]

    def _embed(self, samples: Samples) -> Embedding:
        if len(samples) < SHORTEST_S * SAMPLE_RATE_HZ:
            raise ValueError(f"{len(samples)} samples are too few to tell a voice")
        found = self._model.run({"fbank": level(audible(log_mel(samples)))[np.newaxis]})[0][0]
        norm = float(np.linalg.norm(found))
        unit: Embedding = (found / max(norm, _LEAST_NORM)).astype(np.float32)
        return unit
