"""Where the sound of this process really comes from, on PulseAudio and PipeWire.

PortAudio only knows "default" there; the sound server moves a stream to another source when the default
changes or a device goes, even to the monitor of an output, which carries the customer's voice.
``pactl subscribe`` tells of changes, so nothing is polled: it is read without waiting, and asked about
only after something changed. Elsewhere, and without pactl, ``current`` is None and nothing is claimed.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from dataclasses import dataclass
from typing import Any, Protocol

_ASK_S = 2.0
_ENVIRONMENT = {"LC_ALL": "C.UTF-8"}


@dataclass(frozen=True, slots=True)
class Route:
    """A source of the sound server. ``monitor``: it records what an output plays."""

    name: str
    monitor: bool


class Routes(Protocol):
    """Which source a stream of ours is on. Every method returns at once or after a few milliseconds."""

    def start(self) -> None: ...
    def changed(self) -> bool: ...
    def current(self) -> Route | None: ...
    def stop(self) -> None: ...


class NoRoutes:
    """Where the sound system cannot be asked."""

    def start(self) -> None: ...

    def changed(self) -> bool:
        return False

    def current(self) -> Route | None:
        return None

    def stop(self) -> None: ...


class PulseRoutes:
    """``Routes`` by pactl (pulseaudio-utils), which speaks to PulseAudio and to PipeWire alike."""

    def __init__(self) -> None:
        self._events: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self.stop()
        try:
            self._events = subprocess.Popen(
                ["pactl", "subscribe"],
                env=os.environ | _ENVIRONMENT,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        except OSError:
            return
        assert self._events.stdout is not None
        os.set_blocking(self._events.stdout.fileno(), False)

    def changed(self) -> bool:
        """Whether a source, one of its readers or the default changed since the last time asked."""
        if self._events is None or self._events.stdout is None:
            return False
        lines = self._events.stdout.read(65536) or b""
        # "sink-input" events come with every sound that is played; they say nothing of a microphone.
        return any(word in lines for word in (b"source", b"server"))

    def current(self) -> Route | None:
        """The source our stream is on; None where it has none, or it cannot be told."""
        outputs = ask_pactl("source-outputs")
        ours = [one for one in outputs if _process_of(one) == os.getpid() and not one.get("corked")]
        if not ours:
            return None
        newest = max(ours, key=lambda one: int(one["index"]))
        for source in ask_pactl("sources"):
            if source["index"] == newest["source"]:
                monitor = source["properties"].get("device.class") == "monitor"
                return Route(str(source.get("description") or source["name"]), monitor)
        return None

    def stop(self) -> None:
        events, self._events = self._events, None
        if events is not None:
            events.terminate()
            events.wait()
            if events.stdout is not None:
                events.stdout.close()


def system_routes() -> Routes:
    """What this system offers."""
    return PulseRoutes() if shutil.which("pactl") else NoRoutes()


def default_sink() -> str | None:
    """The name of the output the system plays on; None where no sound server answers."""
    try:
        answer = subprocess.run(
            ["pactl", "get-default-sink"],
            env=os.environ | _ENVIRONMENT,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=_ASK_S,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return answer.stdout.strip() or None if answer.returncode == 0 else None


def ask_pactl(what: str) -> list[dict[str, Any]]:
    """``pactl list`` of one kind; empty where no sound server answers."""
    try:
        answer = subprocess.run(
            ["pactl", "--format=json", "list", what],
            env=os.environ | _ENVIRONMENT,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_ASK_S,
            check=False,
        )
        found = json.loads(answer.stdout)
    except (OSError, subprocess.TimeoutExpired, ValueError):
        return []
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _process_of(output: dict[str, Any]) -> int:
    try:
        return int(output.get("properties", {}).get("application.process.id", 0))
    except ValueError:
        return 0
