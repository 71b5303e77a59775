"""``sameside replay`` of a scenario: the manual, read aloud."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from coach import cli

SCENARIOS = Path(__file__).parents[2] / "scenarios"


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMESIDE_HOME", str(tmp_path))


def test_a_scenario_reads_like_a_page(capsys: pytest.CaptureFixture[str]) -> None:
    """What it shows, every turn with its moves, each card where it comes and how it ends."""
    assert cli.main(["replay", str(SCENARIOS / "context_pressed_three_times.toml")]) == 0
    out = capsys.readouterr().out
    for words in (
        "The same point for the third time",
        "cues: standard",
        "▲ convincing",
        "the same point for the third time",
        "✓ repaired",
        "Every cue is as the scenario says",
    ):
        assert words in out


def test_a_scenario_that_is_wrong_says_where(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Who writes down how it should be learns where it is not: in words, and by the exit code."""
    text = (SCENARIOS / "expired_by_time.toml").read_text(encoding="utf-8")
    path = tmp_path / "mine.toml"
    path.write_text(text.replace('cue = "blaming"', 'cue = "delaying"'), encoding="utf-8")
    assert cli.main(["replay", str(path)]) == 1
    assert "cue 1: expected after_turn 1, cue delaying" in capsys.readouterr().out


def test_a_scenario_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    """The whole record, with what earlier turns had to do with a move."""
    assert cli.main(["replay", str(SCENARIOS / "context_pressed_three_times.toml"), "--json"]) == 0
    record = json.loads(capsys.readouterr().out)
    (move,) = record["turns"][2]["moves"]
    assert move["context"] == record["cues"][0]["because"]["context"] == "the same point for the third time"


def test_a_damaged_scenario_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One line names the file and the key."""
    path = tmp_path / "mine.toml"
    path.write_text('title = "x"\nlevel = "loud"\n', encoding="utf-8")
    assert cli.main(["replay", str(path)]) == 2
    assert "cues.level" in capsys.readouterr().err
