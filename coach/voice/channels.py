"""Which channel of a recording is the agent's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from coach.events import Samples
from coach.ports import VoiceActivity
from coach.voice.calibration import Calibration, Judged, Likeness
from coach.voice.encoder import Encoder
from coach.voice.profile import VoiceProfile
from coach.voice.windows import HOP, WINDOW, Windows, clean

_MOST_WINDOWS = 20
_FEWEST_WINDOWS = 3
_VAD_WINDOW = 512
_SPEECH = 0.5
_SURE = 2.0
"""Nats: seven times likelier the agent's than not, in the middle window."""
_APART = 3.0
_LOUDER_DB = 6.0
"""Where the agent is in both channels, one of them is crosstalk: it is fainter than this."""


def choose_channel(
    channels: Sequence[Samples], profile: VoiceProfile, encoder: Encoder, vad: VoiceActivity
) -> int | None:
    """The index of the agent's channel; None where that cannot be told, and the user should be asked.

    ``channels``: the first minute or two of each, at 16 kHz.
    """
    if len(channels) < 2:
        return None
    likeness = Likeness(profile, Calibration())
    judged = [_judge(samples, likeness, encoder, vad) for samples in channels]
    heard = [(found, index) for index, found in enumerate(judged) if found is not None]
    best = max((found.evidence for found, _ in heard), default=0.0)
    if best <= _SURE:
        return None
    alike = sorted(
        ((found.level_dbfs, index) for found, index in heard if best - found.evidence < _APART), reverse=True
    )
    if len(alike) > 1 and alike[0][0] - alike[1][0] < _LOUDER_DB:
        return None
    return alike[0][1]


def _judge(samples: Samples, likeness: Likeness, encoder: Encoder, vad: VoiceActivity) -> Judged | None:
    """The middle of what its windows of speech say; None where there is too little speech."""
    speech = only_speech(clean(samples), vad)
    starts = range(0, len(speech) - WINDOW + 1, HOP)
    step = max(1, len(starts) // _MOST_WINDOWS)
    windows = Windows(encoder).of(speech, [(at, at + WINDOW) for at in starts[::step]][:_MOST_WINDOWS])
    if len(windows) < _FEWEST_WINDOWS:
        return None
    judged = sorted((likeness.judge([window]) for window in windows), key=lambda found: found.evidence)
    middle = judged[len(judged) // 2]
    level = float(np.median([found.level_dbfs for found in judged]))
    return replace(middle, level_dbfs=level)


def only_speech(samples: Samples, vad: VoiceActivity) -> Samples:
    """What of it is speech, joined."""
    vad.reset()
    whole = len(samples) - len(samples) % _VAD_WINDOW
    cut = samples[:whole].reshape(-1, _VAD_WINDOW)
    kept = [window for window in cut if vad.probability(window) >= _SPEECH]
    vad.reset()
    return np.concatenate(kept) if kept else np.zeros(0, np.float32)
