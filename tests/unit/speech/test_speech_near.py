from __future__ import annotations

import numpy as np
import pytest

from coach.events import Utterance
from coach.speech.near import FAINTEST_DBFS, FAR_DB, NearField, level_dbfs


def run(level: float, seconds: float = 1.0) -> Utterance:
    """Noise at ``level`` dB full scale."""
    noise = np.random.default_rng(5).standard_normal(round(seconds * 16_000))
    return Utterance((noise * 10 ** (level / 20)).astype(np.float32), 0.0, seconds)


def test_level_is_root_mean_square_and_pauses_do_not_count() -> None:
    """Half a second of silence inside leaves the level of the speech."""
    loud = run(-20.0)
    assert level_dbfs(loud.samples) == pytest.approx(-20.0, abs=0.7)
    assert level_dbfs(np.pad(loud.samples, (0, 16_000))) == pytest.approx(-20.0, abs=0.7)
    assert level_dbfs(np.zeros(0, np.float32)) == level_dbfs(np.zeros(16_000, np.float32)) == -120.0


def test_what_is_hardly_there_is_far_from_the_start() -> None:
    """No session is needed to know that so faint a voice is not at this microphone."""
    assert NearField().is_far(run(FAINTEST_DBFS - 3))
    assert not NearField().is_far(run(FAINTEST_DBFS + 3))


def test_a_voice_much_fainter_than_the_sessions_is_far() -> None:
    """The customer across the counter, not the agent who speaks a little lower."""
    near = NearField()
    assert not any(near.is_far(run(-18.0)) for _ in range(5))
    assert near.is_far(run(-18.0 - FAR_DB - 3))
    assert not near.is_far(run(-18.0 - FAR_DB + 5))


def test_far_voices_teach_nothing() -> None:
    """However long somebody talks in the background, the agent stays the measure."""
    near = NearField()
    assert not any(near.is_far(run(-18.0)) for _ in range(5))
    assert all(near.is_far(run(-45.0)) for _ in range(50))
    assert not near.is_far(run(-20.0))
