"""A line is read aloud by the voice a system has; what goes wrong is told, and nothing is left behind."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

import numpy as np
import pytest

from coach.audio.media_file import read_samples
from coach.audio.system_voice import SystemVoice, VoiceProgram, find_voice
from coach.errors import KnownError
from coach.values.aloud import Saying, Speaker
from coach.values.reviewing import Playback
from tests.fakes.review import FakePlayer
from tests.fakes.waiting import until


def program(script: str) -> VoiceProgram:
    """A voice in Python: ``path``, ``who`` and ``line`` are given to the script."""
    head = "import sys; path, who = sys.argv[1:]; line = sys.stdin.buffer.read().decode(); "
    return VoiceProgram(
        "Test", lambda path, who: [sys.executable, "-S", "-c", head + script, str(path), who.value]
    )


class Players:
    """Makes players that keep what their file held; each plays until the test says otherwise."""

    def __init__(self, problem: KnownError | None = None) -> None:
        self.made: list[FakePlayer] = []
        self.heard: list[str] = []
        self._problem = problem

    def __call__(self, path: Path) -> FakePlayer:
        self.heard.append(path.read_text(encoding="utf-8"))
        self.made.append(FakePlayer(path, self._problem))
        return self.made[-1]


WRITES = "open(path, 'w', encoding='utf-8').write(who + ': ' + line)"


def ended(saying: Saying) -> Playback:
    until(lambda: not saying.playback.playing)
    saying.close()
    return saying.playback


def test_a_line_is_read_played_and_forgotten() -> None:
    """Word for word, with what stands in no shell's way; its file is gone afterwards."""
    players = Players()
    line = "“Ça va?” she said; it's 50 % $HOME `x` -v [[h@'loU]]"
    saying = SystemVoice(program(WRITES), players).say(line, Speaker.WOMAN)
    until(lambda: bool(players.made) and players.made[0].asked != [])
    assert saying.playback.playing
    players.made[0].reach(1.0, playing=False)
    assert ended(saying).problem is None
    assert players.heard == [f"woman: {line}"]
    assert players.made[0].closed
    assert not players.made[0].path.parent.exists()


def test_it_stops_at_once_while_it_plays_and_while_it_is_still_read() -> None:
    """Nothing goes on, neither the player nor the program."""
    players = Players()
    saying = SystemVoice(program(WRITES), players).say("Hello.")
    until(lambda: bool(players.made))
    saying.close()
    assert players.made[0].closed
    endless = SystemVoice(program("import time; time.sleep(600)"), players).say("Hello.")
    endless.close()
    assert endless.playback == Playback(0.0, False)
    assert len(players.made) == 1


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("sys.exit(3)", "ended with 3"),
        ("import time; time.sleep(600)", "not done after"),
        ("import os; os.kill(os.getpid(), 9)", "ended with"),
    ],
)
def test_a_voice_that_fails_is_told(script: str, said: str) -> None:
    """It ends with an error, crashes, or hangs: one sentence, and the line is there as text."""
    longest_s = 0.3 if "sleep" in script else 30.0
    problem = ended(SystemVoice(program(script), Players(), longest_s).say("Hello.")).problem
    assert problem is not None
    assert problem.code == "voice-failed"
    assert said in problem.message
    assert "as text" in problem.message


def test_a_voice_that_is_gone_or_was_never_there_is_told() -> None:
    """Uninstalled since, or none at all."""
    gone = VoiceProgram("Gone", lambda path, who: ["/nowhere/voice", str(path)])
    problem = ended(SystemVoice(gone, Players()).say("Hello.")).problem
    assert problem is not None
    assert problem.code == "voice-failed"
    none = SystemVoice(None, Players())
    assert none.voice == ""
    problem = ended(none.say("Hello.")).problem
    assert problem is not None
    assert problem.code == "no-voice"


def test_no_loudspeaker_is_told() -> None:
    """What the player says is what is told."""
    players = Players(KnownError("no-output", "No loudspeaker or headset was found."))
    problem = ended(SystemVoice(program(WRITES), players).say("Hello.")).problem
    assert problem is not None
    assert problem.code == "no-output"


@pytest.mark.parametrize(
    ("platform", "there", "name", "begins"),
    [
        ("linux", {"espeak-ng", "espeak"}, "eSpeak NG", "/bin/espeak-ng"),
        ("linux", {"espeak"}, "eSpeak", "/bin/espeak"),
        ("darwin", {"say"}, "macOS", "/bin/say"),
        ("win32", {"powershell"}, "Windows", "/bin/powershell"),
        ("linux", set(), "", ""),
        ("darwin", set(), "", ""),
        ("win32", set(), "", ""),
    ],
)
def test_each_system_has_its_own_voice(platform: str, there: set[str], name: str, begins: str) -> None:
    """And where there is none, there is none."""
    found = find_voice(platform, lambda program: f"/bin/{program}" if program in there else None)
    assert SystemVoice(found).voice == name
    if found is not None:
        path = Path("/tmp/line.wav")
        command = found.command(path, Speaker.WOMAN)
        assert command[0] == begins
        assert str(path) in [*command, *found.environment(path).values()]
        assert "{{" not in command[-1]
        if platform != "darwin":
            assert command != found.command(path, Speaker.MAN)


@pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="install espeak-ng to hear a real voice")
def test_a_real_voice_reads_a_real_line() -> None:
    """eSpeak NG: some seconds of sound that is no silence, and a man's voice is another than a woman's."""
    voice = find_voice("linux")
    heard: dict[Speaker, np.ndarray] = {}

    for speaker in (Speaker.WOMAN, Speaker.MAN):
        with tempfile.TemporaryDirectory() as folder:

            def keep(path: Path, speaker: Speaker = speaker, folder: str = folder) -> FakePlayer:
                kept = Path(folder) / "kept.wav"
                kept.write_bytes(path.read_bytes())
                heard[speaker] = read_samples(kept)
                player = FakePlayer(path)
                player.play = lambda *_asked, **_named: None  # type: ignore[method-assign]
                return player

            said = ended(
                SystemVoice(voice, keep).say("I was told the parcel would be here on Friday.", speaker)
            )
            assert said.problem is None
    for samples in heard.values():
        assert 1.0 < len(samples) / 16_000 < 8.0
        assert np.abs(samples).max() > 0.05
    assert not np.array_equal(heard[Speaker.WOMAN], heard[Speaker.MAN])
