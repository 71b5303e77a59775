"""A call knows what time it is after this machine has slept."""

from __future__ import annotations

import inspect
import sys
import time
from collections.abc import Callable
from typing import Any

import pytest

from coach.audio.microphone import Microphone
from coach.machine.clock import awake_or_not
from coach.services.answering import SpokenAnswer
from coach.session import Session


@pytest.mark.skipif(sys.platform != "linux", reason="the other clock has another name")
def test_the_clock_of_calls_goes_on_while_the_machine_sleeps() -> None:
    """What a promise's time is counted from: the monotonic clock stands still in sleep."""
    before = time.clock_gettime(time.CLOCK_BOOTTIME)
    now = awake_or_not()
    assert before <= now <= time.clock_gettime(time.CLOCK_BOOTTIME)


@pytest.mark.parametrize("timed", [Microphone, Session, SpokenAnswer])
def test_sound_and_wishes_are_told_by_the_same_clock(timed: Callable[..., Any]) -> None:
    """When sound came in is held against when a pause was pressed, and when an answer was done."""
    assert inspect.signature(timed).parameters["clock"].default is awake_or_not
