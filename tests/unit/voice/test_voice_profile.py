"""Profiles as bytes: what is written is read, and what cannot be read says what to do."""

from __future__ import annotations

import dataclasses
import hashlib
import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.errors import KnownError
from coach.voice.profile import VERSION, VoiceProfile
from tests.unit.voice.voice_fakes import low_profile


def rewritten(**changes: object) -> bytes:
    body = json.loads(low_profile().to_bytes()[32:]) | changes
    packed = json.dumps(body).encode()
    return hashlib.sha256(packed).digest() + packed


def test_a_profile_survives_being_written() -> None:
    """Every field comes back as it was."""
    profile = low_profile()
    read = VoiceProfile.from_bytes(profile.to_bytes())
    for field in dataclasses.fields(VoiceProfile):
        assert np.array_equal(getattr(read, field.name), getattr(profile, field.name)), field.name


@given(st.integers(0, 40_000), st.integers(1, 255))
def test_any_changed_byte_is_noticed(place: int, flip: int) -> None:
    """A damaged profile is refused in words, wherever the damage is."""
    data = bytearray(low_profile().to_bytes())
    data[place % len(data)] ^= flip
    with pytest.raises(KnownError, match="read the text again") as caught:
        VoiceProfile.from_bytes(bytes(data))
    assert caught.value.code == "voice-damaged"


@given(st.binary(max_size=200))
def test_bytes_that_are_no_profile_are_refused(data: bytes) -> None:
    """Anything else than a profile is damaged, never a crash; also where its digest is right."""
    for odd in (data, hashlib.sha256(data).digest() + data):
        with pytest.raises(KnownError) as caught:
            VoiceProfile.from_bytes(odd)
        assert caught.value.code == "voice-damaged"


@pytest.mark.parametrize("wide", ["", "AAAA", "no base64!", None, 3])
def test_embeddings_of_another_shape_are_refused(wide: object) -> None:
    """Numbers that are no embeddings are not compared with."""
    with pytest.raises(KnownError) as caught:
        VoiceProfile.from_bytes(rewritten(wide=wide))
    assert caught.value.code == "voice-damaged"


def test_a_profile_of_a_newer_version_is_not_guessed_at() -> None:
    """It says that Sameside should be updated."""
    with pytest.raises(KnownError, match="newer Sameside") as caught:
        VoiceProfile.from_bytes(rewritten(version=VERSION + 1))
    assert caught.value.code == "voice-newer"


@pytest.mark.parametrize("model", ["ge2e", "campplus-zh-en-advanced-2"])
def test_a_profile_of_another_model_is_not_compared(model: str) -> None:
    """Embeddings of another encoder mean nothing here, nor those of CAM++ alone: enrol again."""
    with pytest.raises(KnownError, match="read the text again") as caught:
        VoiceProfile.from_bytes(rewritten(model=model))
    assert caught.value.code == "voice-other-model"
