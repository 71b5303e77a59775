"""A call that begins silences what is played: its microphone would hear the customer of a recording."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from coach.values.reviewing import Sound, SoundState
from coach.values.shares import InboxRow
from tests.fakes.desk import Desk, desk, services
from tests.fakes.review import FakePlayer
from tests.fakes.sharing import NoSharing

__all__ = ["desk", "services"]


class OneClip(NoSharing):
    def clip(self, _row: InboxRow, turn: int) -> bytes:
        return bytes([turn])


def test_a_review_does_not_play_on_into_a_call(desk: Desk) -> None:
    """It pauses where it is, in its own window, however the call began."""
    review = desk.app.review
    review.open("sample")
    desk.qtbot.waitUntil(lambda: review.window is not None)
    assert review.sound is not None
    assert review.window is not None
    review.sound.take(Sound(SoundState.HERE, Path("/calls/parcel.wav")))
    review.window.transport.play_button.click()
    player = cast("FakePlayer", review.sound.player)
    assert player.playback.playing
    desk.start()
    assert not player.playback.playing
    assert review.window.transport.play_button.text() == "Play"
    desk.stop()
    review.window.close()


def test_a_shared_clip_does_not_play_on_into_a_call(desk: Desk) -> None:
    """Supervisors take calls too."""
    clips, reading = desk.app.team.clips, desk.window.team.reading
    clips._services.sharing = OneClip()  # type: ignore[misc]
    reading.row = cast("InboxRow", object())
    reading.play_wanted.emit(1)
    desk.qtbot.waitUntil(lambda: clips.player is not None)
    player = cast("FakePlayer", clips.player)
    assert player.playback.playing
    desk.app.runner.start_live()
    desk.qtbot.waitUntil(lambda: desk.app.runner.running)
    assert not player.playback.playing
    desk.stop()
