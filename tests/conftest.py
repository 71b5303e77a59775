"""Fixtures for every test."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from coach.errors import KnownError

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# Days, hours and figures are written alike wherever the tests run; tests about other places set them.
os.environ |= {"LC_ALL": "C.UTF-8", "TZ": "Europe/London"}
os.environ.pop("LANGUAGE", None)
if hasattr(time, "tzset"):
    time.tzset()
# No test shows anything on the desktop of whoever runs it; those of D-Bus bring a bus of their own.
os.environ["DBUS_SESSION_BUS_ADDRESS"] = "disabled:"

# A red run means that a change made it red, not that the machine was busy. What is wrong already, "make fuzz"
# looks for.
_UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("same", _UNHURRIED, derandomize=True)
settings.register_profile("random", _UNHURRIED, print_blob=True)
settings.load_profile("same")

WHISPER_VARIABLE = "SAMESIDE_TEST_WHISPER"
"""Names a folder with a Whisper model to test with, instead of the one Sameside keeps."""


@pytest.fixture(scope="session")
def whisper_dir() -> Path:
    """The folder of the Whisper base model. Fails where it has not been fetched: never skips in silence."""
    override = os.environ.get(WHISPER_VARIABLE)
    if override:
        return Path(override)
    from coach.modelfiles.manager import ModelFiles

    try:
        return ModelFiles().path("whisper-base")
    except KnownError as error:
        pytest.fail(f"{error.message} These tests need it: run 'sameside models get' first.", pytrace=False)


@pytest.fixture(scope="session")
def three_sentences() -> Path:
    """Synthetic speech, 11 s: "I am sorry that your parcel is late." 0.8 s of silence "I will call you
    back on Friday before noon." 2.5 s of silence "Thank you. Have a good day." """
    return Path(__file__).parent / "data" / "three_sentences.flac"
