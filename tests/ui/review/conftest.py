"""The window of review over an engine in memory, with a recording of half a second."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.fakes.review import FakePlayer
from tests.fakes.services import FakeServices, fill_past_calls
from tests.unit.audio.audio_recordings import float_wav, tone
from ui.review.desk import ReviewDesk
from ui.review.window import ReviewWindow


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    path = tmp_path / "parcel.wav"
    path.write_bytes(float_wav(tone(200, 0.5, 16_000)[:, None], 16_000))
    return path


@pytest.fixture
def services(recording: Path) -> FakeServices:
    made = FakeServices()
    fill_past_calls(made.memory)
    made.review.point_to("sample", recording)
    return made


@pytest.fixture
def desk(qtbot: QtBot, qapp: QApplication, services: FakeServices) -> Iterator[ReviewDesk]:
    made = ReviewDesk(services)
    yield made
    made.close()


def settle(qtbot: QtBot, desk: ReviewDesk) -> None:
    qtbot.waitUntil(lambda: not desk.busy)
    QApplication.processEvents()


def opened(qtbot: QtBot, desk: ReviewDesk) -> ReviewWindow:
    with qtbot.waitSignal(desk.shown):
        desk.open("sample")
    settle(qtbot, desk)
    assert desk.window is not None
    return desk.window


@pytest.fixture
def window(qtbot: QtBot, desk: ReviewDesk) -> ReviewWindow:
    return opened(qtbot, desk)


@pytest.fixture
def player(services: FakeServices, window: ReviewWindow) -> FakePlayer:
    return services.review.players[-1]
