"""Every written call of tests/scenarios: the manual of the cue policy."""

from __future__ import annotations

from pathlib import Path

import pytest

from coach import resources
from coach.coaching.closing import load_closing
from coach.coaching.pacing import Pacing
from coach.coaching.playbook import Playbook
from coach.coaching.policy import RepairPolicy
from coach.commands.scenario import (
    STARTED_AT,
    Scenario,
    ScriptedDetector,
    differences,
    play,
    read_scenario,
)
from coach.commitments.extract import RuleExtractor
from coach.errors import KnownError
from coach.events import CallHeader, CallRecord, CallSource
from coach.moves.partial import PartialJudge
from coach.pipeline import Coach

SCENARIOS = sorted(Path(__file__).parents[2].joinpath("scenarios").glob("*.toml"))


def read(path: Path) -> Scenario:
    return read_scenario(path.read_text(encoding="utf-8"), path.name)


def played(scenario: Scenario, playbook: Playbook) -> CallRecord:
    detector = ScriptedDetector(scenario)
    pacing = Pacing.chosen(scenario.cues)
    policy = RepairPolicy(playbook, pacing, load_closing(resources.asset("closing.toml")))
    partial = PartialJudge(detector, detector.thresholds, pacing.urgent, clock=lambda: 0.0)
    record = CallRecord(CallHeader("call", STARTED_AT, CallSource.WRITTEN, scenario.title))
    coach = Coach(record, detector, RuleExtractor(), policy, partial=partial)
    list(play(coach, scenario))
    return record


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_scenario(path: Path, playbook: Playbook) -> None:
    """A written call gets exactly the cues it says, each ending as it says, and no others."""
    scenario = read(path)
    assert differences(played(scenario, playbook), scenario) == []


def test_scenarios_are_complete() -> None:
    """There are scenarios for every rule, calm ones enough, and each is explained."""
    scenarios = {path.stem: read(path) for path in SCENARIOS}
    calm = [one for name, one in scenarios.items() if name.startswith("calm_")]
    assert len(scenarios) >= 40
    assert len(calm) >= 10
    assert all(not one.expect for one in calm)
    assert all(one.title and one.about and one.turn for one in scenarios.values())


@pytest.mark.parametrize("path", SCENARIOS[:3], ids=lambda path: path.stem)
def test_a_missing_cue_is_noticed(path: Path, playbook: Playbook) -> None:
    """The comparison can fail: a cue that is expected and does not come is told, and so is one too many."""
    scenario = read(path)
    record = played(scenario, playbook)
    scenario.expect = [*scenario.expect, {"after_turn": 1, "cue": "blaming"}]
    assert "came none" in differences(record, scenario)[-1]
    if record.cues:
        scenario.expect = []
        assert "expected none" in differences(record, scenario)[0]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ('title = "x"\n[[turn]]\nt0 = 1.0\nt1 = 2.0\ntext = "Hi."\nmoves = ["blamng"]', "turn.0: blamng"),
        ('title = "x"\n[[turn]]\nt0 = 3.0\nt1 = 2.0\ntext = "Hi."', "t1 (2.0) is before t0 (3.0)"),
        ('title = "x"\nlevel = "loud"', "cues.level"),
        ("title = ", "end of document"),
        ('title = "x"\nturns = 3', "turns"),
    ],
)
def test_a_mistake_in_a_scenario_is_named(text: str, names: str) -> None:
    """Whoever writes a scenario is told what to correct, and where."""
    with pytest.raises(KnownError) as caught:
        read_scenario(text, "mine.toml")
    assert caught.value.code == "input-damaged"
    assert "mine.toml" in caught.value.message
    assert names in caught.value.message
