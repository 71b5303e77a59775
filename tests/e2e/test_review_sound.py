"""A recording is really heard: played through PortAudio on a sound server, and recorded again."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from tests.e2e.desktop import end
from tests.e2e.sound_server import SoundServer, missing_packages
from tests.e2e.test_softphone import strength, tone
from tests.unit.audio.audio_recordings import float_wav

pytestmark = [pytest.mark.desktop, pytest.mark.timeout(180)]

LOW_HZ, HIGH_HZ = 440.0, 1_320.0
WAIT_S = 40.0


@pytest.fixture
def sound(tmp_path: Path) -> Iterator[SoundServer]:
    missing = missing_packages()
    if missing:
        pytest.skip(f"NO SOUND SERVER TO TEST ON. Install: apt-get install {' '.join(missing)}")
    with SoundServer(tmp_path / "sound") as running:
        yield running


def test_a_recording_is_heard_from_the_second_asked_for_at_its_own_pitch(
    sound: SoundServer, tmp_path: Path
) -> None:
    """At half the speed and at twice it: the loudspeaker gives the tone of that second, as high as it was."""
    path = tmp_path / "two tones.wav"
    frames = np.concatenate([tone(LOW_HZ, 20.0), tone(HIGH_HZ, 20.0)]).astype(np.float32)
    path.write_bytes(float_wav(frames[:, None], 16_000))
    assert strength(sound, "speakers.monitor", HIGH_HZ) == 0.0
    for speed, from_s, hz in (("0.5", "25", HIGH_HZ), ("2.0", "2", LOW_HZ)):
        arguments = (str(path), from_s, str(float(from_s) + 8), speed)
        playing = sound.run(f"playing-{speed}", sys.executable, "-m", "tests.e2e.playing", *arguments)
        sound.wait(
            lambda hz=hz: strength(sound, "speakers.monitor", hz) > 0.5, WAIT_S, f"{hz} Hz at {speed} times"
        )
        end(playing)
    sound.wait(
        lambda: strength(sound, "speakers.monitor", LOW_HZ) == 0.0, WAIT_S, "silence after it was ended"
    )
