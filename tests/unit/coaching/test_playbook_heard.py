"""The lines Sameside offers, as its own detector hears them."""

from __future__ import annotations

import pytest

from coach import resources
from coach.bootstrap import load_detector
from coach.coaching.playbook import Playbook, load_playbook
from coach.moves.detector import OnnxMoveDetector
from coach.taxonomy import CONTENTIOUS, MOVES

HEARD_AT_LEAST = 0.9


def offered(playbook: Playbook) -> dict[str, str]:
    """Every line to say and every example, with the repair it is meant to make."""
    meant: dict[str, str] = {}
    for name in playbook.names():
        meant.update(dict.fromkeys(playbook.entry(name).examples, name))
    for entry in (*playbook.moves.values(), *playbook.flags.values()):
        meant.update({said.line: said.makes for said in entry.say})
    return meant


@pytest.fixture(scope="module")
def lines() -> dict[str, str]:
    return offered(load_playbook(resources.asset("playbook.toml")))


@pytest.fixture(scope="module")
def heard(lines: dict[str, str]) -> dict[str, set[str]]:
    """The moves the shipped detector hears in each line."""
    detector: OnnxMoveDetector = load_detector()
    return {line: {move.name for move in detector.judge(line)[0]} for line in lines}


def test_every_line_is_judged(lines: dict[str, str]) -> None:
    """None is left out, and each is meant to make a move there is."""
    assert len(lines) > 350
    assert set(lines.values()) <= set(MOVES) - set(CONTENTIOUS)


def test_no_offered_line_is_held_against_the_agent(heard: dict[str, set[str]]) -> None:
    """Who says word for word what the card offers is never told that it made things worse."""
    assert {line: moves & set(CONTENTIOUS) for line, moves in heard.items() if moves & set(CONTENTIOUS)} == {}


def test_an_offered_line_turns_the_card_green(lines: dict[str, str], heard: dict[str, set[str]]) -> None:
    """At least nine lines in ten are heard as the repair they are meant to make."""
    missed = {line: meant for line, meant in lines.items() if meant not in heard[line]}
    assert len(missed) <= (1 - HEARD_AT_LEAST) * len(lines), missed
