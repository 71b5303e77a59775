"""The speaker encoders: a run of speech in, a direction in voice space out (models/voice/README.md).

Two networks hear each run, and err at different voices. The large one alone serves where there is no
profile yet: whether a reading is all of one voice, how many voices a recording has.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from coach.errors import KnownError
from coach.events import SAMPLE_RATE_HZ, Samples
from coach.machine.inference import OnnxModel
from coach.resources import shipped_model
from coach.voice.features import audible, level, log_mel
from coach.voice.mel import even_mel

MODEL_ID = "campplus-zh-en-advanced-2+ge2e-1"
"""Embeddings of other models, or of other features, mean nothing to these: a profile carries it."""
CAMPPLUS_SIZE, GE2E_SIZE = 192, 256
SIZE = CAMPPLUS_SIZE + GE2E_SIZE
SHORTEST_S = 0.5
_CAMPPLUS_SHARE = 0.65
"""Of a similarity: the rest is GE2E's. Of development speakers any share from 0.6 to 0.75 is as good."""
_LEAST_NORM = 1e-6

Embedding = NDArray[np.float32]
"""Shape (448,) of both encoders, (192,) of the large one alone; length 1."""


class Embedder(Protocol):
    def embed(self, samples: Samples) -> Embedding: ...


class Campplus:
    """CAM++ run by our own ``OnnxModel``: 20 ms of one core for a second of sound.

    ``folder`` holds campplus.onnx. Raises ``KnownError``: model-missing, model-damaged.
    """

    def __init__(self, folder: Path | None = None, threads: int = 1) -> None:
        self._model = _opened("campplus.onnx", folder, threads)

    def embed(self, samples: Samples) -> Embedding:
        """The voice of at least ``SHORTEST_S`` of speech, shape (192,); ``ValueError`` for less."""
        _long_enough(samples)
        return self.of(log_mel(samples))

    def of(self, features: NDArray[np.float32]) -> Embedding:
        """The same of what ``log_mel`` made of the speech."""
        return _unit(self._model.run({"fbank": level(audible(features))[np.newaxis]})[0][0])


class Encoder:
    """Both encoders; a similarity of what they say is their similarities weighed.

    ``folder`` holds campplus.onnx and ge2e.onnx. Raises ``KnownError``: model-missing, model-damaged.
    """

    def __init__(self, folder: Path | None = None, threads: int = 1) -> None:
        self.campplus = Campplus(folder, threads)
        self._ge2e = _opened("ge2e.onnx", folder, threads)

    def embed(self, samples: Samples) -> Embedding:
        """The voice of at least ``SHORTEST_S`` of speech, shape (448,); ``ValueError`` for less."""
        return self.embed_all([samples])[0]

    def embed_all(self, runs: Sequence[Samples]) -> list[Embedding]:
        """Each run on its own: how many are asked at once does not change what comes out."""
        return [self._embed(run) for run in runs]

    def _embed(self, samples: Samples) -> Embedding:
        _long_enough(samples)
        features = log_mel(samples)
        large = self.campplus.of(features)
        small = _unit(self._ge2e.run({"mel": even_mel(samples)[np.newaxis]})[0][0])
        return joined(large, small)


def joined(large: Embedding, small: Embedding) -> Embedding:
    """One direction of two; ``large``: shape (..., 192), ``small``: (..., 256), both of length 1."""
    shares = np.sqrt(np.array([_CAMPPLUS_SHARE, 1 - _CAMPPLUS_SHARE], np.float32))
    return np.concatenate([shares[0] * large, shares[1] * small], axis=-1)


def _opened(name: str, folder: Path | None, threads: int) -> OnnxModel:
    path = (folder or shipped_model("voice", "release")) / name
    if not path.is_file():
        raise KnownError("model-missing", f"{path.name} is missing. Reinstall Sameside.")
    return OnnxModel(path, threads)


def _long_enough(samples: Samples) -> None:
    if len(samples) < SHORTEST_S * SAMPLE_RATE_HZ:
        raise ValueError(f"{len(samples)} samples are too few to tell a voice")


def _unit(found: NDArray[np.float32]) -> Embedding:
    unit: Embedding = (found / max(float(np.linalg.norm(found)), _LEAST_NORM)).astype(np.float32)
    return unit
