"""Pictures of the window of review, over a recording made of noise where the sample call has words."""

from __future__ import annotations

import tempfile
import wave
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from tests.fakes import sample_call
from tests.fakes.review import FakePlayer
from tests.fakes.services import FakeServices, fill_past_calls
from ui.review.desk import ReviewDesk

SIZE = QSize(1240, 860)
RATE_HZ = 8_000
HEARD_AT_S = 40.1


def take_review(
    theme: str,
    folder: Path,
    wait: Callable[[Callable[[], bool]], None],
    picture: Callable[[QWidget, Path], None],
) -> None:
    """``review-<theme>.png`` at a flag, ``review-take-away-<theme>.png`` closer up, with the card."""
    services = FakeServices()
    fill_past_calls(services.memory)
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "parcel.wav"
        _record(path)
        services.review.point_to("sample", path)
        desk = ReviewDesk(services)
        desk.open("sample")
        wait(lambda: desk.window is not None and not desk.busy)
        window = desk.window
        assert window is not None
        assert desk.sound is not None
        window.resize(SIZE)
        window.wave.step_mark()
        window.wave.step_mark()
        player = services.review.players[-1]
        assert isinstance(player, FakePlayer)
        player.reach(HEARD_AT_S)
        desk.sound.follow()
        picture(window, folder / f"review-{theme}.png")
        window.show_page(1)
        window.wave.zoom(5, 60)
        picture(window, folder / f"review-take-away-{theme}.png")
        desk.close()


def _record(path: Path) -> None:
    """Two voices of noise: the agent's where the sample call has turns, a softer one between them."""
    chance = np.random.default_rng(1)
    turns = sample_call.record().turns
    samples = chance.normal(0, 0.004, round((turns[-1].end_s + 6) * RATE_HZ))
    before_s = 0.0
    for turn in turns:
        _speak(samples, chance, before_s + 1, turn.start_s - 0.6, 0.1)
        _speak(samples, chance, turn.start_s, turn.end_s, 0.22)
        before_s = turn.end_s
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE_HZ)
        file.writeframes((np.clip(samples, -1, 1) * 32_767).astype("<i2").tobytes())


def _speak(
    samples: np.ndarray, chance: np.random.Generator, start_s: float, end_s: float, loud: float
) -> None:
    """Something like syllables."""
    at_s = start_s
    while at_s < end_s:
        long_s = chance.uniform(0.12, 0.4)
        part = samples[round(at_s * RATE_HZ) : round(min(end_s, at_s + long_s) * RATE_HZ)]
        part += chance.normal(0, loud * chance.uniform(0.3, 1.0), len(part)) * np.hanning(len(part))
        at_s += long_s * chance.uniform(0.8, 1.15)
