"""Where the recording is not as it was, or cannot be heard: said plainly, and all the rest works."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from coach.errors import KnownError
from coach.values.reviewing import Playback, Sound, SoundState
from tests.fakes.review import FakePlayer
from tests.fakes.services import FakeServices
from tests.ui.review.conftest import opened, settle
from tests.unit.audio.audio_recordings import float_wav, tone
from ui.review.desk import ReviewDesk
from ui.review.sound_desk import PLAYING, SOUND
from ui.review.window import ReviewWindow


@pytest.mark.parametrize(
    ("sound", "said"),
    [
        (Sound(SoundState.GONE, Path("/calls/parcel.wav")), "not at /calls/parcel.wav any more"),
        (Sound(SoundState.ALTERED, Path("/calls/parcel.wav")), "not the recording that was heard"),
        (Sound(SoundState.NONE), "keeps no sound of a live call"),
    ],
)
def test_a_recording_that_is_not_as_it_was_is_said(
    desk: ReviewDesk, window: ReviewWindow, services: FakeServices, sound: Sound, said: str
) -> None:
    """Plainly, with a way to point to it; what can be done without sound still can."""
    assert desk.sound is not None
    desk.sound.take(sound)
    (banner,) = [one for one in window.banners.banners if one.code == SOUND]
    assert said in banner.message_label.text()
    assert banner.action_button.text() == "Find it…"
    assert window.transport.play_button.isEnabled() is (sound.state is SoundState.ALTERED)
    window.wave.step_mark()
    assert window.turn_index is not None
    desk.sound.take(Sound(SoundState.HERE, Path("/calls/parcel.wav")))
    assert window.banners.banners == ()


def test_the_agent_points_to_the_recording(
    qtbot: QtBot, desk: ReviewDesk, window: ReviewWindow, recording: Path, services: FakeServices
) -> None:
    """A file that was moved plays from its new place; what is no recording is refused and changes nothing."""
    moved = recording.rename(recording.with_name("moved.wav"))
    assert desk.sound is not None
    desk.sound.take(services.review.open("sample").sound)
    desk.sound.point_to(moved)
    settle(qtbot, desk)
    assert services.review.players[-1].path == moved
    letter = recording.with_name("letter.txt")
    letter.write_text("Dear Sir")
    desk.sound.point_to(letter)
    settle(qtbot, desk)
    assert "not a sound" in window.banners.banners[0].message_label.text()
    assert services.review.players[-1].path == moved


def test_no_output_is_said_and_the_review_works(
    qtbot: QtBot, desk: ReviewDesk, services: FakeServices
) -> None:
    """No loudspeaker: one clear sentence, and everything but the sound."""
    services.review.no_output = KnownError("no-output", "No loudspeaker or headset was found. Plug one in.")
    window = opened(qtbot, desk)
    window.wave.step_mark()
    assert desk.sound is not None
    desk.sound.follow()
    (banner,) = [one for one in window.banners.banners if one.code == PLAYING]
    assert "No loudspeaker" in banner.message_label.text()
    assert window.turn_index == 1
    assert window.wave.at_s > 0
    assert window.transport.play_button.text() == "Play"


def test_what_is_wrong_with_the_sound_is_said_on_the_waveform(
    qtbot: QtBot, desk: ReviewDesk, services: FakeServices, recording: Path
) -> None:
    """Silence and clipping are named; a file that cannot be drawn leaves the rest."""
    recording.write_bytes(float_wav(np.zeros((8_000, 1), np.float32), 16_000))
    window = opened(qtbot, desk)
    assert "silence" in window.wave.note
    loud = np.clip(tone(200, 0.5, 16_000, 5.0), -1, 1)
    recording.write_bytes(float_wav(loud[:, None], 16_000))
    assert desk.sound is not None
    desk.sound.take(Sound(SoundState.HERE, recording))
    settle(qtbot, desk)
    assert "clipped" in window.wave.note
    services.review.picture_error = KnownError("not-audio", "This file is damaged.")
    desk.sound.take(Sound(SoundState.HERE, recording))
    settle(qtbot, desk)
    assert "damaged" in window.wave.note
    assert window.wave.marks


def test_a_recording_without_words_is_shown_all_the_same(
    qtbot: QtBot, desk: ReviewDesk, services: FakeServices
) -> None:
    """Music, or a voice that is not the agent's: no word, no mark, no error."""
    record, summary = services.memory.calls["sample"]
    for part in (record.turns, record.cues, record.commitments):
        part.clear()
    record.moves.clear()
    services.memory.calls["sample"] = (record, summary)
    window = opened(qtbot, desk)
    assert window.empty_label.text().startswith("No words of yours")
    assert window.wave.marks == []
    assert not window.takeaway.save_button.isEnabled()


def test_a_recording_that_goes_while_it_plays_is_said_with_a_way_to_find_it(
    qtbot: QtBot, desk: ReviewDesk, window: ReviewWindow, player: FakePlayer, recording: Path
) -> None:
    """It stops, the window says that it is gone, and everything but the sound goes on."""
    qtbot.keyClick(window.wave, Qt.Key.Key_Space)
    assert player.playback.playing
    recording.unlink()
    player.playback = Playback(0.2, False, KnownError("recording-gone", "parcel.wav is gone."))
    assert desk.sound is not None
    desk.sound.follow()
    settle(qtbot, desk)
    codes = {one.code: one for one in window.banners.banners}
    assert "not at" in codes[SOUND].message_label.text()
    assert codes[SOUND].action_button.text() == "Find it…"
    assert not window.transport.play_button.isEnabled()
    window.wave.step_mark()
    assert window.turn_index is not None


def test_a_recording_that_is_found_after_the_window_was_closed_is_left_alone(
    qtbot: QtBot, desk: ReviewDesk, window: ReviewWindow, recording: Path, services: FakeServices
) -> None:
    """Looking for it may take a while; no player is opened that nobody would close."""
    sound, made = desk.sound, len(services.review.players)
    assert sound is not None
    sound.point_to(recording)
    window.close()
    settle(qtbot, desk)
    assert len(services.review.players) == made
