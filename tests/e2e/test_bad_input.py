"""Bad recordings, bad lines and lost output: one plain line, exit code 2, and nothing is lost."""

from __future__ import annotations

import io
import json
import os
import re
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from coach import cli
from coach.session import Session
from tests.e2e.bad_files import NO_RECORDING, NO_SPEECH, encoded, noise, wav
from tests.e2e.command_line import ROOT, SAMESIDE, Capture, Recogniser, calls, told
from tests.fakes.waiting import WAIT_S

pytestmark = pytest.mark.usefixtures("own_home")

CALL = {"started_at": "2026-11-20T16:05", "turns": [{"t0": 0, "t1": 2, "text": "I'll call you tomorrow."}]}


def feed(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))


@pytest.mark.parametrize("name", NO_RECORDING)
def test_what_is_no_recording_is_refused_by_name(
    recogniser: Recogniser, capsys: Capture, tmp_path: Path, name: str
) -> None:
    """Whatever lies under the name, the user learns why it cannot be heard."""
    NO_RECORDING[name](tmp_path / name)
    out, err = told(capsys, "review", str(tmp_path / name))
    assert name in err
    assert out == ""


@pytest.mark.parametrize("name", NO_SPEECH)
def test_a_recording_in_which_nobody_speaks_is_told(
    recogniser: Recogniser, capsys: Capture, tmp_path: Path, name: str
) -> None:
    """The record is given, empty, and the user is pointed to the file and the channel."""
    (tmp_path / name).write_bytes(NO_SPEECH[name])
    out, err = told(capsys, "review", "--json", "--", str(tmp_path / name))
    assert json.loads(out)["turns"] == []
    assert f"No speech was heard in {' '.join(name.split())}" in err


@pytest.mark.skipif(sys.platform == "win32", reason="names are text there, and there are no such files")
def test_names_that_are_no_text_and_files_that_are_no_files(
    recogniser: Recogniser, capsys: Capture, tmp_path: Path
) -> None:
    """A call under an unspeakable name can be kept and listed; a pipe and a device are not waited for."""
    os.mkfifo(tmp_path / "pipe")
    for path in (str(tmp_path / "pipe"), "/dev/zero"):
        assert "not an ordinary file" in told(capsys, "review", path)[1]
    name = os.fsdecode(os.fsencode(tmp_path) + b"/bad\xff\xfe.wav")
    Path(name).write_bytes(wav(noise(0.1)))
    told(capsys, "review", "--save", name)
    assert [row["title"] for row in calls(capsys)] == ["bad??"]


@pytest.mark.parametrize(
    ("channel", "wrong"),
    [("8", "channels 0 to 7"), ("foo", "left, right"), ("-1", "left, right"), ("9" * 30, "channels 0 to 7")],
)
def test_a_channel_that_is_not_there_names_those_that_are(
    recogniser: Recogniser, capsys: Capture, tmp_path: Path, channel: str, wrong: str
) -> None:
    """The last of eight channels can be chosen, and the one after it cannot."""
    (tmp_path / "eight.wav").write_bytes(wav(noise(0.2, channels=8)))
    assert wrong in told(capsys, "review", str(tmp_path / "eight.wav"), f"--channel={channel}")[1]
    assert "No speech" in told(capsys, "review", str(tmp_path / "eight.wav"), "--channel=7")[1]


