"""A private PulseAudio with pretend devices, and Sameside's microphone on it, without a display.

``voice`` is what is said into the microphone ``mic``; ``speakers`` is where the customer is heard. A recorder
that wants every 20 ms keeps the pretend devices as quick as real ones, which otherwise work in blocks of 2 s.
"""

from __future__ import annotations

import json
import os
import queue
import shutil
import subprocess
import sys
import threading
import time
import wave
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np

from tests.e2e.desktop import _ASOUNDRC, START_S, Process, _ask, _private_env, end, wait_until
from tests.fakes.short_folder import short_folder

ROOT = Path(__file__).parents[2]
Event = dict[str, Any]

_SCRIPT = """\
load-module module-native-protocol-unix socket={socket} auth-anonymous=1
load-module module-null-sink sink_name=voice rate=48000
load-module module-null-sink sink_name=speakers rate=48000
load-module module-remap-source master=voice.monitor source_name=mic
set-default-sink speakers
set-default-source mic
"""
PACKAGES = {"pulseaudio": "pulseaudio", "pactl": "pulseaudio-utils"}


class SoundServer:
    """A context manager. ``env`` is for child processes, ``folder`` keeps their logs."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.env: dict[str, str] = {}
        self._started = ExitStack()

    def __enter__(self) -> Self:
        try:
            self._start()
        except BaseException:
            self._started.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._started.close()

    def run(self, name: str, *command: str, env: dict[str, str] | None = None) -> Process:
        """Start a child; it is ended with the server, its output is in ``folder/name.log``."""
        with (self.folder / f"{name}.log").open("ab") as log:
            process = subprocess.Popen(
                command,
                env={**self.env, **(env or {})},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self._started.callback(end, process)
        return process

    def pactl(self, *arguments: str) -> str:
        return _ask(self.env, "pactl", *arguments).strip()

    def quick(self, monitor: str) -> None:
        """Keep a pretend device as quick as a real one, as long as it is there."""
        self.run(f"quick-{monitor}", "parec", "--latency-msec=20", f"--device={monitor}", os.devnull)

    def play(self, sink: str, samples: np.ndarray, rate_hz: int = 16_000) -> Process:
        """Play mono float samples to the end."""
        path = self.folder / f"played-{sink}-{len(list(self.folder.glob('played-*')))}.wav"
        with wave.open(str(path), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(rate_hz)
            file.writeframes((np.clip(samples, -1, 1) * 32_767).astype("<i2").tobytes())
        return self.run(path.stem, "paplay", f"--device={sink}", str(path))

    def hear(self, *arguments: str) -> Hearing:
        """Sameside's own session on its own microphone, without recognition."""
        hearing = Hearing(self.env, self.folder / "hearing.log", arguments)
        self._started.callback(hearing.close)
        return hearing

    def wait(self, ready: Callable[[], Any], timeout_s: float, what: str) -> Any:
        return wait_until(ready, timeout_s, what, self.logs)

    @staticmethod
    def now_s() -> float:
        """The clock that the child's events carry too."""
        return time.monotonic()

    def logs(self) -> str:
        return "\n".join(
            f"--- {path.name}\n{path.read_text(encoding='utf-8', errors='replace')[-1500:]}"
            for path in sorted(self.folder.glob("*.log"))
        )

    def _start(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        runtime = self._started.enter_context(short_folder("sound-"))
        home = self.folder / "home"
        home.mkdir(exist_ok=True)
        (home / ".asoundrc").write_text(_ASOUNDRC, encoding="utf-8")
        self.env = _private_env(home, runtime) | {"SAMESIDE_HOME": str(self.folder / "sameside")}
        socket, script = runtime / "pulse.socket", self.folder / "default.pa"
        script.write_text(_SCRIPT.format(socket=socket), encoding="utf-8")
        options = ["--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no", "--log-target=stderr"]
        self.run("pulseaudio", "pulseaudio", "-n", *options, "-F", str(script))
        self.env["PULSE_SERVER"] = f"unix:{socket}"
        self.wait(lambda: self.pactl("get-default-source") == "mic", START_S, "PulseAudio has its microphone")
        self.quick("voice.monitor")
        self.quick("speakers.monitor")


class Hearing:
    """A child that hears by ``Session`` and ``Microphone`` and tells every event as a line of JSON."""

    def __init__(self, env: dict[str, str], log: Path, arguments: tuple[str, ...]) -> None:
        self._log = log.open("ab")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.e2e.hearing", *arguments],
            env=env,
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            text=True,
        )
        self.seen: list[Event] = []
        self._lines: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def until(
        self, kind: str, timeout_s: float, wanted: Callable[[Event], bool] = lambda _event: True
    ) -> Event:
        """The next event of a kind that is ``wanted``."""
        found: list[Event] = []

        def look() -> bool:
            while not found:
                try:
                    event = json.loads(self._lines.get_nowait())
                except queue.Empty:
                    return False
                self.seen.append(event)
                if event["kind"] == kind and wanted(event):
                    found.append(event)
            return True

        told = lambda: f"{[one for one in self.seen if one['kind'] != 'Level'][-12:]}\n{self.seen[-1:]}"  # noqa: E731
        wait_until(look, timeout_s, f"{kind} from the microphone", told)
        return found[0]

    def loud(self, timeout_s: float) -> Event:
        """The next level of somebody who speaks."""
        return self.until("Level", timeout_s, lambda event: event["rms_dbfs"] > -40)

    def tell(self, command: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(command + "\n")
        self._process.stdin.flush()

    def close(self) -> None:
        end(self._process)
        self._reader.join(5)
        for stream in (self._process.stdin, self._process.stdout, self._log):
            if stream is not None:
                stream.close()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._lines.put(line)


def missing_packages() -> list[str]:
    """Debian packages that the sound server needs and that are not here."""
    return sorted({package for tool, package in PACKAGES.items() if shutil.which(tool) is None})
