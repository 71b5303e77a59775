"""Silero VAD, streaming: the probability of speech in each 32 ms.

The model file comes with the faster-whisper package (its assets folder) and is run by our own
``OnnxModel``, so one window costs one small run and the state goes on from window to window.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from coach.errors import KnownError
from coach.events import Samples
from coach.machine.inference import OnnxModel

WINDOW = 512
"""Samples in a window; the model knows no other size at 16 kHz."""
_CONTEXT = 64
_STATE = (1, 1, 128)
_QUIET = 0.2
_REFRESH = 31
"""Windows of quiet (1 s) after which the state is made new.

The recurrent state saturates over minutes: a quiet speaker after a pause was then not heard for 12 s,
and was from a fresh state.
"""


def silero_path() -> Path:
    """The newest Silero model that ships with faster-whisper. Raises ``KnownError("model-missing")``."""
    # Asked of the import system: importing the package would load the whole recogniser.
    spec = find_spec("faster_whisper")
    places = list(spec.submodule_search_locations or ()) if spec else []
    found = sorted(file for place in places for file in (Path(place) / "assets").glob("silero_vad*.onnx"))
    if not found:
        raise KnownError(
            "model-missing",
            "The voice activity model that ships with faster-whisper is missing. Reinstall Sameside.",
        )
    return found[-1]


class SileroVad:
    """``VoiceActivity`` by Silero. Raises ``KnownError``: model-missing, model-damaged."""

    def __init__(self, path: Path | None = None) -> None:
        self._model = OnnxModel(path or silero_path(), threads=1)
        self._context: Samples
        self._h: NDArray[np.float32]
        self._c: NDArray[np.float32]
        self._quiet: int
        self.reset()

    def reset(self) -> None:
        """Forget what was heard: the next window begins a new recording."""
        self._context = np.zeros(_CONTEXT, np.float32)
        self._h = np.zeros(_STATE, np.float32)
        self._c = np.zeros(_STATE, np.float32)
        self._quiet = 0

    def probability(self, window: Samples) -> float:
        """``window``: shape (512,)."""
        if window.shape != (WINDOW,):
            raise ValueError(f"a window has {WINDOW} samples, not {window.shape}")
        heard = np.concatenate([self._context, window])[np.newaxis, :]
        speech, self._h, self._c = self._model.run({"input": heard, "h": self._h, "c": self._c})
        self._context = window[-_CONTEXT:].copy()
        probability = float(speech[0])
        self._quiet = self._quiet + 1 if probability < _QUIET else 0
        if self._quiet >= _REFRESH:
            self.reset()
        return probability
