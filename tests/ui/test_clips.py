"""The sound of a shared summary: what is heard is what was asked for last, and nothing after one has left."""

from __future__ import annotations

from typing import cast

from pytestqt.qtbot import QtBot

from coach.values.shares import InboxRow
from tests.fakes.services import FakeServices
from ui.supervisor.clips import Clips
from ui.supervisor.reading import Reading
from ui.work import Background


class Sound:
    """A sealed clip for each turn: its number."""

    def clip(self, _row: InboxRow, turn: int) -> bytes:
        return bytes([turn])


def clips_of(qtbot: QtBot) -> tuple[Clips, Reading, Background, FakeServices]:
    services = FakeServices()
    services.sharing = Sound()
    reading = Reading()
    qtbot.addWidget(reading)
    reading.row = cast("InboxRow", object())
    background = Background(reading)
    return Clips(services, background, reading, reading), reading, background, services


def test_the_turn_asked_for_last_is_heard(qtbot: QtBot) -> None:
    """Pressed while another one is still opened, that one is never heard."""
    clips, reading, background, services = clips_of(qtbot)
    reading.play_wanted.emit(1)
    reading.play_wanted.emit(2)
    qtbot.waitUntil(lambda: not background.busy)
    first, second = services.review.players
    assert services.review.clips == [b"\x01", b"\x02"]
    assert first.closed
    assert first.asked == []
    assert clips.player is second
    assert second.playback.playing
    clips.stop()
    assert not second.playback.playing
    qtbot.waitUntil(lambda: second.closed)
    background.close()


def test_nothing_is_heard_after_it_was_stopped(qtbot: QtBot) -> None:
    """As by entering another room while it is still opened."""
    clips, reading, background, services = clips_of(qtbot)
    reading.play_wanted.emit(1)
    clips.stop()
    qtbot.waitUntil(lambda: not background.busy)
    (player,) = services.review.players
    assert clips.player is None
    assert player.closed
    assert player.asked == []
    background.close()
