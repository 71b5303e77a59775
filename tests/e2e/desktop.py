"""A real desktop without a screen or a sound card: Xvfb, openbox, and PulseAudio with a null sink.

What is played into the sink comes out of the default microphone, through ALSA's pulse plug-in and
PortAudio, as it would from a headset; a little noise is in it always, as in every room. Nothing here
waits for a fixed time: every step polls a real condition against a deadline, and a deadline that
passes shows what the processes said.
"""

from __future__ import annotations

import ctypes.util
import json
import os
import shutil
import subprocess
import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

import numpy as np
from PySide6.QtGui import QImage
from Xlib.display import Display
from Xlib.X import ZPixmap

from tests.fakes.short_folder import short_folder

Result = TypeVar("Result")
Process = subprocess.Popen[bytes]

SINK = "call"
"""What is said into the microphone. The default output is another: what it plays would be a leak."""
MICROPHONE = "microphone"
ROOM_DBFS = -75.0
ROOM_S = 20
SIZE = "1280x800x24"
START_S = 60.0
POLL_S = 0.1
STEADY_S = 2.5
"""A null sink works in blocks of up to 2 s, so a recording may get its first sound that late. It also tells
a recording from PortAudio's brief look at what a device can do."""

PACKAGES = {
    "Xvfb": "xvfb",
    "openbox": "openbox",
    "xdotool": "xdotool",
    "pulseaudio": "pulseaudio",
    "pactl": "pulseaudio-utils",
    "paplay": "pulseaudio-utils",
    "xrandr": "x11-xserver-utils",
}
LIBRARIES = {"portaudio": "libportaudio2", "xcb-cursor": "libxcb-cursor0"}
ALSA_PULSE = "libasound_module_pcm_pulse.so"

_PULSE_SCRIPT = """\
load-module module-native-protocol-unix socket={socket} auth-anonymous=1
load-module module-null-sink sink_name={sink} rate=48000
load-module module-null-sink sink_name=speakers rate=48000
load-module module-remap-source master={sink}.monitor source_name={microphone}
set-default-sink speakers
set-default-source {microphone}
"""
_ASOUNDRC = "pcm.!default { type pulse }\nctl.!default { type pulse }\n"


def missing_packages() -> list[str]:
    """Debian packages a desktop needs that are not on this machine."""
    missing = {package for tool, package in PACKAGES.items() if shutil.which(tool) is None}
    missing |= {package for name, package in LIBRARIES.items() if ctypes.util.find_library(name) is None}
    if not any(folder.glob(f"**/alsa-lib/{ALSA_PULSE}") for folder in (Path("/usr/lib"), Path("/usr/lib64"))):
        missing.add("libasound2-plugins")
    return sorted(missing)


def wait_until(
    ready: Callable[[], Result | None], timeout_s: float, what: str, explain: Callable[[], str] = str
) -> Result:
    """The first true value of ``ready``. Fails after ``timeout_s`` with ``what`` and ``explain()``."""
    deadline = time.monotonic() + timeout_s
    while not (value := ready()):
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {timeout_s:.0f} s: {what}\n{explain()}")
        time.sleep(POLL_S)
    return value


@dataclass(frozen=True, slots=True)
class Window:
    """A window somebody can see. Sizes in pixels."""

    id: int
    title: str
    width: int
    height: int


