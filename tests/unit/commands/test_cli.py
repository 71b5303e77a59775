"""The command line as other programs and people call it."""

from __future__ import annotations

import io
import json
import logging
import sys
import wave
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from coach import cli, resources
from coach.audio.media_file import read_samples
from coach.commands import printing
from coach.errors import KnownError
from coach.events import SAMPLE_RATE_HZ
from coach.resources import asset
from coach.taxonomy import MOVES


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Nothing of the person running the tests is read or written."""
    monkeypatch.setenv("SAMESIDE_HOME", str(tmp_path))
    monkeypatch.setenv("SAMESIDE_PASSPHRASE", "four cold hands")
    return tmp_path


def feed(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode()), encoding="utf-8"))


def two_sided(recording: Path, path: Path) -> Path:
    """Three seconds of it on the left, and backwards on the right."""
    left = read_samples(recording, most_s=3.0)
    both = np.stack([left, left[::-1]], axis=1)
    with wave.open(str(path), "wb") as file:
        file.setparams((2, 2, SAMPLE_RATE_HZ, 0, "NONE", ""))
        file.writeframes((both * 32767).astype("<i2").tobytes())
    return path


def lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_moves_answers_line_by_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The fixed form: id, then moves with confidence and character offsets; empty lines are passed over."""
    said = "I'm sorry you feel that way."
    feed(
        monkeypatch,
        json.dumps({"id": 7, "text": said, "context": ["Hello."]}) + '\n\n{"id": "b", "text": ""}\n',
    )
    assert cli.main(["moves"]) == 0
    first, second = lines(capsys.readouterr().out)
    assert first["id"] == 7
    assert "non_apology" in [move["move"] for move in first["moves"]]
    for move in first["moves"]:
        assert set(move) == {"move", "confidence", "evidence"}
        assert 0 <= move["evidence"][0] < move["evidence"][1] <= len(said)
    assert second == {"id": "b", "moves": []}


def test_moves_with_scores_gives_all_25(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Another program may choose thresholds of its own."""
    feed(monkeypatch, '{"id": "a", "text": "Calm down."}\n')
    assert cli.main(["moves", "--scores"]) == 0
    [line] = lines(capsys.readouterr().out)
    assert tuple(line["scores"]) == MOVES


@pytest.mark.parametrize(
    ("command", "text", "named"),
    [
        ("moves", '{"id": "a", "text": "x"}\nnot json\n', "line 2"),
        ("moves", '{"id": "a"}\n', "text"),
        ("moves", '{"text": "x"}\n', "id"),
        ("moves", "[1, 2]\n", "line 1"),
        ("commitments", '{"id": "a"}\n', "line 1"),
        ("commitments", "{\n", "line 1"),
    ],
)
def test_bad_input_names_its_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: str, text: str, named: str
) -> None:
    """Exit code 2 and one line that says where to look."""
    feed(monkeypatch, text)
    assert cli.main([command]) == 2
    err = capsys.readouterr().err
    assert named in err
    assert err.count("\n") == 1


def test_commitments_resolves_dates(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The fixed form, with a date counted from --at."""
    feed(monkeypatch, '{"id": "a", "text": "I\'ll call you back tomorrow before noon."}\n')
    assert cli.main(["commitments", "--at", "2026-11-20T16:05"]) == 0
    [line] = lines(capsys.readouterr().out)
    [promise] = line["commitments"]
    assert set(promise) == {"action", "owner", "due_text", "due", "conditional", "evidence"}
    assert promise["owner"] == "agent"
    assert promise["due"].startswith("2026-11-21T12:00")
    assert promise["evidence"] in "I'll call you back tomorrow before noon."


CALL = {
    "started_at": "2026-11-20T16:05:00+00:00",
    "turns": [
        {"t0": 0, "t1": 2, "text": "Good afternoon, how can I help?"},
        {
            "t0": 8,
            "t1": 12,
            "text": "You should have read the email, you typed the address in wrong yourself.",
        },
        {"t0": 20, "t1": 25, "text": "That was our mistake, and I'm sorry we sent it to the old address."},
        {"t0": 33, "t1": 37, "text": "I'll call you back tomorrow before noon."},
    ],
}


def test_replay_gives_the_whole_record(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The fixed form of a written call: turns with moves, cues, flags, commitments, summary."""
    path = tmp_path / "call.json"
    path.write_text(json.dumps(CALL))
    assert cli.main(["replay", str(path), "--json"]) == 0
    result = json.loads(capsys.readouterr().out)
    assert {"turns", "cues", "call_flags", "commitments", "summary"} <= set(result)
    assert [turn["text"] for turn in result["turns"]] == [turn["text"] for turn in CALL["turns"]]  # type: ignore[index]
    assert "blaming" in [move["move"] for move in result["turns"][1]["moves"]]
    [cue] = result["cues"]
    assert {"t", "move", "say", "because"} <= set(cue)
    assert (cue["t"], cue["end"]["end"] if isinstance(cue["end"], dict) else cue["end"]) == (12, "repaired")
    assert result["commitments"][0]["due"].startswith("2026-11-21T12:00")


def test_replay_for_people_names_the_cue_and_the_promise(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without --json it reads like a page."""
    path = tmp_path / "call.json"
    path.write_text(json.dumps(CALL))
    assert cli.main(["replay", str(path)]) == 0
    out = capsys.readouterr().out
    assert "repaired" in out
    assert "call you back" in out
    assert "Summary" in out


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        '{"started_at": "2026-11-20T16:05", "turns": [{"t0": 3, "t1": 1, "text": "x"}]}',
        '{"started_at": "someday", "turns": []}',
        '{"started_at": "2026-11-20T16:05", "turns": [{"t0": NaN, "t1": 1, "text": "x"}]}',
    ],
)
def test_replay_refuses_a_wrong_call(tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str) -> None:
    """Whatever is wrong with the file, one line names it."""
    path = tmp_path / "call.json"
    path.write_text(text)
    assert cli.main(["replay", str(path)]) == 2
    assert "call.json" in capsys.readouterr().err