@pytest.mark.parametrize(
    ("name", "codec"), [("cut.wav", "pcm_s16le"), ("cut.flac", "flac"), ("cut.mp3", "mp3")]
)
def test_a_truncated_recording_counts_as_far_as_it_goes(
    recogniser: Recogniser, capsys: Capture, tmp_path: Path, three_sentences: Path, name: str, codec: str
) -> None:
    """What is there is heard and given, and the user learns where it stops."""
    encoded(three_sentences, tmp_path / name, codec)
    whole = (tmp_path / name).read_bytes()
    (tmp_path / name).write_bytes(whole[: len(whole) // 2])
    out, err = told(capsys, "review", "--json", str(tmp_path / name))
    assert json.loads(out)["turns"][0]["text"].startswith("Hello there.")
    assert re.search(r"ends early: it says it lasts 0:1\d but stops at 0:0\d", err)


def test_one_bad_file_does_not_cost_the_others(
    recogniser: Recogniser, capsys: Capture, tmp_path: Path, three_sentences: Path
) -> None:
    """Each file that can be heard is; the bad one is named once."""
    (tmp_path / "bad.wav").write_text("not a recording")
    out, err = told(capsys, "review", str(three_sentences), str(tmp_path / "bad.wav"), str(three_sentences))
    assert out.count("Hello there.") >= 2
    assert str(tmp_path / "bad.wav") in err


@pytest.mark.skipif(sys.platform == "win32", reason="signals are of another kind there")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, getattr(signal, "SIGHUP", None)])
def test_a_review_that_is_stopped_keeps_what_it_heard(
    recogniser: Recogniser,
    monkeypatch: pytest.MonkeyPatch,
    capsys: Capture,
    three_sentences: Path,
    number: signal.Signals,
) -> None:
    """Ctrl+C, a polite kill or a closed terminal: what was heard is shown, and the call is finished. A shell
    may tell of a closed terminal once more, while the last words are heard."""
    stop, stopped = Session.stop, threading.Event()

    def ask_in_the_middle() -> None:
        os.kill(os.getpid(), number)
        assert stopped.wait(WAIT_S)

    def stop_and_hear_again(session: Session) -> None:
        stop(session)
        if number != signal.SIGINT:
            os.kill(os.getpid(), number)
        stopped.set()

    monkeypatch.setattr(Session, "stop", stop_and_hear_again)
    recogniser.on_first = ask_in_the_middle
    before = signal.signal(number, signal.default_int_handler)  # nohup and the like have it ignored
    try:
        out, err = told(capsys, "review", "--save", str(three_sentences))
        assert signal.getsignal(number) is signal.default_int_handler
    finally:
        signal.signal(number, before)
    assert "Hello there." in out
    assert err == "sameside: stopped\n"
    [row] = calls(capsys)
    assert row["finished"]
    assert row["turns"] >= 1


@pytest.mark.parametrize(
    "when", ["someday", "", "0001-01-01", "9999-12-31T23:59:59", "2026-11-20T16:05+25:00"]
)
def test_a_time_no_call_began_at_is_refused(
    recogniser: Recogniser, capsys: Capture, three_sentences: Path, when: str
) -> None:
    """A slip in --at is told before any work is done."""
    for command in (["review", str(three_sentences)], ["commitments", os.devnull]):
        out, err = told(capsys, *command, f"--at={when}")
        assert "--at" in err
        assert out == ""


# Output that cannot be written


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
@pytest.mark.parametrize("extra", [[], ["--json"]])
def test_output_that_finds_no_room_or_no_reader(tmp_path: Path, extra: list[str]) -> None:
    """A full disk is told; a reader that has enough, like head, is no fault at all."""
    path = tmp_path / "call.json"
    path.write_text(json.dumps(CALL))
    command = [*SAMESIDE, "replay", str(path), *extra]
    with Path("/dev/full").open("w") as full:
        ended = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, cwd=ROOT)
    assert (ended.returncode, ended.stderr.count("\n")) == (2, 1)
    assert "no room left" in ended.stderr
    reading, writing = os.pipe()
    os.close(reading)
    ended = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, text=True, cwd=ROOT)
    os.close(writing)
    assert (ended.returncode, ended.stderr) == (0, "")


def test_closed_streams_and_a_narrow_encoding(tmp_path: Path) -> None:
    """A scheduler may start us without any stream, or in a locale that knows no typographic marks."""
    path = tmp_path / "call.json"
    path.write_text(json.dumps(CALL))
    script = "import sys; sys.stdin = sys.stdout = sys.stderr = None; from coach.cli import main; "
    script += f"sys.exit(main(['moves']) + main(['replay', {str(path)!r}]))"
    assert subprocess.run([sys.executable, "-c", script], cwd=ROOT).returncode == 0
    latin = os.environ | {"PYTHONIOENCODING": "latin-1"}
    ended = subprocess.run([*SAMESIDE, "replay", str(path)], capture_output=True, cwd=ROOT, env=latin)
    assert ended.returncode == 0
    assert "◆" in ended.stdout.decode("utf-8")


# Lines and written calls


