"""Whisper's encoder without the padding: only what was said is encoded, the rest is joined on from a cache.

Whisper pads every window to 30 s, and for a short utterance that silence is most of the work. Cutting it off
makes the decoder loop, since it was trained on 1,500 states. So the utterance and a little silence are
encoded, and the encoder's own output for silence, computed once, supplies 10 s more
(``bench/latency.py`` has what that costs in accuracy: nothing that can be told from chance).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from coach.events import SAMPLE_RATE_HZ, Samples

WINDOW_S = 30.0
FRAMES = 3000
STATES = 1500
"""One state for two frames of 10 ms."""
STATES_PER_S = 50
SILENT_STATES = 500
"""Silence behind what was said. The whole 1,500 cost a fifth more and hear no better; 250 hear worse."""
TAIL_S = 1.0
"""Silence encoded after the utterance, so that its last word is not the last thing heard."""
_PEAK = 1.25
"""Where the loudest mel bin is brought, as it is in common recordings.

Whisper clips 8 decades (2.0 after its scaling) below it, so digital silence always reads ``_PEAK - 2``,
whatever the gain of the microphone, and one cache serves all.
"""
_RANGE = 2.0

States = NDArray[np.float32]
"""Encoder output, shape (1, states, width)."""


class StateEncoder:
    """Samples to encoder states, spliced or padded. ``model`` is a ``faster_whisper.WhisperModel``."""

    def __init__(self, model: Any) -> None:
        self._model = model
        self._silence: States | None = None

    def spliced(self, samples: Samples, silent: int = SILENT_STATES, tail_s: float = TAIL_S) -> Any:
        """States of ``samples``, shape (n,), and ``silent`` of silence, ``tail_s`` of it encoded."""
        return view(self._joined(self._heard(samples, tail_s), _states_of(samples) + silent))

    def batch(self, many: Sequence[Samples]) -> list[States]:
        """``spliced`` for each, as arrays of one length: that of the longest."""
        length = max(map(_states_of, many)) + SILENT_STATES
        return [self._joined(self._heard(one, TAIL_S), length) for one in many]

    def _heard(self, samples: Samples, tail_s: float) -> States:
        mel = self._mel(samples, tail_s)
        return self._encode(mel[:, : min(FRAMES, mel.shape[1] // 2 * 2)])

    def _joined(self, states: States, length: int) -> States:
        """``states`` and behind them what silence gives at their places, up to ``length`` of 1,500."""
        return np.concatenate([states, self.silence()[:, states.shape[1] : length]], axis=1)

    def padded(self, samples: Samples) -> Any:
        """States of ``samples`` padded with silence to 30 s, as Whisper was trained."""
        mel = self._mel(samples, 0.0)[:, :FRAMES]
        whole = np.full((mel.shape[0], FRAMES), _PEAK - _RANGE, np.float32)
        whole[:, : mel.shape[1]] = mel
        return view(self._encode(whole))

    def silence(self) -> States:
        """The states of 30 s of silence; made once (about a second of one core with base)."""
        if self._silence is None:
            bins = self._model.feature_extractor.mel_filters.shape[0]
            self._silence = self._encode(np.full((bins, FRAMES), _PEAK - _RANGE, np.float32))
        return self._silence

    def _mel(self, samples: Samples, tail_s: float) -> NDArray[np.float32]:
        """Log-mel of ``samples`` and ``tail_s`` of silence, shape (bins, frames), its peak at ``_PEAK``."""
        room = round(WINDOW_S * SAMPLE_RATE_HZ)
        heard = np.pad(samples[:room], (0, round(tail_s * SAMPLE_RATE_HZ)))
        mel: NDArray[np.float32] = self._model.feature_extractor(heard)
        # Digital silence has no peak to bring anywhere.
        shift = _PEAK - float(mel.max()) if np.any(samples) else 0.0
        brought: NDArray[np.float32] = np.maximum(mel + np.float32(shift), np.float32(_PEAK - _RANGE))
        return brought

    def _encode(self, mel: NDArray[np.float32]) -> States:
        whole = np.ascontiguousarray(mel[np.newaxis], dtype=np.float32)
        return np.array(self._model.model.encode(view(whole), to_cpu=True))


def _states_of(samples: Samples) -> int:
    return round(len(samples) * STATES_PER_S / SAMPLE_RATE_HZ)


def view(array: NDArray[np.float32]) -> Any:
    """As the model takes it."""
    import ctranslate2  # here, for it takes a while to import

    return ctranslate2.StorageView.from_array(np.ascontiguousarray(array))
