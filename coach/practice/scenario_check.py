"""What is wrong with a scenario as a machine: dead ends, states out of reach, heat that lies."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from itertools import product

from coach.practice.scenario import HOT, Rule, Scenario, State, spread_out
from coach.taxonomy import CONTENTIOUS, REPAIR

Turn = frozenset[str]


def problems(scenario: Scenario) -> Iterator[str]:
    """Each mistake as ``states.NAME: what is wrong``; nothing for a sound scenario."""
    shape = [*_names(scenario), *_shape(scenario)]
    yield from shape
    if not shape:
        yield from _reach(scenario)
        yield from _heat(scenario)


def _names(scenario: Scenario) -> Iterator[str]:
    states = scenario.states
    if scenario.start not in states:
        yield f"start: there is no state {scenario.start}"
    if scenario.time_up not in states or states[scenario.time_up].ending is None:
        yield f"time_up: {scenario.time_up} is no ending"
    for name, state in states.items():
        for target in (*(rule.to for rule in state.on), state.otherwise):
            if target and target not in states:
                yield f"states.{name}: there is no state {target}"
    for ending in ("good", "so-so", "bad"):
        if all(state.ending != ending for state in states.values()):
            yield f"states: no {ending} ending"


def _shape(scenario: Scenario) -> Iterator[str]:
    for name, state in scenario.states.items():
        if state.ending is not None:
            if state.on or state.otherwise or state.again:
                yield f"states.{name}: nothing follows an ending"
            continue
        if not state.otherwise:
            yield f"states.{name}: a dead end, otherwise is missing"
        if name in (state.otherwise, *(rule.to for rule in state.on)) and not state.again:
            yield f"states.{name}: can stay as it is and has nothing to say again"
        for number, rule in enumerate(state.on, start=1):
            if _smallest(rule) is None:
                yield f"states.{name}: rule {number} can never fit"


def _smallest(rule: Rule) -> Turn | None:
    """The fewest moves of one turn that fit the rule, but for what it wants so far."""
    barred = spread_out(rule.without)
    turn: set[str] = set()
    for wanted in (*([name] for name in rule.heard), *([rule.one_of] if rule.one_of else [])):
        able = [move for move in spread_out(wanted) if move not in barred]
        if not able:
            return None
        if not turn & set(able):
            turn.add(min(able))
    return frozenset(turn)


def candidate_turns(scenario: Scenario) -> list[Turn]:
    """Turns that try every rule: what each asks for, alone and with what earlier ones want, and silence."""
    wanted: set[Turn] = {frozenset(), frozenset({CONTENTIOUS[0]}), frozenset({REPAIR[0]})}
    for state in scenario.states.values():
        for rule in state.on:
            least = _smallest(rule)
            if least is not None:
                wanted.add(least)
                wanted.add(least | {min(spread_out([name])) for name in rule.so_far})
    return sorted(wanted, key=sorted)


def walk(scenario: Scenario) -> dict[tuple[str, frozenset[str]], int]:
    """Every (state, moves so far that matter) that can be reached in time, with the fewest turns to it."""
    matter = frozenset().union(
        *(spread_out(rule.so_far) for state in scenario.states.values() for rule in state.on)
    )
    turns = candidate_turns(scenario)
    start = (scenario.start, frozenset[str]())
    found, waiting = {start: 0}, deque([start])
    while waiting:
        place = waiting.popleft()
        name, so_far = place
        if found[place] >= scenario.most_turns or scenario.states[name].ending is not None:
            continue
        for turn in turns:
            now = so_far | (turn & matter)
            reached = (scenario.states[name].next(turn, so_far | turn), now)
            if reached not in found:
                found[reached] = found[place] + 1
                waiting.append(reached)
    return found


def _reach(scenario: Scenario) -> Iterator[str]:
    reached = {name for name, _ in walk(scenario)}
    for name in scenario.states:
        if name not in reached and name != scenario.time_up:
            yield f"states.{name}: cannot be reached in {scenario.most_turns} turns"


def _heat(scenario: Scenario) -> Iterator[str]:
    """Trouble alone never cools a customer, and a repair without trouble never heats one."""
    for name, state in scenario.states.items():
        if state.ending is not None:
            continue
        for move in CONTENTIOUS:
            if _heat_after(scenario, state, move, frozenset()) < state.heat:
                yield f"states.{name}: {move} alone cools the customer"
        for move, so_far in product(REPAIR, (frozenset[str](), frozenset(REPAIR))):
            if _heat_after(scenario, state, move, so_far) > min(state.heat, HOT):
                yield f"states.{name}: {move} alone heats the customer"


def _heat_after(scenario: Scenario, state: State, move: str, so_far: frozenset[str]) -> int:
    return scenario.states[state.next({move}, so_far | {move})].heat
