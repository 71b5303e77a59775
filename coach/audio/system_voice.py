"""The voice a system has: eSpeak NG, what macOS has built in, or Windows's own. It reads a line into a file.

A program of its own each time, so that a voice that hangs or crashes takes nothing else with it, and can be
stopped at any word. The line goes in by the standard input: it is in no list of processes.
Why no library for this: docs/decisions/0017-customers-voice.md.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from coach.audio.player import Player
from coach.errors import KnownError
from coach.values.aloud import AloudServices, Saying, Speaker
from coach.values.reviewing import Playback, Playing

LONGEST_S = 30.0
"""A voice that is not done with a line after so long has hung."""
LOOK_AGAIN_S = 0.02
_PACE_WPM = "165"
_FILE = "SAMESIDE_LINE"
_ESPEAK = {Speaker.WOMAN: "en+f3", Speaker.MAN: "en+m3", Speaker.ANYBODY: "en"}
"""eSpeak NG 1.51 takes no variant of "en-gb", and says nothing of it."""
_HINTS = {Speaker.WOMAN: "Female", Speaker.MAN: "Male", Speaker.ANYBODY: "NotSet"}
_POWERSHELL = (
    "$ErrorActionPreference = 'Stop'; [Console]::InputEncoding = [Text.Encoding]::UTF8; "
    "Add-Type -AssemblyName System.Speech; "
    "$voice = New-Object System.Speech.Synthesis.SpeechSynthesizer; "
    "try {{ $voice.SelectVoiceByHints('{hint}') }} catch {{ }}; "
    f"$voice.SetOutputToWaveFile($env:{_FILE}); $voice.Speak([Console]::In.ReadToEnd()); $voice.Dispose()"
)


@dataclass(frozen=True, slots=True)
class VoiceProgram:
    """A program that reads its input aloud into a file; ``command`` gives its arguments, for whose line."""

    name: str
    command: Callable[[Path, Speaker], list[str]]
    suffix: str = ".wav"
    environment: Callable[[Path], Mapping[str, str]] = field(default=lambda _path: {})


def find_voice(
    platform: str = sys.platform, which: Callable[[str], str | None] = shutil.which
) -> VoiceProgram | None:
    """The voice of this machine; None where it has none."""
    if platform == "darwin":
        say = which("say")
        return VoiceProgram("macOS", partial(_say, say), ".aiff") if say else None
    if platform == "win32":
        shell = which("powershell")
        if shell is None:
            return None
        return VoiceProgram("Windows", partial(_sapi, shell), environment=lambda path: {_FILE: str(path)})
    for name, program in (("eSpeak NG", "espeak-ng"), ("eSpeak", "espeak")):
        found = which(program)
        if found is not None:
            return VoiceProgram(name, partial(_espeak, found))
    return None


def _say(program: str, path: Path, _who: Speaker) -> list[str]:
    return [program, "-o", str(path), "-f", "-"]


def _sapi(program: str, _path: Path, who: Speaker) -> list[str]:
    script = _POWERSHELL.format(hint=_HINTS[who])
    return [program, "-NoProfile", "-NonInteractive", "-Command", script]


def _espeak(program: str, path: Path, who: Speaker) -> list[str]:
    return [program, "-b", "1", "-v", _ESPEAK[who], "-s", _PACE_WPM, "-w", str(path), "--stdin"]


class SystemVoice(AloudServices):
    """Lines over ``program``, played by what ``player`` makes."""

    def __init__(
        self,
        program: VoiceProgram | None,
        player: Callable[[Path], Playing] = Player,
        longest_s: float = LONGEST_S,
    ) -> None:
        self._program = program
        self._player = player
        self._longest_s = longest_s

    @property
    def voice(self) -> str:
        return "" if self._program is None else self._program.name

    def say(self, words: str, speaker: Speaker = Speaker.ANYBODY) -> Saying:
        return _Saying(self._program, self._player, self._longest_s, words, speaker)


class _Saying(Saying):
    """One line, from its words to its last sound, on a thread of its own."""

    def __init__(
        self,
        program: VoiceProgram | None,
        player: Callable[[Path], Playing],
        longest_s: float,
        words: str,
        speaker: Speaker,
    ) -> None:
        self._program, self._make, self._longest_s = program, player, longest_s
        self._words, self._speaker = words, speaker
        self._stopped = threading.Event()
        self._problem: KnownError | None = None
        self._over = False
        self._thread = threading.Thread(target=self._work, name="voice", daemon=True)
        self._thread.start()

    @property
    def playback(self) -> Playback:
        over = self._over
        return Playback(0.0, not over, self._problem)

    def stop(self) -> None:
        self._stopped.set()

    def close(self) -> None:
        self.stop()
        self._thread.join()

    def _work(self) -> None:
        try:
            if self._program is None:
                raise KnownError("no-voice", "No voice is installed on this machine, so customers are text.")
            with tempfile.TemporaryDirectory(prefix="sameside-", ignore_cleanup_errors=True) as folder:
                path = Path(folder) / f"line{self._program.suffix}"
                self._read(self._program, path)
                if not self._stopped.is_set():
                    self._play(path)
        except KnownError as error:
            self._problem = error
        except OSError as error:
            self._problem = _failed(self._program, error.strerror or str(error))
        finally:
            self._over = True

    def _read(self, program: VoiceProgram, path: Path) -> None:
        process = subprocess.Popen(
            program.command(path, self._speaker),
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, **program.environment(path)},
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        try:
            assert process.stdin is not None
            with process.stdin as line:
                line.write(self._words.encode())
            self._wait(process)
        except BrokenPipeError:
            # It ended without reading its line; what it ended with says more.
            process.wait()
        finally:
            if process.poll() is None:
                process.kill()
            process.wait()
        if process.returncode and not self._stopped.is_set():
            raise _failed(program, f"it ended with {process.returncode}")

    def _wait(self, process: subprocess.Popen[bytes]) -> None:
        until = time.monotonic() + self._longest_s
        while process.poll() is None and not self._stopped.wait(LOOK_AGAIN_S):
            if time.monotonic() > until:
                raise _failed(self._program, f"it was not done after {self._longest_s:.0f} seconds")

    def _play(self, path: Path) -> None:
        player = self._make(path)
        try:
            player.play(0.0)
            while player.playback.playing and not self._stopped.wait(LOOK_AGAIN_S):
                pass
            self._problem = player.playback.problem
        finally:
            player.close()


def _failed(program: VoiceProgram | None, reason: str) -> KnownError:
    name = "" if program is None else f"{program.name} "
    return KnownError(
        "voice-failed", f"The voice {name}could not read a line ({reason}). It is there as text."
    )
