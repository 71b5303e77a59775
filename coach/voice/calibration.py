"""What a similarity is worth: how much likelier it is between runs of one voice than of two.

``calibration.json`` holds, for telephone and for wide-band sound and for several lengths of speech, mean and
spread of the similarity to the own profile and to other people's; ``models/voice/calibrate.py`` measures it.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from coach.errors import KnownError
from coach.resources import shipped_model
from coach.voice.encoder import Embedding
from coach.voice.profile import VoiceProfile
from coach.voice.windows import Window

_MOST = 8.0
"""No similarity is worth more than this, in nats: a voice can have a cold, a customer can be its twin."""


@dataclass(frozen=True, slots=True)
class Spread:
    """Similarities of runs with ``speech_s`` of speech; ``sd`` is shared: more is never worth less."""

    speech_s: float
    own: float
    other: float
    sd: float


class Calibration:
    """Raises ``KnownError``: model-missing, model-damaged."""

    def __init__(self, path: Path | None = None) -> None:
        path = path or shipped_model("voice", "release", "calibration.json")
        try:
            rows = json.loads(path.read_text(encoding="utf-8"))["spreads"]
            self._rows = {band: [Spread(**row) for row in rows[band]] for band in ("wide", "narrow")}
        except FileNotFoundError as error:
            raise KnownError("model-missing", f"{path.name} is missing. Reinstall Sameside.") from error
        except (ValueError, KeyError, TypeError) as error:
            raise KnownError("model-damaged", f"{path.name} cannot be read. Reinstall Sameside.") from error

    def evidence(self, similarity: float, speech_s: float, narrow: bool) -> float:
        """Log-likelihood ratio of "the agent" against "somebody else", in nats."""
        rows = self._rows["narrow" if narrow else "wide"]
        lengths = [math.log(row.speech_s) for row in rows]
        at = math.log(max(speech_s, 0.1))
        own, other, sd = (
            float(np.interp(at, lengths, [getattr(row, name) for row in rows]))
            for name in ("own", "other", "sd")
        )
        worth = (similarity - (own + other) / 2) * (own - other) / sd**2
        return max(-_MOST, min(_MOST, worth))


def centroid(embeddings: Embedding | Sequence[Embedding]) -> Embedding:
    """The mean direction, length 1."""
    mean = np.mean(np.asarray(embeddings), axis=0)
    unit: Embedding = (mean / max(float(np.linalg.norm(mean)), 1e-6)).astype(np.float32)
    return unit


@dataclass(frozen=True, slots=True)
class Judged:
    """What some windows together say of the voice."""

    evidence: float
    speech_s: float
    level_dbfs: float
    voice: Embedding
    narrow: bool


class Likeness:
    """Windows against one profile."""

    def __init__(self, profile: VoiceProfile, calibration: Calibration) -> None:
        self._calibration = calibration
        self._voices = {False: centroid(profile.wide), True: centroid(profile.narrow)}

    def judge(self, windows: Sequence[Window], speech_s: float | None = None) -> Judged:
        """Windows weigh as much as there is speech in them; ``speech_s`` where they overlap."""
        weights = np.array([window.active_s for window in windows])
        voice = centroid([window.embedding * weight for window, weight in zip(windows, weights, strict=True)])
        narrow = float(weights @ [window.narrow for window in windows]) > weights.sum() / 2
        speech = float(weights.sum()) if speech_s is None else speech_s
        similarity = float(voice @ self._voices[narrow])
        level = float(weights @ [window.level_dbfs for window in windows] / weights.sum())
        return Judged(self._calibration.evidence(similarity, speech, narrow), speech, level, voice, narrow)

    def nudge(self, narrow: bool, voice: Embedding) -> None:
        """Take this as the profile's direction from here on."""
        self._voices[narrow] = voice

    def voice(self, narrow: bool) -> Embedding:
        return self._voices[narrow]
