"""Role-play: every scenario is sound, ends, and answers the moves it hears."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.bootstrap import load_detector
from coach.practice.library import load_scenario
from coach.practice.roleplay import Standing, answer, begin, debrief
from coach.practice.scenario import Rule, Scenario, State
from coach.practice.scenario_check import candidate_turns, problems, walk
from coach.resources import asset
from coach.taxonomy import CONTENTIOUS, MOVES, REPAIR
from tests.unit.practice.practice_parts import NAMES

SOURCES = {f"{letter}{number}" for letter in "ABCDE" for number in range(1, 9)}
FILES = sorted(asset("practice", "roleplay").glob("*.toml"))
IDS = [file.stem for file in FILES]


@cache
def scenario_of(name: str) -> Scenario:
    return load_scenario(asset("practice", "roleplay", f"{name}.toml"), SOURCES)


def play(scenario: Scenario, turns: list[frozenset[str]]) -> Standing:
    standing = begin(scenario)
    for turn in turns:
        if standing.ending is None:
            standing = answer(scenario, standing, turn)
    return standing


@pytest.mark.parametrize("name", IDS)
def test_every_state_is_reached_and_every_ending_too(name: str) -> None:
    """Nothing was written in vain; good, so-so and bad can all happen, and the file is named by its id."""
    scenario = scenario_of(name)
    assert scenario.id == name
    assert list(problems(scenario)) == []
    reached = {state for state, _ in walk(scenario)}
    assert reached | {scenario.time_up} == set(scenario.states)
    endings = {scenario.states[state].ending for state in reached | {scenario.time_up}}
    assert endings == {None, "good", "so-so", "bad"}


@settings(max_examples=50)
@given(
    st.sampled_from(IDS),
    st.lists(st.frozensets(st.sampled_from(MOVES), max_size=4), min_size=12, max_size=12),
)
def test_every_call_ends_in_time_whatever_is_said(name: str, turns: list[frozenset[str]]) -> None:
    """At most the written number of turns, always with a line, and never a word after the end."""
    scenario = scenario_of(name)
    standing = play(scenario, turns)
    assert standing.ending is not None
    assert 1 <= len(standing.steps) <= scenario.most_turns
    assert standing.line
    with pytest.raises(ValueError, match="over"):
        answer(scenario, standing, {"owning"})


@settings(max_examples=50)
@given(st.sampled_from(IDS), st.lists(st.sampled_from(CONTENTIOUS), min_size=12, max_size=12))
def test_trouble_alone_never_ends_well(name: str, moves: list[str]) -> None:
    """Whoever only makes things worse gets a bad ending, and on the way the heat never falls."""
    standing = play(scenario_of(name), [frozenset({move}) for move in moves])
    assert standing.ending == "bad"
    assert all(step.heat_after >= step.heat_before for step in standing.steps)


@settings(max_examples=50)
@given(st.sampled_from(IDS), st.lists(st.sampled_from(REPAIR), min_size=12, max_size=12))
def test_repairs_alone_never_end_badly(name: str, moves: list[str]) -> None:
    """Whoever only repairs is never shouted at; how well it ends depends on what was needed."""
    standing = play(scenario_of(name), [frozenset({move}) for move in moves])
    assert standing.ending in {"good", "so-so"}
    assert all(step.heat_after <= step.heat_before for step in standing.steps[:-1])


@pytest.mark.parametrize("name", IDS)
def test_silence_stays_and_runs_out_of_time(name: str) -> None:
    """Saying nothing that counts changes nothing; the customer says something else each time."""
    scenario = scenario_of(name)
    standing = play(scenario, [frozenset()])
    assert (standing.state, standing.heat) == (scenario.start, scenario.states[scenario.start].heat)
    assert standing.line in scenario.states[scenario.start].again
    ended = play(scenario, [frozenset()] * 12)
    assert (ended.state, len(ended.steps)) == (scenario.time_up, scenario.most_turns)


@pytest.mark.parametrize("name", IDS)
def test_a_good_answer_after_a_bad_one_can_still_save_it(name: str) -> None:
    """One slip is never the end: from after it, a good ending is within reach."""
    scenario = scenario_of(name)
    slipped = answer(scenario, begin(scenario), {"dismissing"})
    assert slipped.ending is None
    waiting, good = [slipped], False
    for _ in range(scenario.most_turns - 1):
        reached = [
            answer(scenario, s, t) for s in waiting if s.ending is None for t in candidate_turns(scenario)
        ]
        good = good or any(standing.ending == "good" for standing in reached)
        waiting = list({(standing.state, standing.heard): standing for standing in reached}.values())
        if good:
            break
    assert good


GOOD_TURNS = (
    "I'm so sorry, that was our mistake, and I can see why you'd be upset about it.",
    "It went wrong because our system sent it to the wrong place, and we're looking at why that happens.",
    "I can offer you a replacement today, free of charge, or your money back. Which would you like?",
    "I'll see to it myself this afternoon and ring you by five today to tell you it's done.",
)
POOR_TURNS = (
    "Calm down, it's not that bad.",
    "Well, you should have called us sooner, shouldn't you?",
    "As I already told you, those are the rules.",
)


def test_the_real_detector_wins_and_loses_every_call() -> None:
    """Typed words reach the machine: plain repairs mostly end well, never badly; plain trouble ends badly."""
    detector = load_detector()
    heard = {line: frozenset(m.name for m in detector.judge(line)[0]) for line in GOOD_TURNS + POOR_TURNS}
    won = [play(scenario_of(name), [heard[line] for line in GOOD_TURNS * 3]).ending for name in IDS]
    lost = [play(scenario_of(name), [heard[line] for line in POOR_TURNS * 4]).ending for name in IDS]
    assert "bad" not in won
    assert won.count("good") >= len(IDS) / 2
    assert set(lost) == {"bad"}


def small(**changed: State) -> Scenario:
    states = {
        "start": State(
            heat=3,
            says="Hello?",
            again=("Well?", "And?"),
            otherwise="start",
            on=(
                Rule(to="bad", heard=("contentious",), without=("owning",)),
                Rule(to="good", one_of=("owning", "offering"), so_far=("apologising",)),
                Rule(to="so-so", heard=("committing",)),
            ),
        ),
        "good": State(heat=0, says="Thank you.", ending="good"),
        "so-so": State(heat=1, says="Fine.", ending="so-so"),
        "bad": State(heat=5, says="Goodbye.", ending="bad"),
    }
    return Scenario(
        id="small",
        title="Small",
        trade="bank",
        setting="phone",
        customer="Ann",
        brief="You are here.",
        start="start",
        most_turns=4,
        time_up="so-so",
        sources=("A1",),
        states=states | changed,
    )


def test_rules_are_read_in_order_and_remember_what_was_said() -> None:
    """The first that fits decides; ``so_far`` counts earlier turns; the lines for staying take turns."""
    scenario = small()
    assert list(problems(scenario)) == []
    assert play(scenario, [frozenset({"owning"})]).line == "Well?"
    assert play(scenario, [frozenset(), frozenset({"learning"})]).line == "And?"
    assert play(scenario, [frozenset({"apologising"}), frozenset({"owning"})]).ending == "good"
    assert play(scenario, [frozenset({"blaming", "owning"})]).ending is None
    assert play(scenario, [frozenset({"blaming", "committing"})]).ending == "bad"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"lost": State(heat=1, says="?", again=("?",), otherwise="lost")}, "states.lost: cannot be reached"),
        ({"start": State(heat=3, says="?", on=(Rule(to="good", heard=("owning",)),))}, "a dead end"),
        ({"start": State(heat=3, says="?", otherwise="start")}, "nothing to say again"),
        ({"start": State(heat=3, says="?", otherwise="nowhere")}, "there is no state nowhere"),
        ({"good": State(heat=0, says="!", ending="good", otherwise="start")}, "nothing follows an ending"),
        ({"bad": State(heat=5, says="!", ending="so-so")}, "no bad ending"),
        (
            {
                "start": State(
                    heat=3,
                    says="?",
                    again=("?",),
                    otherwise="start",
                    on=(Rule(to="good", heard=("owning",), without=("repair",)),),
                )
            },
            "rule 1 can never fit",
        ),
        (
            {
                "start": State(
                    heat=3,
                    says="?",
                    again=("?",),
                    otherwise="start",
                    on=(Rule(to="good", one_of=("blaming",)), Rule(to="bad", one_of=("thanking",))),
                )
            },
            "blaming alone cools",
        ),
    ],
)
def test_mistakes_of_a_machine_are_found(changed: dict[str, State], said: str) -> None:
    """What an author can get wrong is named with its state."""
    assert any(said in problem for problem in problems(small(**changed)))


def test_a_wrong_start_and_a_wrong_time_up_are_found() -> None:
    """Both ends of the call must exist."""
    wrong = replace(small(), start="nowhere", time_up="start")
    assert list(problems(wrong)) == ["start: there is no state nowhere", "time_up: start is no ending"]


def test_the_debrief_tells_what_helped_and_what_heated() -> None:
    """The heat over the call, the moves behind it, and kind words; not before the call is over."""
    scenario = small()
    with pytest.raises(ValueError, match="not over"):
        debrief(begin(scenario), NAMES)
    good = debrief(play(scenario, [frozenset({"apologising"}), frozenset({"owning"})]), NAMES)
    assert (good.ending, good.heats, good.cooled_by) == ("good", (3, 3, 0), ("owning",))
    assert good.words == "That ended well. What helped: taking your part."
    bad = debrief(play(scenario, [frozenset({"blaming"})]), NAMES)
    assert (bad.heats, bad.heated_by) == ((3, 5), ("blaming",))
    assert "It is what practice is for. What heated it: putting it on the customer." in bad.words
    assert good.grade.value > bad.grade.value
