"""The desktop the live tests stand on does what a real one does."""

from __future__ import annotations

import sys
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from coach.resources import asset
from tests.e2e.desktop import START_S, Desktop, Process, Window, missing_packages
from tests.e2e.other_window import TITLE

pytestmark = [pytest.mark.desktop, pytest.mark.alone, pytest.mark.timeout(240)]

HERE = Path(__file__).parent
RATE_HZ = 16_000
RECORD_S = 9.0
_RECORD = f"""\
import sys, numpy, sounddevice
count = int({RECORD_S} * {RATE_HZ})
samples = sounddevice.rec(count, samplerate={RATE_HZ}, channels=1, dtype="float32", blocking=True)
numpy.save(sys.argv[1], samples[:, 0])
"""


_RECORD_ON = """\
import sounddevice, threading
stream = sounddevice.InputStream(channels=1)
stream.start()
threading.Event().wait()
"""


def first_seconds(path: Path, seconds: float) -> NDArray[np.float32]:
    """The beginning of a 16 kHz mono file of 16-bit samples."""
    with av.open(str(path)) as container:
        parts = [frame.to_ndarray()[0] for frame in container.decode(audio=0)]
    samples = np.concatenate(parts)[: int(seconds * RATE_HZ)]
    return np.asarray(samples / 32768, np.float32)


def likeness(heard: NDArray[np.float32], played: NDArray[np.float32]) -> float:
    """The highest normalised correlation of ``played`` with any stretch of ``heard``; 1 is the same sound."""
    size = 1 << (len(heard) + len(played)).bit_length()
    product = np.fft.rfft(heard, size) * np.conj(np.fft.rfft(played, size))
    overlap = np.fft.irfft(product, size)[: len(heard) - len(played)]
    power = np.concatenate([[0.0], np.cumsum(heard.astype(np.float64) ** 2)])
    energy = power[len(played) : len(played) + len(overlap)] - power[: len(overlap)]
    scale = np.sqrt(np.maximum(energy, 1e-9) * np.sum(played.astype(np.float64) ** 2))
    return float(np.max(overlap / scale))


def open_other_window(desktop: Desktop) -> tuple[Process, Window]:
    process = desktop.run("other", sys.executable, str(HERE / "other_window.py"))
    return process, desktop.wait_window(f"^{TITLE}", START_S, TITLE)


def test_what_is_played_is_what_portaudio_hears(desktop: Desktop, tmp_path: Path) -> None:
    """A file played into the sink arrives at PortAudio's default microphone, sample for sample in shape."""
    call = asset("calls", "parcel-recovery.flac")
    heard_path = tmp_path / "heard.npy"
    recorder = desktop.run("recorder", sys.executable, "-c", _RECORD, str(heard_path))
    desktop.wait_recording(START_S)
    desktop.play(call)
    assert recorder.wait(START_S) == 0, desktop.logs()
    heard = np.load(heard_path)
    played = first_seconds(call, 3.0)
    assert likeness(heard, played) > 0.9
    assert likeness(heard, played[::-1]) < 0.5


def test_an_unplugged_microphone_is_gone_until_it_is_plugged_in(desktop: Desktop) -> None:
    """Without the sink nothing can record; with it again, something can."""
    desktop.run("recorder", sys.executable, "-c", _RECORD_ON)
    desktop.wait_recording(START_S)
    desktop.unplug()
    desktop.wait(lambda: not desktop.recordings(), START_S, "the recording stops")
    desktop.plug_in()
    desktop.run("second", sys.executable, "-c", _RECORD_ON)
    desktop.wait_recording(START_S)


def test_windows_are_seen_typed_into_and_pictured(desktop: Desktop, tmp_path: Path) -> None:
    """A window is found by its title, takes the focus and the keyboard, and is on the screenshot."""
    _process, window = open_other_window(desktop)
    desktop.focus(window)
    desktop.type("lamp")
    desktop.wait_window(f"^{TITLE}: lamp$", START_S, "what was typed")
    picture = desktop.screenshot(tmp_path / "screen.png")
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert picture.stat().st_size > 1000


def test_nothing_is_left_behind(tmp_path: Path) -> None:
    """When a test on the desktop fails, every process it started ends all the same."""
    if missing_packages():
        pytest.skip(f"NO DESKTOP TO TEST ON. Install: apt-get install {' '.join(missing_packages())}")
    desktop = Desktop(tmp_path / "desktop")
    with pytest.raises(AssertionError, match="no such window"), desktop:  # noqa: PT012 - the body is the test
        child, _window = open_other_window(desktop)
        desktop.wait_window("^nobody$", 0.1, "no such window")
    assert child in desktop.started
    assert len(desktop.started) > 3, "the display, its manager and the sound server are processes too"
    assert [process.args for process in desktop.started if process.poll() is None] == []
    assert not Path(desktop.env["XDG_RUNTIME_DIR"]).exists()
