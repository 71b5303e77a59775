"""What the app asks about the ear, over the real rooms with a microphone and model files of the test."""

from __future__ import annotations

import queue
from pathlib import Path

import numpy as np

from coach.events import Block, Failure, Level
from coach.modelfiles.manager import ModelFiles
from coach.ports import AudioSource, EnrolmentEvent
from coach.services.ear import EngineEar
from tests.fakes.engine import FakeSource, block
from tests.fakes.waiting import WAIT_S


class Ear(EngineEar):
    def __init__(self, cache: Path, source: FakeSource) -> None:
        super().__init__(ModelFiles(cache=cache, sources=[]))
        self._source = source

    def _microphone(self, device_key: str | None) -> AudioSource:
        self._source.name = device_key or "default"
        return self._source


def test_models_are_named_as_people_type_them(tmp_path: Path) -> None:
    """Every recognition model of the manifest, with its size, and whether it is here; no other kind."""
    options = {one.name: one for one in Ear(tmp_path, FakeSource([])).models()}
    assert {"tiny.en", "base", "small"} <= set(options)
    assert "moves" not in options
    assert not options["base"].here
    assert 140_000_000 < options["base"].size_bytes < 160_000_000


def test_a_dead_microphone_is_told_by_its_meter(tmp_path: Path) -> None:
    """Digital silence is told within 3 s and taken back with the first sound; the levels go on."""
    noise = np.random.default_rng(1).normal(0, 0.05, 8000).astype(np.float32)
    silence = [block(at * 0.5) for at in range(6)]
    source = FakeSource([*silence, Block(noise, 3.0)])
    heard: queue.SimpleQueue[EnrolmentEvent] = queue.SimpleQueue()
    assert Ear(tmp_path, source).watch_level("ALSA|headset", heard.put).join(WAIT_S)
    events = [heard.get_nowait() for _ in range(heard.qsize())]
    told = [event for event in events if isinstance(event, Failure)]
    assert [(one.code, one.recovered) for one in told] == [
        ("microphone-silent", False),
        ("microphone-silent", True),
    ]
    assert "headset" in told[0].message
    assert told[0].at_s <= 3.0
    assert sum(isinstance(event, Level) for event in events) == 7
