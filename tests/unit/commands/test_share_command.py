"""``sameside share`` and ``sameside inbox``: two people with a folder between them, scripted."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from coach import bootstrap, cli
from coach.calls.summary import summarise
from coach.services import opened
from tests.unit.calls.call_parts import TITLES
from tests.unit.sharing.share_parts import KEY, sample

Run = Callable[..., str]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command as "ann" or "sue", each with a home of their own, and give what it printed."""
    # Deriving a key from a passphrase takes long on purpose, and is tested elsewhere.
    monkeypatch.setattr(opened, "obtain_key", lambda *_asked: KEY)
    (tmp_path / "between").mkdir()

    def made(who: str, *words: str, code: int = 0) -> str:
        monkeypatch.setenv("SAMESIDE_HOME", str(tmp_path / who))
        assert cli.main([*words]) == code
        out = capsys.readouterr()
        return out.out + out.err

    for who in ("ann", "sue"):
        monkeypatch.setenv("SAMESIDE_HOME", str(tmp_path / who))
        services = bootstrap.make_services()
        if who == "ann":
            services.store().finish(sample(), summarise(sample(), TITLES))
            services.settings.sharing.folder = str(tmp_path / "between")
        else:
            services.settings.sharing.team_room = True
            services.settings.sharing.team_folders = [str(tmp_path / "between")]
        services.save_settings()
        services.close()
        made(who, "share", "key", "--name", who.title())
    return made


def test_a_summary_goes_there_and_a_note_comes_back(run: Run, tmp_path: Path) -> None:
    """Keys exchanged, shared without one line, listed, searched, read, noted, acknowledged."""
    ann, sue = (run(who, "share", "key").splitlines()[-1] for who in ("ann", "sue"))
    assert "known now" in run("ann", "share", "know", sue, "--reads")
    run("sue", "share", "know", ann, "--name", "Annie")
    assert "Annie  " in run("sue", "share", "people")
    assert "[keep.1.owning]" in run("ann", "share", "preview", "c1")
    sent = run("ann", "share", "send", "c1", "--leave-out", "keep.1.owning")
    assert Path(sent.strip()).parent == tmp_path / "between"
    (row,) = map(json.loads, run("sue", "inbox", "list", "--json").splitlines())
    assert (row["person"], row["opened"], row["figures"]["flags"]) == ("Annie", False, 1)
    assert "«Friday»" in run("sue", "inbox", "list", "--words", "friday", "--person", "annie")
    assert "No summaries" in run("sue", "inbox", "list", "--move", "selling")
    number = str(row["number"])
    shown = run("sue", "inbox", "show", number)
    assert "call you back on Friday" in shown
    assert "keep.1.owning" not in shown
    noted = run("sue", "inbox", "note", number, "Well caught.", "--line", "moments.0.blaming")
    assert "Noted for Annie" in noted
    assert "seconds 0 to" in run("sue", "inbox", "note", number, "Late.", "--at", "9999", code=2)
    status = run("ann", "share", "status")
    assert "opened by Sue" in status
    assert "0:00 Sue: Well caught. (new)" in status
    assert "1 acknowledged" in run("ann", "share", "acknowledge", "c1")
    run("sue", "inbox")
    assert "Well caught. (read " in run("sue", "inbox", "show", number)
    run("sue", "inbox", "delete", number)
    assert "No summaries" in run("sue", "inbox")
    run("sue", "inbox", "delete", number, "--undo")
    assert "A call" in run("sue", "inbox")


def test_the_right_to_read_goes_only_where_that_is_said(run: Run) -> None:
    """A key taken in again keeps the name and the right to read; ``--no-reads`` takes that away."""
    sue = run("sue", "share", "key").splitlines()[-1]
    assert "They do not read" in run("ann", "share", "know", sue)
    run("ann", "share", "know", sue, "--name", "Suzie", "--reads")
    assert "Suzie is known now. They read what you share." in run("ann", "share", "know", sue)
    people = run("ann", "share", "people")
    assert people.startswith("Suzie  ")
    assert "reads what you share" in people
    assert "They do not read" in run("ann", "share", "know", sue, "--no-reads")
    assert "reads what you share" not in run("ann", "share", "people")


def test_a_stranger_is_told_with_their_key(run: Run, tmp_path: Path) -> None:
    """A file by hand from somebody unknown: said in one line; the folder's are listed with the key to add."""
    sue = run("sue", "share", "key").splitlines()[-1]
    run("ann", "share", "know", sue, "--reads")
    mailed = str(tmp_path / "by mail.sameside")
    run("ann", "share", "send", "c1", "--to", mailed)
    assert "not among the people you know" in run("sue", "inbox", "take", mailed, code=2)
    assert mailed in run("sue", "inbox", "aside")
    run("ann", "share", "send", "c1")
    assert "1 set aside" in run("sue", "inbox")
    card = run("sue", "inbox", "aside").splitlines()[-1].strip()
    run("sue", "share", "know", card)
    assert "A call" in run("sue", "inbox")
    missing = str(tmp_path / "missing.sameside")
    taken = run("sue", "inbox", "take", missing, mailed, code=2)
    assert f"sameside: {missing}: " in taken
    assert f"{mailed}: nothing new for you" in taken
    assert "Taken back" in run("ann", "share", "take-back", "c1")
    assert "Nothing of call c1 is shared" in run("ann", "share", "take-back", "c1", code=2)
    assert not list((tmp_path / "between").glob("*Ann*"))
