"""A machine that lacks or breaks something: one plain line, exit code 2, and nothing kept is lost."""

from __future__ import annotations

import functools
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import keyring
import pytest
from keyring.backends import null
from sqlalchemy import event
from sqlalchemy.pool import Pool

from coach import cli
from coach.audio import microphone
from coach.errors import KnownError
from coach.services import opened
from coach.store.connect import PAGE_BYTES, connect
from coach.store.key import StoreKey
from coach.store.local import LocalStore
from tests.e2e.bad_files import noise, wav
from tests.e2e.command_line import PASSPHRASE, ROOT, Capture, Recogniser, calls, replace_recogniser, told

pytestmark = pytest.mark.usefixtures("own_home")


@pytest.mark.parametrize("extra", [[], ["--json"], ["--device", "ALSA|gone"]])
def test_no_microphone_and_no_portaudio(
    recogniser: Recogniser, monkeypatch: pytest.MonkeyPatch, capsys: Capture, extra: list[str]
) -> None:
    """A call without a microphone waits for one, ends when asked, says what was missing, and is no call."""

    def missing() -> None:
        raise KnownError("portaudio-missing", "PortAudio is missing. Install it.")

    monkeypatch.setattr(microphone, "load_portaudio", missing)
    assert "PortAudio" in told(capsys, "listen", "--seconds", "0.1", *extra)[1]
    assert calls(capsys) == []


@pytest.mark.parametrize("seconds", ["-1", "nan", "inf", "1e30"])
def test_a_time_nobody_can_listen_for_is_refused(capsys: Capture, seconds: str) -> None:
    """Said before a microphone is opened or a call begun."""
    assert "--seconds" in told(capsys, "listen", f"--seconds={seconds}")[1]