class Desktop:
    """A context manager. ``env`` is for child processes; ``folder`` keeps their logs and screenshots.

    ``started`` are all of them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.env: dict[str, str] = {}
        self.started: list[Process] = []
        self._started = ExitStack()
        self._vital: dict[str, Process] = {}

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

    def run(
        self, name: str, *command: str, env: Mapping[str, str] | None = None, vital: bool = False
    ) -> Process:
        """Start a child; it is ended with the desktop, its output is in ``folder/name.log``.

        While a ``vital`` one should run, there is no waiting on once it has ended.
        """
        with (self.folder / f"{name}.log").open("ab") as log:
            process = subprocess.Popen(
                command,
                env={**self.env, **(env or {})},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self._end_later(process)
        if vital:
            self._vital[name] = process
        return process

    def play(self, path: Path) -> Process:
        """Play a sound file to the end; ``wait()`` for it, or go on meanwhile."""
        return self.run(f"paplay-{path.stem}", "paplay", f"--device={SINK}", str(path))

    def unplug(self) -> None:
        """All sinks go, and the microphone with them."""
        modules = json.loads(self._pactl("--format=json", "list", "modules"))
        for module in modules:
            if module["name"] == "module-null-sink":
                self._pactl("unload-module", str(module["name"]))

    def plug_in(self) -> None:
        """The sink comes back, under the same name."""
        self._pactl("load-module", "module-null-sink", f"sink_name={SINK}", "rate=48000")
        self._pactl(
            "load-module", "module-remap-source", f"master={SINK}.monitor", f"source_name={MICROPHONE}"
        )
        self._pactl("set-default-source", MICROPHONE)

    def recordings(self) -> frozenset[int]:
        """Streams that record from the microphone now."""
        streams = json.loads(self._pactl("--format=json", "list", "source-outputs"))
        # The microphone itself reads from the sink by a stream of the server's own.
        programs = [stream for stream in streams if stream["driver"] == "protocol-native.c"]
        return frozenset(int(stream["index"]) for stream in programs if not stream["corked"])

    def wait_recording(self, timeout_s: float) -> None:
        """Until somebody records from the microphone, steadily."""
        seen: dict[int, float] = {}

        def steady() -> bool:
            now = time.monotonic()
            current = {index: seen.get(index, now) for index in self.recordings()}
            seen.clear()
            seen.update(current)
            return any(now - since >= STEADY_S for since in seen.values())

        self.wait(steady, timeout_s, "a program records from the microphone")

    def windows(self, title: str = ".") -> list[Window]:
        """Every window that is shown and whose title matches the pattern."""
        found = []
        for line in self._xdotool("search", "--onlyvisible", "--name", title).split():
            name = self._xdotool("getwindowname", line).strip()
            shape = self._xdotool("getwindowgeometry", "--shell", line)
            sizes = dict(part.split("=") for part in shape.split() if "=" in part)
            # A window may close between two questions; then there is nothing to tell of it.
            if name and "WIDTH" in sizes:
                found.append(Window(int(line), name, int(sizes["WIDTH"]), int(sizes["HEIGHT"])))
        return found

    def wait_window(self, title: str, timeout_s: float, what: str) -> Window:
        """The first window whose title matches the pattern."""
        return self.wait(lambda: self.windows(title), timeout_s, what)[0]

    def focused(self) -> int:
        """The id of the window that has the keyboard; 0 where none has."""
        return int(self._xdotool("getwindowfocus").strip() or 0)

    def focus(self, window: Window) -> None:
        self._xdotool("windowactivate", str(window.id))
        self.wait(lambda: self.focused() == window.id, START_S, f"{window.title!r} takes the focus")

    def press(self, keys: str) -> None:
        """Press a key for the focused window, such as ``ctrl+r``."""
        self._xdotool("key", "--clearmodifiers", keys)

    def type(self, words: str) -> None:
        self._xdotool("type", "--delay", "20", words)

    def click(self, x: int, y: int) -> None:
        """Click with the left button at a point of the screen."""
        self._xdotool("mousemove", str(x), str(y), "click", "1")

    def screenshot(self, path: Path, window_id: int = 0) -> Path:
        """One window, or with 0 the whole screen, as PNG; what lies over the window is on it too."""
        with closing(Display(self.env["DISPLAY"])) as display:
            root = display.screen().root
            window = display.create_resource_object("window", window_id) if window_id else root
            shape = window.get_geometry()
            raw = window.get_image(0, 0, shape.width, shape.height, ZPixmap, 0xFFFF_FFFF)
        assert QImage(raw.data, shape.width, shape.height, QImage.Format.Format_RGB32).save(str(path))
        return path

    def wait(self, ready: Callable[[], Result | None], timeout_s: float, what: str) -> Result:
        """As ``wait_until``; a deadline that passes tells windows and logs."""

        def ask() -> Result | None:
            ended = [name for name, process in self._vital.items() if process.poll() is not None]
            assert not ended, f"ended by itself: {', '.join(ended)}\n{self.logs()}"
            return ready()

        return wait_until(ask, timeout_s, what, lambda: f"windows: {self.windows()}\n{self.logs()}")

    def logs(self) -> str:
        """The last lines of every child."""
        tails = []
        for path in sorted(self.folder.glob("*.log")):
            lines = path.read_text(encoding="utf-8", errors="replace").splitlines()[-15:]
            tails.append("\n".join([f"--- {path.name}", *lines]))
        return "\n".join(tails)

    def _start(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        runtime = self._started.enter_context(short_folder("desktop-"))
        home = self.folder / "home"
        home.mkdir(exist_ok=True)
        (home / ".asoundrc").write_text(_ASOUNDRC, encoding="utf-8")
        self.env = _private_env(home, runtime)
        self.env["DISPLAY"] = self._start_display()
        self._start_manager()
        self._start_sound(runtime)

    def _end_later(self, process: Process) -> None:
        self.started.append(process)
        self._started.callback(end, process)

    def _start_manager(self) -> None:
        self.run("openbox", "openbox", "--sm-disable", vital=True)
        self.wait(lambda: self._xdotool("get_num_desktops"), START_S, "openbox manages the windows")

    def _start_display(self) -> str:
        reading, writing = os.pipe()
        with os.fdopen(reading) as answer, (self.folder / "Xvfb.log").open("ab") as log:
            options = f"-displayfd {writing} -screen 0 {SIZE} -nolisten tcp -noreset"
            process = subprocess.Popen(
                ["Xvfb", *options.split()],
                pass_fds=[writing],
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
            self._end_later(process)
            os.close(writing)
            # Xvfb answers when it is ready and closes the pipe when it cannot start.
            number = answer.readline().strip()
        assert number, f"Xvfb did not start\n{self.logs()}"
        return f":{number}"

    def _start_sound(self, runtime: Path) -> None:
        socket = runtime / "pulse.socket"
        script = self.folder / "default.pa"
        script.write_text(
            _PULSE_SCRIPT.format(socket=socket, sink=SINK, microphone=MICROPHONE), encoding="utf-8"
        )
        options = ["--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no", "--log-target=stderr"]
        self.run("pulseaudio", "pulseaudio", "-n", *options, "-F", str(script), vital=True)
        self.env["PULSE_SERVER"] = f"unix:{socket}"
        ready = lambda: socket.exists() and MICROPHONE in self._pactl("get-default-source")  # noqa: E731
        self.wait(ready, START_S, "PulseAudio has its microphone")
        self._start_room()

    def _start_room(self) -> None:
        """Faint noise in the microphone: exact silence would be a dead one, and told as such."""
        noise = np.random.default_rng(1).standard_normal(ROOM_S * 16_000) * 10 ** (ROOM_DBFS / 20)
        path = self.folder / "room.raw"
        path.write_bytes((noise * 32_767).round().astype("<i2").tobytes())
        play = f"paplay --raw --rate=16000 --channels=1 --format=s16le --device={SINK}"
        self.run("room", "sh", "-c", f'while {play} "$1" || sleep 1; do :; done', "sh", str(path))

    def _pactl(self, *arguments: str) -> str:
        return _ask(self.env, "pactl", *arguments)

    def _xdotool(self, *arguments: str) -> str:
        return _ask(self.env, "xdotool", *arguments)


def end(process: Process) -> None:
    """Ask a process to go, then make it."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _ask(env: Mapping[str, str], *command: str) -> str:
    """What a small tool prints; nothing where it fails, so that it can be asked again."""
    answer = subprocess.run(command, env=env, capture_output=True, text=True, timeout=START_S, check=False)
    return answer.stdout if answer.returncode == 0 else ""


def _private_env(home: Path, runtime: Path) -> dict[str, str]:
    """Of the desktop, the sound and the message bus of whoever runs the tests, children see nothing."""
    leave_out = ("PULSE_", "XDG_", "WAYLAND_", "ALSA_", "DBUS_", "QT_", "SAMESIDE_")
    env = {key: value for key, value in os.environ.items() if not key.startswith(leave_out)}
    return env | {
        "HOME": str(home),
        "XDG_RUNTIME_DIR": str(runtime),
        "PULSE_RUNTIME_PATH": str(runtime / "pulse"),
        "DBUS_SESSION_BUS_ADDRESS": "disabled:",
        "JACK_NO_START_SERVER": "1",
        "QT_QPA_PLATFORM": "xcb",
        "PYTHONUNBUFFERED": "1",
    }