@pytest.mark.parametrize(
    ("line", "named"),
    [
        (b'{"id": "a", "text": "\xff\xfe"}', "standard input is not UTF-8"),
        ('{"id": "a", "text": "hi"}'.encode("utf-16"), "standard input is not UTF-8"),
        (b'{"id": "a", "text": "a\x00b"}', "line 1"),
        (b'{"id": "a", "text": "\\ud800"}', "line 1"),
        (b"[" * 100_000, "line 1"),
        (b'{"id": true, "text": "x"}', "id: must be text or a whole number"),
        (b'{"id": null, "text": "x"}', "id: must be text or a whole number"),
        (b'{"id": 1.5, "text": "x"}', "id: must be text or a whole number"),
        (b'{"id": 1, "text": null}', "line 1"),
        (b'{"id": 1, "text": 5}', "text"),
        (b'{"id": 1, "text": "' + b"I will call. " * 400_000 + b'"}', "100000 characters"),
    ],
    ids=str,
)
@pytest.mark.parametrize("command", ["moves", "commitments"])
def test_a_bad_line_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: Capture, command: str, line: bytes, named: str
) -> None:
    """No answer is given for part of a batch, and a line of five megabytes is refused at once."""
    feed(monkeypatch, line + b"\n")
    out, err = told(capsys, command)
    assert named in err
    assert out == ""


@pytest.mark.parametrize("command", ["moves", "commitments"])
def test_lines_that_are_only_unusual_are_answered(
    monkeypatch: pytest.MonkeyPatch, capsys: Capture, command: str
) -> None:
    """Byte order mark, CRLF, blank lines, Unicode line ends, control characters, unknown fields."""
    texts = [
        "Calm\u2028down\u0085now.",
        "\x1b[31m\x00\x07",
        "",
        " " * 1000,
        "👩‍👩‍👧 I’ll call you ﷽",
        "x" * 30_000,
    ]
    sent = [{"id": 10**30 + n, "text": text, "zzz": 1} for n, text in enumerate(texts)]
    lines = [json.dumps(line, ensure_ascii=n % 2 > 0) for n, line in enumerate(sent)]
    feed(monkeypatch, b"\xef\xbb\xbf" + "\r\n\r\n".join(lines).encode() + b"\r\n\n  \n")
    assert cli.main([command]) == 0
    answers = [json.loads(line) for line in capsys.readouterr().out.split("\n")[:-1]]
    assert [answer["id"] for answer in answers] == [10**30 + n for n in range(len(texts))]


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"turns": [{"t0": -1, "t1": 1, "text": "x"}]}, "turns.0.t0"),
        ({"turns": [{"t0": 0, "t1": 1e15, "text": "x"}]}, "turns.0.t1"),
        ({"turns": [{"t0": 0, "t1": float("inf"), "text": "x"}]}, "turns.0.t1"),
        ({"turns": [{"t0": 0, "t1": 1, "text": 5}]}, "turns.0.text"),
        ({"turns": None}, "turns"),
        ({"started_at": "9999-12-31T23:59:59"}, "started_at: the year 9999"),
        ({"started_at": "0001-01-01"}, "started_at: the year 1"),
    ],
)
def test_a_written_call_that_cannot_be_names_its_field(
    tmp_path: Path, capsys: Capture, change: dict[str, Any], named: str
) -> None:
    """Times before the call, beyond any call, beyond the calendar."""
    (tmp_path / "call.json").write_text(json.dumps(CALL | change))
    assert named in told(capsys, "replay", str(tmp_path / "call.json"))[1]


def test_turns_that_overlap_or_are_out_of_order_are_put_in_order(tmp_path: Path, capsys: Capture) -> None:
    """Unknown fields are passed over, markup in a text is only text, and silence is no fault."""
    texts = [(50, 51, "Third [/bold] [x]."), (0, 9, "First."), (5, 7, "Second."), (60, 60, "")]
    turns = [{"t0": t0, "t1": t1, "text": text, "zzz": 1} for t0, t1, text in texts]
    (tmp_path / "call.json").write_text(json.dumps(CALL | {"turns": turns, "zzz": 1}))
    assert cli.main(["replay", str(tmp_path / "call.json")]) == 0
    out = capsys.readouterr().out
    assert out.index("First.") < out.index("Second.") < out.index("Third [/bold] [x].")