@pytest.mark.models
@pytest.mark.skipif(sys.platform == "win32", reason="there is no such kill there")
def test_a_killed_call_is_finished_later(
    monkeypatch: pytest.MonkeyPatch, capsys: Capture, whisper_dir: Path
) -> None:
    """Kill -9 in the middle of a call leaves a call that is finished when it is next asked for."""
    monkeypatch.setenv("SAMESIDE_MODELS", str(whisper_dir))
    command = [sys.executable, "-m", "tests.e2e.listening", "listen", "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=ROOT) as listening:
        try:
            assert listening.stdout is not None
            assert any(json.loads(line)["event"] == "session_started" for line in listening.stdout)
            [row] = calls(capsys)
            assert not row["finished"]
            assert "still running" in told(capsys, "calls", "show", row["id"])[1]
        finally:
            listening.kill()
    assert cli.main(["calls", "show", row["id"], "--json"]) == 0
    assert "summary" in json.loads(capsys.readouterr().out)
    assert calls(capsys)[0]["finished"]


# Store, settings, models


def unlocked(own_home: Path) -> Any:
    """A connection of some other program to the calls."""
    return connect(own_home / "data" / "calls.db", StoreKey.from_passphrase(PASSPHRASE).unlock)


@pytest.fixture(scope="module")
def home_with_a_call(tmp_path_factory: pytest.TempPathFactory, three_sentences: Path) -> Path:
    """Made once: to be copied, not to be used."""
    home = tmp_path_factory.mktemp("kept") / "home"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SAMESIDE_HOME", str(home))
        patch.setenv("SAMESIDE_PASSPHRASE", PASSPHRASE)
        replace_recogniser(patch)
        assert cli.main(["review", "--save", str(three_sentences)]) == 0
    return home


@pytest.fixture
def kept(recogniser: Recogniser, home_with_a_call: Path, own_home: Path) -> None:
    """One call is in the store."""
    shutil.copytree(home_with_a_call, own_home)


@pytest.mark.parametrize("what", ["corrupt", "newer", "passphrase", "no passphrase", "folder"])
def test_a_store_that_does_not_open_is_told_and_left_alone(
    kept: None,
    own_home: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: Capture,
    three_sentences: Path,
    what: str,
) -> None:
    """Nothing is begun that could not be kept, and no byte of the calls changes."""
    path = own_home / "data" / "calls.db"
    if what == "corrupt":
        path.write_bytes(b"hello" * 5000)
    elif what == "newer":
        with closing(unlocked(own_home)) as other:
            other.execute("UPDATE alembic_version SET version_num = '9999'")
    elif what == "passphrase":
        monkeypatch.setenv("SAMESIDE_PASSPHRASE", "something else")
    elif what == "no passphrase":
        monkeypatch.delenv("SAMESIDE_PASSPHRASE")
    else:
        path.rename(own_home / "moved.db")
        path.mkdir()
    before = path.read_bytes() if path.is_file() else b""
    said = {"corrupt": "is damaged", "newer": "newer Sameside", "folder": "may not read and write"}
    for command in (["calls"], ["review", "--save", str(three_sentences)], ["listen", "--seconds", "1"]):
        out, err = told(capsys, *command)
        assert said.get(what, "passphrase") in err
        assert out == ""
    assert (path.read_bytes() if path.is_file() else b"") == before


def test_without_a_keyring_a_passphrase_is_asked_for(
    recogniser: Recogniser, monkeypatch: pytest.MonkeyPatch, capsys: Capture, own_home: Path
) -> None:
    """No call is kept unlocked because there was nowhere to put its key."""
    monkeypatch.delenv("SAMESIDE_PASSPHRASE")
    monkeypatch.setattr(keyring, "get_keyring", null.Keyring)
    assert "SAMESIDE_PASSPHRASE" in told(capsys, "calls")[1]
    assert not (own_home / "data" / "calls.db").exists()


def test_a_file_where_a_folder_should_be(recogniser: Recogniser, capsys: Capture, own_home: Path) -> None:
    """Whether it is the calls' folder, that of the settings or the whole own_home."""
    own_home.mkdir()
    for name in ("data", "log"):
        (own_home / name).write_text("")
    assert str(own_home / "data") in told(capsys, "calls")[1]
    for name in ("data", "log"):
        (own_home / name).unlink()
    own_home.rmdir()
    own_home.write_text("")
    assert str(own_home) in told(capsys, "calls")[1]


@pytest.fixture
def full_disk(kept: None, own_home: Path) -> Iterator[None]:
    """Every connection from now on finds room for two pages more."""
    pages = (own_home / "data" / "calls.db").stat().st_size // PAGE_BYTES + 2

    def limit(connection: Any, _record: Any) -> None:
        connection.execute(f"PRAGMA max_page_count = {pages}")

    event.listen(Pool, "connect", limit)
    yield
    event.remove(Pool, "connect", limit)


def test_a_full_disk_does_not_cost_what_was_heard(
    full_disk: None, recogniser: Recogniser, capsys: Capture, three_sentences: Path
) -> None:
    """The review is shown all the same, with what to do; the older call is as it was."""
    recogniser.said = ("Hello", f"th{'e' * 30_000}re.")
    out, err = told(capsys, "review", "--save", "--again", str(three_sentences))
    assert "is full. Free some space" in err
    assert "Hello theee" in out
    assert calls(capsys)[-1]["turns"] == 2


def test_a_locked_store_does_not_cost_what_was_heard(
    kept: None, own_home: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture, three_sentences: Path
) -> None:
    """The review is shown all the same, with the reason why it was not kept; the old call is as it was."""
    monkeypatch.setattr(opened, "LocalStore", functools.partial(LocalStore, busy_timeout_ms=1))
    with closing(unlocked(own_home)) as other:
        other.execute("BEGIN EXCLUSIVE")
        out, err = told(capsys, "review", "--save", "--again", str(three_sentences))
    assert "Another program is using your calls" in err
    assert "Hello there." in out
    assert [row["finished"] for row in calls(capsys)] == [True]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("not toml [", "settings.toml cannot be read"),
        ("version = 99", "newer Sameside"),
        ("version = -3", "no version -3"),
        ("[listening]\nthreads = 99", "listening.threads"),
        (None, "settings.toml cannot be read"),
    ],
)
def test_settings_that_cannot_be_used_are_named(
    capsys: Capture, own_home: Path, text: str | None, named: str
) -> None:
    """Commands that need them say which file; doctor goes on to the other checks."""
    (own_home / "config").mkdir(parents=True)
    path = own_home / "config" / "settings.toml"
    path.mkdir() if text is None else path.write_text(text)
    assert named in told(capsys, "calls")[1]
    assert cli.main(["doctor", "--json"]) == 2
    checks = {line["check"]: line for line in map(json.loads, capsys.readouterr().out.splitlines())}
    assert named in checks["settings"]["found"]
    assert checks["moves"]["ok"]


def test_a_models_folder_that_holds_nothing_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: Capture, tmp_path: Path
) -> None:
    """A slip in SAMESIDE_MODELS shows in the message; a damaged copy there is the user's to mend."""
    (tmp_path / "short.wav").write_bytes(wav(noise(0.1)))
    monkeypatch.setenv("SAMESIDE_MODELS", str(tmp_path / "nonsense"))
    assert f"nor in {tmp_path / 'nonsense'}" in told(capsys, "review", str(tmp_path / "short.wav"))[1]
    own = tmp_path / "nonsense" / "whisper-base"
    own.mkdir(parents=True)
    (own / "model.bin").write_bytes(b"cut")
    assert "unset SAMESIDE_MODELS" in told(capsys, "review", str(tmp_path / "short.wav"))[1]


def test_models_that_cannot_be_fetched_are_told(capsys: Capture, own_home: Path, tmp_path: Path) -> None:
    """A folder without the files, a cache that cannot be written, a name nobody knows."""
    assert "does not hold" in told(capsys, "models", "get", "base", "--from", str(tmp_path))[1]
    assert "no model called" in told(capsys, "models", "get", "nope")[1]
    (tmp_path / "model.bin").write_bytes(b"cut")
    own_home.mkdir(exist_ok=True)
    (own_home / "cache").write_text("")
    assert "cannot be written" in told(capsys, "models", "get", "base", "--from", str(tmp_path))[1]
