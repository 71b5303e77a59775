"""What the organisation laid down, on the command line: in force, and told where it is wrong or refuses."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from coach import cli, resources
from coach.bootstrap import load_settings, office_in_effect, settings_path
from coach.settings import SET_BY, Settings, save

Lines = pytest.CaptureFixture[str]


@pytest.fixture
def policy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SAMESIDE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("SAMESIDE_PASSPHRASE", "four cold hands")
    path = tmp_path / "policy.toml"
    monkeypatch.setenv(resources.POLICY_VARIABLE, str(path))
    return path


def doctor(capsys: Lines) -> dict[str, dict[str, object]]:
    cli.main(["doctor", "--json"])
    return {line["check"]: line for line in map(json.loads, capsys.readouterr().out.splitlines())}


def test_it_holds_over_what_the_user_saved(policy: Path) -> None:
    """Each command reads it anew."""
    mine = Settings()
    mine.cues.playbook = "mine.toml"
    save(mine, settings_path())
    policy.write_text("cues.playbook = '/opt/ours.toml'", encoding="utf-8")
    chosen, trouble = load_settings()
    assert (chosen.cues.playbook, trouble) == ("/opt/ours.toml", None)
    policy.unlink()
    assert load_settings()[0].cues.playbook == "mine.toml"


def test_the_doctor_says_what_is_laid_down_and_what_is_wrong(policy: Path, capsys: Lines) -> None:
    """For whoever wrote the file: the names that hold, or the line to mend."""
    assert doctor(capsys)["policy"] == {"check": "policy", "ok": True, "found": "none"}
    policy.write_text("privacy.keep_days = 30\nsharing.folder = ''", encoding="utf-8")
    found = doctor(capsys)["policy"]
    assert found["ok"]
    assert found["found"] == f"{policy} sets privacy.keep_days, sharing.folder, sharing.mount, sharing.rule"
    policy.write_text("sharing.seal = false", encoding="utf-8")
    found = doctor(capsys)["policy"]
    assert not found["ok"]
    assert "sharing.seal: It can only be true." in str(found["found"])


def test_a_country_that_is_none_does_not_count(policy: Path, capsys: Lines) -> None:
    """Every call would be refused, for dates are counted by it. The doctor names it, and calls go on."""
    policy.write_text("office.country = 'XX-NOWHERE'", encoding="utf-8")
    found = doctor(capsys)
    assert "office.country" in str(found["policy"]["found"])
    assert not found["policy"]["ok"]
    assert found["settings"]["ok"]
    assert office_in_effect(load_settings()[0], dt.date(2026, 12, 31)).is_open(dt.date(2027, 1, 4))


def test_a_wrong_file_is_told_and_stops_nothing(policy: Path, capsys: Lines) -> None:
    """One line on standard error, the answer on standard output, and exit code 0."""
    policy.write_text("sharing.seal = false\ncolour = 'red'", encoding="utf-8")
    assert cli.main(["calls", "--json"]) == 0
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert "sharing.seal" in told
    assert "colour" in told


def test_sharing_into_a_folder_is_refused_in_the_same_words(policy: Path, capsys: Lines) -> None:
    """As the window says it."""
    policy.write_text("sharing.folder = ''", encoding="utf-8")
    assert cli.main(["share", "send", "c1"]) == 2
    assert SET_BY in capsys.readouterr().err