def test_an_empty_call_has_an_empty_record(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """No turns is a call in which nothing was said, not an error."""
    path = tmp_path / "call.json"
    path.write_text('{"started_at": "2026-11-20T16:05", "turns": []}')
    assert cli.main(["replay", str(path), "--json"]) == 0
    result = json.loads(capsys.readouterr().out)
    assert (result["turns"], result["cues"], result["commitments"]) == ([], [], [])


@pytest.mark.models
def test_review_gives_words_with_times(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    whisper_dir: Path,
    three_sentences: Path,
) -> None:
    """A recording gives the same shape as a written call, plus words; and it can be kept and found again."""
    monkeypatch.setenv("SAMESIDE_MODELS", str(whisper_dir))
    assert cli.main(["review", str(three_sentences), "--json", "--save", "--at", "2026-11-19T10:00"]) == 0
    result = json.loads(capsys.readouterr().out)
    words = [word for turn in result["turns"] for word in turn["words"]]
    assert "friday" in " ".join(word["text"].lower() for word in words)
    assert all(word["t0"] <= word["t1"] for word in words)
    assert [promise["due"][:10] for promise in result["commitments"]] == ["2026-11-20"]
    assert cli.main(["calls", "list", "friday", "--json"]) == 0
    [row] = lines(capsys.readouterr().out)
    assert "«Friday" in row["snippet"]
    assert cli.main(["calls", "show", row["id"], "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["turns"] == result["turns"]


@pytest.mark.models
def test_a_stereo_recording_asks_for_the_agents_channel(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    whisper_dir: Path,
    three_sentences: Path,
    tmp_path: Path,
) -> None:
    """With the channel named nothing is said of it, and only the agent's promises are there."""
    monkeypatch.setenv("SAMESIDE_MODELS", str(whisper_dir))
    call = str(asset("calls", "internet-outage.flac"))
    assert cli.main(["review", call, "--channel", "left", "--json", "--at", "2026-11-18T15:10"]) == 0
    shown = capsys.readouterr()
    assert "channels" not in shown.err
    owners = [promise["owner"] for promise in json.loads(shown.out)["commitments"]]
    assert owners == ["company", "agent"]
    short = two_sided(three_sentences, tmp_path / "short.wav")
    assert cli.main(["review", str(short), "--json"]) == 0
    assert "--channel left or right" in capsys.readouterr().err


@pytest.mark.models
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.wav", b""),
        ("text.mp3", b"this is not audio at all, it is a letter\n" * 40),
        ("missing.wav", None),
    ],
)
def test_review_of_what_is_no_recording(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    whisper_dir: Path,
    name: str,
    content: bytes | None,
) -> None:
    """Exit code 2 and one line that names the file."""
    monkeypatch.setenv("SAMESIDE_MODELS", str(whisper_dir))
    if content is not None:
        (tmp_path / name).write_bytes(content)
    assert cli.main(["review", str(tmp_path / name)]) == 2
    err = capsys.readouterr().err
    assert name in err
    assert err.count("\n") == 1


def test_a_missing_model_says_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Before the first download every command that needs the model says which command fetches it."""
    monkeypatch.delenv("SAMESIDE_MODELS", raising=False)
    assert cli.main(["review", str(asset("calls", "parcel-recovery.flac"))]) == 2
    assert "sameside models get base" in capsys.readouterr().err


def test_doctor_says_what_to_do(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Every check answers; what is missing is told with its remedy, and the exit code is 2."""
    monkeypatch.delenv("SAMESIDE_MODELS", raising=False)
    assert cli.main(["doctor", "--json"]) == 2
    checks = {line["check"]: line for line in lines(capsys.readouterr().out)}
    assert checks["moves"]["ok"]
    assert checks["calls"]["ok"]
    assert not checks["recognition"]["ok"]
    assert "models get" in checks["recognition"]["found"]


def test_a_wrong_passphrase_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The store is never opened, replaced or harmed by a wrong passphrase."""
    assert cli.main(["calls"]) == 0
    monkeypatch.setenv("SAMESIDE_PASSPHRASE", "something else")
    assert cli.main(["calls"]) == 2
    monkeypatch.setenv("SAMESIDE_PASSPHRASE", "four cold hands")
    assert cli.main(["calls"]) == 0
    assert "passphrase" in capsys.readouterr().err


def test_our_own_fault_has_exit_code_one(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A bug is never dressed up as the user's mistake, and is written to the log."""

    def broken(_args: object) -> int:
        raise ZeroDivisionError("oops")

    def register(subparsers: Any) -> None:
        subparsers.add_parser("break").set_defaults(run=broken)

    assert cli.main(["break"], [register]) == 1
    assert "fault of its own" in capsys.readouterr().err


def test_a_log_that_cannot_be_written_is_told_by_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    """Where it is another user's, or the disk is full, a command says no traceback of ours."""
    (resources.log_dir() / "sameside.log").mkdir(parents=True)
    with cli.log_file():
        logging.getLogger("coach").warning("no faster model")
    assert capsys.readouterr().err == ""


def test_an_error_of_the_user_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    """Scripts can show standard error as it is."""

    def refuse(_args: object) -> int:
        raise KnownError("x", "Something\nis\nwrong.")

    def register(subparsers: Any) -> None:
        subparsers.add_parser("refuse").set_defaults(run=refuse)

    assert cli.main(["refuse"], [register]) == 2
    assert capsys.readouterr().err == "sameside: Something is wrong.\n"


@pytest.mark.parametrize(
    "command", ["listen", "review", "replay", "moves", "commitments", "calls", "models", "devices", "doctor"]
)
def test_every_command_explains_itself(capsys: pytest.CaptureFixture[str], command: str) -> None:
    """--help works for each of them."""
    with pytest.raises(SystemExit) as caught:
        cli.main([command, "--help"])
    assert caught.value.code == 0
    assert f"sameside {command}" in capsys.readouterr().out


def test_a_report_that_has_no_place_is_told_before_anything_is_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Not after a night of reading, when it is too late."""
    for report in (tmp_path / "nowhere" / "report.csv", tmp_path):
        assert cli.main(["review", "--report", str(report), "a.wav", "b.wav"]) == 2
        (line,) = capsys.readouterr().err.splitlines()
        assert f"no place for a report at {report}" in line


def test_what_looks_like_the_name_of_a_picture_is_printed_as_it_is(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A recording's name, or words of a summary."""
    printing.say("call:warning:2 [bold]")
    assert capsys.readouterr().out == "\ncall:warning:2 [bold]\n"
