"""Whether a channel of a recording is one person's, or others are heard on it as well.

A call that was mixed and then stored in stereo, a film, two microphones in one room: whoever says "mine is
the left one" of such a file would have everybody written down. On two people's channels now the one is
louder, now the other; where all are on both, the one follows the other, however gain and noise differ.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from coach.audio.media_file import probe
from coach.audio.sampling import Told, sample
from coach.events import SAMPLE_RATE_HZ, Samples

APART_DB = 40.0
"""By how much more two channels must differ in one moment than in another to be two people's: then each is
20 dB fainter on the other's, and is left out as from across the room. A mix in stereo has 0 to 9, also with
gain and noise of their own, 36 with a telephone's band on one side; a room with two microphones 4 to 20."""
_MOMENT = round(0.1 * SAMPLE_RATE_HZ)
_HEARD_DB = 30.0
"""Moments fainter than the loudest by more than this say nothing."""
_FLOOR_DB = -75.0
_FEWEST = 20
"""Moments with sound; of fewer nothing is said."""
_MOST_OTHERS = 7
"""Channels of a conference that are looked at beside the own one."""


def hears_others(path: Path, channel: int, told: Told = lambda _share: None) -> bool:
    """Whether who is on other channels can be heard on ``channel`` too, all through the recording.

    False where there is no other channel, or too little sound to tell. ``told`` how far each of them is
    listened to. Raises as ``MediaFile`` does.
    """
    others = [one for one in range(probe(path).channels) if one != channel][:_MOST_OTHERS]
    if not others:
        return False
    mine = sample(path, channel, told).samples
    return any(follows(mine, sample(path, other, told).samples) for other in others)


def follows(mine: Samples, other: Samples) -> bool:
    """Whether the levels of two channels, shape (n,), rise and fall together."""
    count = min(len(mine), len(other))
    one, two = _levels_db(mine[:count]), _levels_db(other[:count])
    louder = np.maximum(one, two)
    heard = louder > max(float(louder.max(initial=_FLOOR_DB)) - _HEARD_DB, _FLOOR_DB)
    if int(heard.sum()) < _FEWEST:
        return False
    low, high = np.percentile((one - two)[heard], [5, 95])
    return bool(high - low < APART_DB)


def _levels_db(samples: Samples) -> NDArray[np.float64]:
    """Of each moment, none below the floor."""
    moments = samples[: len(samples) // _MOMENT * _MOMENT].reshape(-1, _MOMENT)
    power = np.einsum("ij,ij->i", moments, moments).astype(np.float64) / _MOMENT
    levels: NDArray[np.float64] = np.maximum(10 * np.log10(power + 1e-12), _FLOOR_DB)
    return levels
