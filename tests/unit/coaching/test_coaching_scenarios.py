"""Every written call of tests/scenarios: the manual of the cue policy."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from coach.coaching.pacing import Pacing
from coach.events import Cue, CueEnd
from coach.taxonomy import MOVES

SCENARIOS = sorted(Path(__file__).parents[2].joinpath("scenarios").glob("*.toml"))


def played(call: Any, scenario: dict[str, Any]) -> list[dict[str, Any]]:
    """Play turns and the user's actions in the order of time, a tick each second; describe the cues."""
    steps = [(turn["t1"], "turn", turn) for turn in scenario["turn"]]
    steps += [(action["at"], "user", action) for action in scenario.get("user", [])]
    now_s = 0
    for at_s, kind, step in sorted(steps, key=lambda step: step[0]):
        while now_s < at_s:
            call.wait(float(now_s))
            now_s += 1
        if kind == "turn":
            call.say(step["t0"], step["t1"], *step["moves"], text=step["text"])
        else:
            call.put_away(at_s, CueEnd(step["puts_away"]))
    return [described(call, cue) for cue in call.cues]


def described(call: Any, cue: Cue) -> dict[str, Any]:
    after = next(turn.index for turn in call.record.turns if turn.end_s == cue.at_s)
    found: dict[str, Any] = {"after_turn": after + 1, "cue": cue.move, "say": cue.say}
    ended = call.record.cue_ends.get(cue.id)
    if ended is not None:
        found["then"] = ended.end.value
        if ended.by_move is not None:
            found |= {"by": ended.by_move, "in_turn": ended.turn_index + 1}
    return found


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_scenario(path: Path, new_call: Any) -> None:
    """A written call gets exactly the cues it says, each ending as it says, and no others."""
    scenario = tomllib.loads(path.read_text(encoding="utf-8"))
    call = new_call(Pacing.of(scenario.get("level", "standard")))
    cues = played(call, scenario)
    expected = scenario.get("expect", [])
    for cue, wanted in zip(cues, expected, strict=False):
        if "say" not in wanted:
            del cue["say"]
    assert cues == expected


def test_scenarios_are_complete() -> None:
    """There are calm calls enough, every scenario is explained, and only real moves are marked."""
    read = {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in SCENARIOS}
    calm = [one for name, one in read.items() if name.startswith("calm_")]
    assert len(calm) >= 4
    assert all("expect" not in one for one in calm)
    assert all(one["title"] and one["about"] for one in read.values())
    marked = {name for one in read.values() for turn in one["turn"] for name in turn["moves"]}
    assert marked <= set(MOVES)
