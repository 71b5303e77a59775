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


def test_a_microphone_turned_low_is_heard_after_a_few_seconds() -> None:
    """Where nobody speaks louder, the faint voice is the agent's: better late than never."""
    near = NearField()
    faint = run(FAINTEST_DBFS - 4, seconds=2.0)
    far = [near.is_far(faint) for _ in range(6)]
    assert far == [True, True, False, False, False, False]
    assert not near.seems_far(faint.samples)


def test_a_faint_voice_beside_a_near_one_stays_far() -> None:
    """Once the agent was heard, no patience turns a background voice into the agent's."""
    near = NearField()
    assert not near.is_far(run(-30.0))
    assert all(near.is_far(run(FAINTEST_DBFS - 4, seconds=2.0)) for _ in range(20))


def test_far_voices_teach_nothing() -> None:
    """However long somebody talks in the background, the agent stays the measure."""
    near = NearField()
    assert not any(near.is_far(run(-18.0)) for _ in range(5))
    assert all(near.is_far(run(-45.0)) for _ in range(50))
    assert not near.is_far(run(-20.0))
