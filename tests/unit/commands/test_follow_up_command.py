"""``sameside follow-up``: the list, what is done with it, and what it says when that cannot be."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from coach import cli
from coach.calls.summary import conclude
from coach.commands import follow_up as command
from coach.events import CallHeader, CallRecord, CallSource, Commitment, Owner, Turn
from coach.services.follow_up import EngineFollowUp
from tests.fakes.follow_up import MemoryFollowUp, follow_up_over

SAID = "I'll call you back by noon"


def now() -> dt.datetime:
    """A Tuesday; the day on which the tests are run does not count."""
    return dt.datetime(2026, 11, 24, 10, 30, tzinfo=ZoneInfo("Europe/London"))


class Services:
    def __init__(self, follow_up: EngineFollowUp) -> None:
        self.follow_up = follow_up


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A call of yesterday with one promise, due tomorrow; its id in the list."""
    monkeypatch.setenv("SAMESIDE_HOME", str(tmp_path / "home"))
    due = now() + dt.timedelta(days=1)
    made = Commitment("p-1", "call you back", Owner.AGENT, "by noon", due, False, SAID, 0, 1.0, 4.0)
    header = CallHeader("c1", now() - dt.timedelta(days=1), CallSource.LIVE, "Lost parcel")
    record = CallRecord(header, turns=[Turn(0, f"{SAID}.", 0.0, 5.0)], commitments=[made], duration_s=5.0)
    store = MemoryFollowUp({"c1": (record, conclude(record, {}))})
    services = Services(follow_up_over(store, now))
    monkeypatch.setattr(command, "make_services", lambda: services)
    return "c1:p-1"


def test_a_promise_from_list_to_kept_and_back(call: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Listed with its words, kept, gone from the list, taken back, listed again."""
    assert cli.main(["follow-up"]) == 0
    assert SAID in capsys.readouterr().out
    assert cli.main(["follow-up", "kept", call]) == 0
    capsys.readouterr()
    cli.main(["follow-up", "list"])
    assert "Nothing is to be kept" in capsys.readouterr().out
    cli.main(["follow-up", "list", "--all", "--json"])
    shown = json.loads(capsys.readouterr().out)
    assert (shown["state"], shown["history"][0]["step"]) == ("kept early", "kept")
    assert cli.main(["follow-up", "undo", call]) == 0
    cli.main(["follow-up", "list"])
    assert call in capsys.readouterr().out


def test_the_lists_name_may_be_left_out_before_what_it_is_to_show(
    call: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """As the reference has it: ``follow-up --all --json`` is ``follow-up list --all --json``."""
    cli.main(["follow-up", "kept", call])
    capsys.readouterr()
    for asked in (["--all", "--json"], ["list", "--all", "--json"], ["--all", "list", "--json"]):
        assert cli.main(["follow-up", *asked]) == 0
        assert json.loads(capsys.readouterr().out)["state"] == "kept early"
    assert cli.main(["follow-up", "--about", "nobody"]) == 0
    assert "Nothing is to be kept" in capsys.readouterr().out


def test_a_new_time_a_brief_and_a_calendar(
    call: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Re-agreed as one would say it; the brief and the file know of it; the past is refused."""
    assert cli.main(["follow-up", "re-agree", call, "in two days"]) == 0
    assert cli.main(["follow-up", "re-agree", call, "3 March 2020"]) == 2
    assert cli.main(["follow-up", "about", "c1", "Mrs Adeyemi"]) == 0
    capsys.readouterr()
    assert cli.main(["follow-up", "brief", "mrs adeyemi"]) == 0
    brief = capsys.readouterr().out
    assert "re-agreed" in brief
    assert "Last call" in brief
    path = tmp_path / "due.ics"
    assert cli.main(["follow-up", "export", str(path)]) == 0
    assert path.read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")
    assert cli.main(["follow-up", "export", str(path)]) == 2
    assert cli.main(["follow-up", "export", str(path), "--replace"]) == 0


def test_a_brief_is_found_by_a_part_of_the_name(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where only one name has it, or is it; where several have, they are told, and nothing is guessed."""
    store = MemoryFollowUp({})
    for number, name in enumerate(("Mrs Adeyemi", "Adeyemi", "Roof, 12 Mill Lane", "Mill Lane depot")):
        header = CallHeader(f"c{number}", now(), CallSource.LIVE, "A call")
        record = CallRecord(header, turns=[Turn(0, "Hello.", 0.0, 1.0)], duration_s=1.0)
        store.calls[f"c{number}"] = (record, conclude(record, {}))
        store.set_reference(f"c{number}", name)
    monkeypatch.setattr(command, "make_services", lambda: Services(follow_up_over(store, now)))
    for said, name in (("MRS", "Mrs Adeyemi"), ("adeyemi", "Adeyemi"), ("roof", "Roof, 12 Mill Lane")):
        assert cli.main(["follow-up", "brief", said]) == 0
        assert capsys.readouterr().out.startswith(f"{name}: 1 call\n")
    assert cli.main(["follow-up", "brief", "mill lane"]) == 2
    assert "Mill Lane depot; Roof, 12 Mill Lane" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words",
    [
        ["kept", "c1:p-9"],
        ["kept", "nonsense"],
        ["re-agree", "c1:p-1", "the 31st of February"],
        ["brief", "nobody"],
        ["export", "due.docx"],
        ["undo", "c1:p-1"],
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(
    call: str, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 2 and a sentence; nothing is changed."""
    assert cli.main(["follow-up", *words]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1
    cli.main(["follow-up", "list"])
    assert call in capsys.readouterr().out
