"""What a similarity is worth: how much likelier it is between runs of one voice than of two.

``calibration.json`` holds, for telephone and for wide-band sound and for several lengths of speech, mean and
spread of the similarity to the own profile and to other people's; ``models/voice/calibrate.py`` measures it.
A voice that varies within its own reading will be less like its profile later, too: what is expected of the
agent follows how steady the reading was, and what is expected of everybody follows this call (``today``).
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
_MOST_FOR_TODAY = 3.0
"""What was heard in this call moves the worth of a similarity by at most so many nats."""
_WHOLE_S = 1.0
"""Of shorter speech the day tells less: there the syllables matter more than the voice."""


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
        self,
        similarity: float,
        speech_s: float,
        narrow: bool,
        steadiness: float | None = None,
        today: float = 0.0,
    ) -> float:
        """Log-likelihood ratio of "the agent" against "somebody else", in nats.

        ``steadiness`` of the agent's reading (see ``steadiness``); None: as usual. ``today``: how much more
        alike than usual voices are in this call, as a similarity.
        """
        own, other, sd, steadier = self._row(speech_s, narrow, steadiness)
        per_similarity = (own - other) / sd**2
        usual = _within(_MOST, (similarity - (own + steadier + other) / 2) * per_similarity)
        moved = _within(_MOST_FOR_TODAY, today * min(1.0, speech_s / _WHOLE_S) * per_similarity)
        return _within(_MOST, usual - moved)

    def surprise(
        self, similarity: float, speech_s: float, narrow: bool, steadiness: float | None = None
    ) -> tuple[float, float]:
        """How much more alike this is than is expected of the agent, and of somebody else."""
        own, other, _, steadier = self._row(speech_s, narrow, steadiness)
        return similarity - own - steadier, similarity - other

    def _row(
        self, speech_s: float, narrow: bool, steadiness: float | None
    ) -> tuple[float, float, float, float]:
        """Of so much speech: own, other, sd, and how much higher own is for so steady a reading."""
        rows = self._rows[narrow]
        lengths = [math.log(row.speech_s) for row in rows]
        at = math.log(max(speech_s, 0.1))
        own, other, sd, slope = (
            float(np.interp(at, lengths, [getattr(row, name) for row in rows]))
            for name in ("own", "other", "sd", "own_per_steadiness")
        )
        steadier = 0.0 if steadiness is None else steadiness - self._usual[narrow]
        return own, other, sd, slope * _within(_MOST_UNSTEADY, steadier)


def _within(most: float, value: float) -> float:
    return max(-most, min(most, value))


def centroid(embeddings: Embedding | Sequence[Embedding]) -> Embedding:
    """The mean direction, length 1."""
    mean = np.mean(np.asarray(embeddings), axis=0)
    unit: Embedding = (mean / max(float(np.linalg.norm(mean)), 1e-6)).astype(np.float32)
    return unit


def steadiness(embeddings: Embedding) -> float | None:
    """How alike each run of a reading is to all the others of it, on average; None for fewer than three.

    ``embeddings``: shape (runs, 448), as a profile holds them: the runs as heard, then the same altered.
    Only the first are compared, since a run is like its own altered copy.
    """
    runs = embeddings[: (len(embeddings) + 1) // 2]
    if len(runs) < 3:
        return None
    others = runs.sum(axis=0) - runs
    return float(np.mean(np.sum(others * runs, axis=1) / np.linalg.norm(others, axis=1).clip(1e-6)))


@dataclass(frozen=True, slots=True)
class Judged:
    """What some windows together say of the voice.

    ``own_surprise``, ``other_surprise``: how much more alike it is than was expected of the agent before this
    call, and of somebody else.
    """

    evidence: float
    speech_s: float
    level_dbfs: float
    narrow: bool
    own_surprise: float
    other_surprise: float


class Likeness:
    """Windows against one profile, which stays as it was read."""

    def __init__(self, profile: VoiceProfile, calibration: Calibration) -> None:
        self._calibration = calibration
        self._voices = {False: centroid(profile.wide), True: centroid(profile.narrow)}
        self._steadiness = {False: steadiness(profile.wide), True: steadiness(profile.narrow)}
        self._today = {False: 0.0, True: 0.0}

    def judge(self, windows: Sequence[Window], speech_s: float | None = None) -> Judged:
        """Windows weigh as much as there is speech in them; ``speech_s`` where they overlap."""
        weights = np.array([window.active_s for window in windows])
        voice = centroid([window.embedding * weight for window, weight in zip(windows, weights, strict=True)])
        narrow = float(weights @ [window.narrow for window in windows]) > weights.sum() / 2
        speech = float(weights.sum()) if speech_s is None else speech_s
        similarity = float(voice @ self._voices[narrow])
        level = float(weights @ [window.level_dbfs for window in windows] / weights.sum())
        heard = similarity, speech, narrow, self._steadiness[narrow]
        evidence = self._calibration.evidence(*heard, today=self._today[narrow])
        return Judged(evidence, speech, level, narrow, *self._calibration.surprise(*heard))

    def expect(self, narrow: bool, today: float) -> None:
        """From here on voices are so much more alike to the profile than usual."""
        self._today[narrow] = today
