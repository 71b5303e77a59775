"""What a similarity is worth: how much likelier it is between runs of one voice than of two.

``calibration.json`` holds, for telephone and for wide-band sound and for several lengths of speech, mean and
spread of the similarity to the own profile and to other people's; ``models/voice/calibrate.py`` measures it.
A voice that varies within its own reading will be less like its profile later, too: what is expected of the
agent follows how steady the reading was.
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

_BANDS = {False: "wide", True: "narrow"}
_MOST_UNSTEADY = 0.08
"""Of a reading steadier or less steady than usual, at most so much counts."""
_MOST = 8.0
"""No similarity is worth more than this, in nats: a voice can have a cold, a customer can be its twin."""


@dataclass(frozen=True, slots=True)
class Spread:
    """Similarities of runs with ``speech_s`` of speech; ``sd`` is shared: more is never worth less.

    ``own`` is so much higher for a voice steadier than usual: ``own_per_steadiness`` times by how much.
    """

    speech_s: float
    own: float
    other: float
    sd: float
    own_per_steadiness: float


class Calibration:
    """Raises ``KnownError``: model-missing, model-damaged."""

    def __init__(self, path: Path | None = None) -> None:
        path = path or shipped_model("voice", "release", "calibration.json")
        try:
            read = json.loads(path.read_text(encoding="utf-8"))
            self._rows = {
                narrow: [Spread(**row) for row in read["spreads"][band]] for narrow, band in _BANDS.items()
            }
            self._usual = {narrow: float(read["steadiness"][band]) for narrow, band in _BANDS.items()}
        except FileNotFoundError as error:
            raise KnownError("model-missing", f"{path.name} is missing. Reinstall Sameside.") from error
        except (ValueError, KeyError, TypeError) as error:
            raise KnownError("model-damaged", f"{path.name} cannot be read. Reinstall Sameside.") from error

    def evidence(
        self, similarity: float, speech_s: float, narrow: bool, steadiness: float | None = None
    ) -> float:
        """Log-likelihood ratio of "the agent" against "somebody else", in nats.

        ``steadiness`` of the agent's reading (see ``steadiness``); None: as usual.
        """
        rows = self._rows[narrow]
        lengths = [math.log(row.speech_s) for row in rows]
        at = math.log(max(speech_s, 0.1))
        own, other, sd, slope = (
            float(np.interp(at, lengths, [getattr(row, name) for row in rows]))
            for name in ("own", "other", "sd", "own_per_steadiness")
        )
        middle = (own + other) / 2
        if steadiness is not None:
            steadier = steadiness - self._usual[narrow]
            middle += slope / 2 * max(-_MOST_UNSTEADY, min(_MOST_UNSTEADY, steadier))
        worth = (similarity - middle) * (own - other) / sd**2
        return max(-_MOST, min(_MOST, worth))


def centroid(embeddings: Embedding | Sequence[Embedding]) -> Embedding:
    """The mean direction, length 1."""
    mean = np.mean(np.asarray(embeddings), axis=0)
    unit: Embedding = (mean / max(float(np.linalg.norm(mean)), 1e-6)).astype(np.float32)
    return unit


def steadiness(embeddings: Embedding) -> float | None:
    """How alike each run of a reading is to all the others of it, on average; None for fewer than three.

    ``embeddings``: shape (runs, 192), as a profile holds them: the runs as heard, then the same altered.
    Only the first are compared, since a run is like its own altered copy.
    """
    runs = embeddings[: (len(embeddings) + 1) // 2]
    if len(runs) < 3:
        return None
    others = runs.sum(axis=0) - runs
    return float(np.mean(np.sum(others * runs, axis=1) / np.linalg.norm(others, axis=1).clip(1e-6)))


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
        self._steadiness = {False: steadiness(profile.wide), True: steadiness(profile.narrow)}

    def judge(self, windows: Sequence[Window], speech_s: float | None = None) -> Judged:
        """Windows weigh as much as there is speech in them; ``speech_s`` where they overlap."""
        weights = np.array([window.active_s for window in windows])
        voice = centroid([window.embedding * weight for window, weight in zip(windows, weights, strict=True)])
        narrow = float(weights @ [window.narrow for window in windows]) > weights.sum() / 2
        speech = float(weights.sum()) if speech_s is None else speech_s
        similarity = float(voice @ self._voices[narrow])
        level = float(weights @ [window.level_dbfs for window in windows] / weights.sum())
        evidence = self._calibration.evidence(similarity, speech, narrow, self._steadiness[narrow])
        return Judged(evidence, speech, level, voice, narrow)

    def nudge(self, narrow: bool, voice: Embedding) -> None:
        """Take this as the profile's direction from here on."""
        self._voices[narrow] = voice

    def voice(self, narrow: bool) -> Embedding:
        return self._voices[narrow]
