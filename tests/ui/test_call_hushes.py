"""A call that begins silences what is played: its microphone would hear the customer of a recording."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import cast

from coach.practice.drills import Place
from coach.values.reviewing import Sound, SoundState
from coach.values.shares import InboxRow
from tests.fakes.desk import Desk, desk, services
from tests.fakes.review import FakePlayer
from tests.fakes.sharing import NoSharing
from ui.review.sound_desk import PLAYING
from ui.text import NOT_IN_CALL

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
    reading.row = cast("InboxRow", SimpleNamespace(id="shared"))
    reading.play_wanted.emit(1)
    desk.qtbot.waitUntil(lambda: clips.player is not None)
    player = cast("FakePlayer", clips.player)
    assert player.playback.playing
    desk.app.runner.start_live()
    desk.qtbot.waitUntil(lambda: desk.app.runner.running)
    assert not player.playback.playing
    desk.stop()


def test_a_review_is_not_played_during_a_call(desk: Desk) -> None:
    """Pressed then, it says why, goes to the place all the same, and plays once the call is over."""
    review = desk.app.review
    review.open("sample")
    desk.qtbot.waitUntil(lambda: review.window is not None)
    assert review.sound is not None
    assert review.window is not None
    window = review.window
    review.sound.take(Sound(SoundState.HERE, Path("/calls/parcel.wav")))
    desk.start()
    player = cast("FakePlayer", review.sound.player)
    window.turn_wanted.emit(1)
    assert not player.playback.playing
    assert window.turn_index == 1
    assert [one.code for one in window.banners.banners] == [PLAYING]
    desk.stop()
    assert window.banners.banners == ()
    window.transport.play_button.click()
    assert player.playback.playing
    window.close()


def test_a_shared_clip_is_not_played_during_a_call(desk: Desk) -> None:
    """Not even opened; what is said of it goes with the call."""
    desk.start()
    clips, reading = desk.app.team.clips, desk.window.team.reading
    clips._services.sharing = OneClip()  # type: ignore[misc]
    reading.row = cast("InboxRow", SimpleNamespace(id="shared"))
    reading.play_wanted.emit(1)
    assert clips.player is None
    assert NOT_IN_CALL in [one.message_label.text() for one in desk.window.banners.banners]
    desk.stop()
    assert NOT_IN_CALL not in [one.message_label.text() for one in desk.window.banners.banners]


def test_a_turn_of_a_drill_is_not_played_during_a_call(desk: Desk) -> None:
    """Practice beside a call makes no sound either."""
    hearing = desk.app.practice.hearing
    hearing._sounds["sample"] = Sound(SoundState.HERE, Path("/calls/parcel.wav"))
    place = Place("sample", 0, 0.0, 2.0)
    desk.start()
    hearing.toggle(place)
    assert not hearing.playing
    desk.stop()
    hearing.toggle(place)
    assert hearing.playing
    hearing.stop()
