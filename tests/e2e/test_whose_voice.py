"""Two people on one track and nobody enrolled: the command line names the voices and writes nothing down."""

from __future__ import annotations

import datetime as dt
import io
import json
import sys
import wave
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest

from coach import cli
from coach.audio.media_file import read_samples
from coach.commands import whose_voice
from coach.events import SAMPLE_RATE_HZ, Samples
from coach.resources import asset
from coach.services import voice as voice_services
from coach.speech.vad import SileroVad
from coach.voice import Encoder, PickedVoice, find_voices
from tests.e2e.command_line import Capture, Recogniser, calls, told

pytestmark = pytest.mark.usefixtures("own_home")

CALL = asset("calls", "internet-outage.flac")
ENOUGH_S = 40.0
"""Of the call: both have spoken by then, and voices are listened for in half the time."""

ONE = str(asset("calls", "parcel-recovery.flac"))


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Agent and customer on a channel each, which without ``--channel`` are heard as one."""
    path = tmp_path_factory.mktemp("call") / "internet-outage.wav"
    written(path, [read_samples(CALL, channel, ENOUGH_S) for channel in (0, 1)])
    return str(path)


Found = list[PickedVoice]
Told = Callable[[float], None]


@pytest.fixture(scope="module")
def found_before() -> dict[tuple[bytes, dt.date, bool], Found]:
    return {}


@pytest.fixture(autouse=True)
def heard_through_once(
    monkeypatch: pytest.MonkeyPatch, found_before: dict[tuple[bytes, dt.date, bool], Found]
) -> None:
    """Nearly every test asks about the same recording: whose voices are in it is found out the first time."""

    def find(
        samples: Samples, encoder: Encoder, vad: SileroVad, today: dt.date, told: Told, *, lone: bool = True
    ) -> Found:
        asked = samples.tobytes(), today, lone
        if asked not in found_before:
            found_before[asked] = find_voices(samples, encoder, vad, today, told, lone=lone)
        return found_before[asked]

    monkeypatch.setattr(voice_services, "find_voices", find)


def heard_s(capsys: Capture, two: str, *arguments: str) -> float:
    """Seconds that were written down."""
    assert cli.main(["review", two, "--json", *arguments]) == 0
    return sum(turn["t1"] - turn["t0"] for turn in json.loads(capsys.readouterr().out)["turns"])


def test_nothing_is_written_down_before_it_is_said_whose_voice_counts(
    recogniser: Recogniser, capsys: Capture, two: str
) -> None:
    """Without a terminal it stops with exit code 2, says where each voice is heard and what to say."""
    recogniser.on_first = pytest.fail
    out, err = told(capsys, "review", "--save", two)
    assert out == ""
    assert "2 people speak in internet-outage.wav" in err
    assert "2 channels, heard here as one. If one of them is yours alone, say --channel left or right" in err
    assert "voice 1 speaks for " in err
    assert "voice 2 speaks for " in err
    assert "--voice all" in err
    assert calls(capsys) == []


def test_the_voice_can_be_named(recogniser: Recogniser, capsys: Capture, two: str) -> None:
    """One keeps the other out; all keeps none out; a channel tells as well."""
    everyone_s = heard_s(capsys, two, "--voice", "all")
    assert 10 < heard_s(capsys, two, "--voice", "2") < 0.7 * everyone_s
    assert 10 < heard_s(capsys, two, "--channel", "left") < 0.7 * everyone_s


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["--voice", "3"], "2 voices were found"),
        (["--voice", "0"], "Say a number from 1, or all"),
        (["--voice", "me"], "Say a number from 1, or all"),
        ([ONE, "--voice", "1"], "counts for one recording"),
    ],
)
def test_a_voice_that_is_none_is_refused(
    recogniser: Recogniser, capsys: Capture, two: str, arguments: list[str], named: str
) -> None:
    """Before any work where that can be told."""
    assert named in told(capsys, "review", two, *arguments)[1]


def test_on_a_channel_that_others_share_a_voice_can_be_named(
    recogniser: Recogniser, capsys: Capture, tmp_path: Path
) -> None:
    """Both are said, and the number is one of those that were told of this channel."""
    mixed, both = mixed_in(tmp_path)
    written(mixed, [both, -both])  # A mix of these two channels is silent.
    _out, err = told(capsys, "review", str(mixed), "--channel", "left")
    assert "2 people speak on your channel of mixed.wav" in err
    assert "Say --channel as before, and --voice with the number of yours" in err
    assert cli.main(["review", str(mixed), "--channel", "left", "--voice", "1"]) == 0


def test_of_many_each_that_asks_is_told_and_the_rest_goes_on(
    recogniser: Recogniser, capsys: Capture, two: str, three_sentences: Path, tmp_path: Path
) -> None:
    """A night's folder is not stopped by a question; the report says what to do."""
    report = tmp_path / "report.csv"
    assert cli.main(["review", "--save", "--report", str(report), two, str(three_sentences)]) == 2
    assert [row["title"] for row in kept(capsys)] == ["three_sentences"]
    assert "--voice" in report.read_text(encoding="utf-8")


def kept(capsys: Capture) -> list[dict[str, str]]:
    capsys.readouterr()
    return calls(capsys)


@pytest.mark.parametrize(("answers", "code"), [("4\n2\n", 0), ("all\n", 0), ("\n", 2), ("", 2)])
def test_at_a_terminal_it_is_asked(
    recogniser: Recogniser,
    capsys: Capture,
    monkeypatch: pytest.MonkeyPatch,
    two: str,
    answers: str,
    code: int,
) -> None:
    """A slip is asked again; nothing, or the end of the input, leaves it at that."""
    monkeypatch.setattr(whose_voice, "at_terminal", lambda: True)
    monkeypatch.setattr(sys, "stdin", io.StringIO(answers))
    assert cli.main(["review", two]) == code
    out, err = capsys.readouterr()
    assert "Which is yours?" in err
    assert "say --channel left or right" in err
    assert ("Hello there." in out) == (code == 0)


def test_a_mono_file_has_no_channel_that_is_the_agents(
    recogniser: Recogniser, capsys: Capture, tmp_path: Path
) -> None:
    """Naming a channel of a recording with one says nothing about who speaks in it."""
    mixed, both = mixed_in(tmp_path)
    written(mixed, [both])
    _out, err = told(capsys, "review", str(mixed), "--channel", "left")
    assert "2 people speak in mixed.wav" in err
    assert "heard here as one" not in err


def mixed_in(folder: Path) -> tuple[Path, Samples]:
    """Where a mix of both voices goes, and the mix."""
    return folder / "mixed.wav", read_samples(CALL, None, ENOUGH_S)


def written(path: Path, channels: Sequence[Samples]) -> None:
    """The channels as a 16-bit file at 16 kHz."""
    shortest = min(len(channel) for channel in channels)
    whole = np.stack([channel[:shortest].clip(-1, 1) for channel in channels], 1)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(len(channels))
        file.setsampwidth(2)
        file.setframerate(SAMPLE_RATE_HZ)
        file.writeframes((whole * 32_767).astype("<i2").tobytes())
