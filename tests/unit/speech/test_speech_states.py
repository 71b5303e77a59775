from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from coach.events import SAMPLE_RATE_HZ, Samples
from coach.speech.states import SILENT_STATES, STATES, STATES_PER_S, StateEncoder, view

BINS, WIDTH, HOP = 3, 4, 160
SOUND, SILENT = 1.0, 0.0


def _encode(mel: Any, to_cpu: bool) -> Any:
    """Each state says whether it came from sound or from silence, and its place."""
    frames = np.array(mel)
    count = frames.shape[2] // 2
    kind = SOUND if frames.max() > 0 else SILENT
    made = np.zeros((1, count, WIDTH), np.float32)
    made[0, :, 0], made[0, :, 1] = kind, np.arange(count)
    return view(made)


@pytest.fixture
def encoder() -> StateEncoder:
    return StateEncoder(SimpleNamespace(feature_extractor=_Mel(), model=SimpleNamespace(encode=_encode)))


class _Mel:
    mel_filters = np.zeros((BINS, 1))

    def __call__(self, samples: Samples) -> Any:
        return np.full((BINS, len(samples) // HOP), SOUND, np.float32)


def noise(seconds: float) -> Samples:
    return np.ones(round(seconds * SAMPLE_RATE_HZ), np.float32)


def test_ten_seconds_of_silence_stand_behind_what_was_said_at_their_own_places(encoder: StateEncoder) -> None:
    states = np.array(encoder.spliced(noise(3.0)))[0]
    assert len(states) == 3 * STATES_PER_S + SILENT_STATES
    assert (states[:, 1] == np.arange(len(states))).all()
    assert (states[: 4 * STATES_PER_S, 0] == SOUND).all(), "what was said and a second behind it"
    assert (states[4 * STATES_PER_S :, 0] == SILENT).all()


def test_all_of_a_batch_are_as_long_as_the_longest_needs(encoder: StateEncoder) -> None:
    short, long = encoder.batch([noise(1.0), noise(6.0)])
    assert short.shape == long.shape == (1, 6 * STATES_PER_S + SILENT_STATES, WIDTH)
    assert short[0, :, 0].sum() == 2 * STATES_PER_S


@pytest.mark.parametrize("seconds", [20.5, 29.5, 31.0])
def test_never_more_states_than_the_decoder_knows(encoder: StateEncoder, seconds: float) -> None:
    [one] = encoder.batch([noise(seconds)])
    assert one.shape[1] == STATES
