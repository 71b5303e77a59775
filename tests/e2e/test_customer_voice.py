"""A customer is really heard: a line through eSpeak NG and PortAudio, out of a sound server's loudspeaker."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from tests.e2e.desktop import end
from tests.e2e.sound_server import SoundServer, missing_packages

pytestmark = [pytest.mark.desktop, pytest.mark.timeout(180)]

WAIT_S = 60.0
LOUD = 300.0
LINE = "I have been told three times that somebody would ring me back, and nobody did."


@pytest.fixture
def sound(tmp_path: Path) -> Iterator[SoundServer]:
    missing = missing_packages() + ([] if shutil.which("espeak-ng") else ["espeak-ng"])
    if missing:
        pytest.skip(f"NO SOUND SERVER OR VOICE TO TEST ON. Install: apt-get install {' '.join(missing)}")
    with SoundServer(tmp_path / "sound") as running:
        yield running


def level(sound: SoundServer) -> float:
    """How loud half a second of the loudspeaker is."""
    command = ["parec", "--device=speakers.monitor", "--format=s16le", "--rate=16000", "--channels=1"]
    with subprocess.Popen([*command, "--latency-msec=20"], env=sound.env, stdout=subprocess.PIPE) as recorder:
        assert recorder.stdout is not None
        heard = np.frombuffer(recorder.stdout.read(16_000), "<i2").astype(float)
        recorder.terminate()
    return float(np.std(heard))


def test_a_customer_is_heard_and_silent_afterwards(sound: SoundServer) -> None:
    """The loudspeaker gives a voice while the line is read, and nothing before it and after it was ended."""
    assert level(sound) < LOUD
    speaking = sound.run("saying", sys.executable, "-m", "tests.e2e.saying", LINE)
    sound.wait(lambda: level(sound) > LOUD, WAIT_S, "a voice")
    end(speaking)
    sound.wait(lambda: level(sound) < LOUD, WAIT_S, "silence after it was ended")
