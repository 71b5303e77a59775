"""What the system's default output plays, on PulseAudio and PipeWire, and the far end built on it.

``parec`` (pulseaudio-utils) records the output's monitor into a pipe that is read without waiting, so it
takes no thread of ours. Windows and macOS, and a Linux without parec, offer nothing of the kind here:
``why_not`` then says so plainly.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections import deque
from typing import Protocol

import numpy as np

from coach.audio.far_end import LeakDetector, Leaks
from coach.audio.route import PulseRoutes, default_sink
from coach.events import SAMPLE_RATE_HZ, Block, Samples
from coach.ports import FarEnd

LATENCY_MS = 40
HELD_S = 0.6
"""How much of the far end waits for the microphone, and the other way round: with the 1.4 s of the detector
two seconds at most. While the engine is busy, what is played waits in the pipe, 2 s at most, and in parec."""
_HELD = round(HELD_S * SAMPLE_RATE_HZ)
_READ_BYTES = 1 << 16


class Played(Protocol):
    """What an output plays, while started: mono at 16 kHz."""

    def start(self) -> None: ...
    def take(self) -> Samples:
        """What was played since the last time asked. Never waits."""
        ...

    def stop(self) -> None: ...


def why_not() -> str:
    """Why the output of this system cannot be observed; empty where it can."""
    if not sys.platform.startswith("linux"):
        return (
            "On this system Sameside cannot observe what the loudspeaker plays, so a customer heard through "
            "it is not noticed during a call. Use a headset, and the leak check."
        )
    if shutil.which("parec") is None or shutil.which("pactl") is None:
        return (
            "The tools parec and pactl are missing, so a customer heard through the loudspeaker is not "
            "noticed during a call. On Debian or Ubuntu install pulseaudio-utils."
        )
    if default_sink() is None:
        return (
            "No PulseAudio or PipeWire sound server answers, so a customer heard through the loudspeaker is "
            "not noticed during a call. Use a headset, and the leak check."
        )
    return ""


def far_end_of_output() -> FarEnd | None:
    """The far end of the default output; None where ``why_not`` has a reason."""
    return None if why_not() else CorrelatedFarEnd(OutputMonitor())


class OutputMonitor:
    """``Played`` by parec on the default output's monitor; follows the default when it changes."""

    def __init__(self) -> None:
        self._events = PulseRoutes()
        self._recorder: subprocess.Popen[bytes] | None = None
        self._sink: str | None = None
        self._rest = b""

    def start(self) -> None:
        self.stop()
        self._events.start()
        self._record()

    def take(self) -> Samples:
        if self._events.changed() and default_sink() != self._sink:
            self._end_recorder()
            self._record()
        if self._recorder is None or self._recorder.stdout is None:
            return np.zeros(0, np.float32)
        read = self._rest + (self._recorder.stdout.read(_READ_BYTES) or b"")
        whole = len(read) - len(read) % 2
        self._rest = read[whole:]
        return np.frombuffer(read[:whole], "<i2").astype(np.float32) / np.float32(32_768)

    def stop(self) -> None:
        self._events.stop()
        self._end_recorder()

    def _record(self) -> None:
        self._sink = default_sink()
        if self._sink is None:
            return
        command = ["parec", f"--device={self._sink}.monitor", "--raw", "--format=s16le", "--channels=1"]
        command += [
            f"--rate={SAMPLE_RATE_HZ}",
            f"--latency-msec={LATENCY_MS}",
            "--client-name=Sameside leak guard",
        ]
        try:
            self._recorder = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                bufsize=0,
            )
        except OSError:
            return
        assert self._recorder.stdout is not None
        os.set_blocking(self._recorder.stdout.fileno(), False)

    def _end_recorder(self) -> None:
        recorder, self._recorder, self._rest = self._recorder, None, b""
        if recorder is not None:
            recorder.terminate()
            recorder.wait()
            if recorder.stdout is not None:
                recorder.stdout.close()


class CorrelatedFarEnd:
    """``FarEnd`` over an observed output.

    Both streams run in real time from their starts, so they are paired by counting: the first block of the
    microphone is set beside the newest of the output, and from there on as many samples are taken of one as
    of the other, however late both are read. What differs is left to the detector's search for the delay.
    """

    def __init__(self, played: Played) -> None:
        self._played = played
        self._leaks = Leaks()
        self._detector: LeakDetector | None = None
        self._waiting: deque[Block] = deque()
        self._far: Samples = np.zeros(0, np.float32)
        self._lost = 0
        self._paired = False
        self._expected_s = 0.0

    def hear(self, block: Block) -> None:
        if self._detector is not None and abs(block.start_s - self._expected_s) > 0.05:
            self.rest()
        if self._detector is None:
            self._played.start()
            self._detector = LeakDetector()
        self._expected_s = block.end_s
        self._take(len(block.samples))
        self._waiting.append(block)
        self._pair(self._detector)

    def leaked(self, start_s: float, end_s: float) -> bool:
        newest = self._detector.newest() if self._detector is not None else []
        return self._leaks.leaked(start_s, end_s, newest)

    def rest(self) -> None:
        self._played.stop()
        self._detector = None
        self._waiting.clear()
        self._far, self._lost, self._paired = np.zeros(0, np.float32), 0, False

    def _take(self, newest: int) -> None:
        far = np.concatenate([self._far, self._played.take()])
        if not self._paired and len(far):
            # What was played before the microphone's first block belongs to nothing that was heard.
            self._paired = True
            self._waiting.clear()
            far = far[-newest:] if len(far) >= newest else np.pad(far, (newest - len(far), 0))
        if len(far) > _HELD:
            # The engine is behind: the far end is not kept for it. What is gone is counted: pairs stay.
            self._lost += len(far) - _HELD
            far = far[-_HELD:]
        self._far = far

    def _pair(self, detector: LeakDetector) -> None:
        while self._waiting:
            size = len(self._waiting[0].samples)
            gone = min(self._lost, size)
            if not self._paired or len(self._far) < size - gone:
                if sum(len(block.samples) for block in self._waiting) <= _HELD:
                    return
                # The output has stopped being told of; what waited is not judged, and both begin anew.
                self._waiting.clear()
                self._paired, self._lost, self._far = False, 0, np.zeros(0, np.float32)
                self._detector = LeakDetector()
                return
            self._lost -= gone
            far = np.concatenate([np.zeros(gone, np.float32), self._far[: size - gone]])
            self._far = self._far[size - gone :]
            self._leaks.add(detector.feed(self._waiting.popleft(), far))
