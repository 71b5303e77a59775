"""What there is to practise with: enough of it, in order, and with samples that do what they say."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import get_args

import pytest

from coach.bootstrap import load_detector, shipped_playbook
from coach.practice.content import NO_MOVE, Trade
from coach.practice.drills import written_drill
from coach.practice.library import Library, lines_of, load_library
from coach.resources import asset
from coach.taxonomy import CONTENTIOUS, FITTING_REPAIRS, MOVES, REPAIR

HEARD_AT_LEAST = 0.9
TURNS = Path(__file__).parents[3] / "models" / "moves" / "turns"


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library(asset("practice"), shipped_playbook().sources)


def test_there_are_situations_for_every_move_and_trade(library: Library) -> None:
    """At least 60, five or more for each contentious move, two or more ways to say each, every trade met."""
    moves = Counter(situation.move for situation in library.situations)
    assert len(library.situations) >= 60
    assert set(moves) == set(CONTENTIOUS)
    assert min(moves.values()) >= 5
    assert {situation.trade for situation in library.situations} == set(get_args(Trade))
    assert {situation.setting for situation in library.situations} == {"phone", "counter"}
    assert min(len(situation.good) for situation in library.situations) >= 2


def test_the_quiz_covers_every_move_in_three_ways(library: Library) -> None:
    """At least 120 items of three kinds, every move asked for by name, every explanation with its sources."""
    kinds = Counter(item.kind for item in library.quiz)
    assert len(library.quiz) >= 120
    assert set(kinds) == {"name-move", "pick-repair", "near-miss"}
    assert min(kinds.values()) >= 30
    named = {item.right[0] for item in library.quiz if item.kind == "name-move"}
    assert named == {*MOVES, NO_MOVE}
    assert {item.move for item in library.quiz if item.kind == "pick-repair"} == set(CONTENTIOUS)
    assert all(item.explanation.endswith(f"({', '.join(item.sources)})") for item in library.quiz)


def test_the_right_line_is_not_told_by_its_length(library: Library) -> None:
    """Whoever always takes the longest line, or the shortest, is wrong about half the time or more."""
    items = [item for item in library.quiz if item.kind != "name-move"]
    for pick in (max, min):
        told = [pick((*item.right, *item.wrong), key=len) in item.right for item in items]
        assert sum(told) / len(told) <= 0.5


def test_the_docs_count_as_the_files_do(library: Library) -> None:
    """What the practice page says there is, is there."""
    page = (Path(__file__).parents[3] / "docs" / "practice.md").read_text(encoding="utf-8")
    for name, entries in (
        ("Situations", library.situations),
        ("Quiz", library.quiz),
        ("What if", library.what_ifs),
        ("Role-play", library.scenarios),
    ):
        [row] = [line for line in page.splitlines() if line.startswith(f"| **{name}**")]
        assert str(len(entries)) in row.split("|")[3]


def test_what_ifs_and_role_plays_are_many(library: Library) -> None:
    """At least 24 turns with three other ways, one of them a trap; at least ten scenarios."""
    assert len(library.what_ifs) >= 24
    assert {turn.move for turn in library.what_ifs} == set(CONTENTIOUS)
    for turn in library.what_ifs:
        effects = [way.effect for way in turn.instead]
        assert len(turn.instead) == 3
        assert "calms" in effects
        assert set(effects) - {"calms"}, turn.id
    assert len(library.scenarios) >= 10


def test_no_line_is_written_twice(library: Library) -> None:
    """Every line is its own: within a file and between files nobody says the same thing again."""
    entries = (*library.situations, *library.quiz, *library.what_ifs, *library.scenarios)
    lines = Counter(" ".join(line.casefold().split()) for entry in entries for line in lines_of(entry))
    assert len(lines) > 1000
    assert [line for line, count in lines.items() if count > 1] == []


def test_what_was_taken_from_labelled_turns_is_as_labelled(library: Library) -> None:
    """Only training turns are shown, word for word; a named move is the turn's only label."""
    turns = {}
    for file in TURNS.glob("train_*.jsonl"):
        for line in file.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            turns[row["id"]] = row
    taken = [item for item in library.quiz if item.taken_from]
    assert len(taken) >= 50
    for item in taken:
        texts = [turns[turn_id]["text"] for turn_id in item.taken_from]
        assert set(texts) <= {item.turn, *item.right, *item.wrong}, item.id
        if item.kind == "name-move":
            labels = turns[item.taken_from[0]]["labels"]
            assert labels == [name for name in item.right if name != NO_MOVE], item.id


def test_nothing_is_taken_from_held_out_turns(library: Library) -> None:
    """What the detector is measured with stays unseen."""
    held_out = set()
    for name in ("dev", "probe", "test", "test_b"):
        for line in (TURNS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            held_out.add(" ".join(row.get("text", "").casefold().split()))
    entries = (*library.situations, *library.quiz, *library.what_ifs, *library.scenarios)
    said = {" ".join(line.casefold().split()) for entry in entries for line in lines_of(entry)}
    assert len(held_out) > 500
    assert said & held_out == set()


@pytest.fixture(scope="module")
def heard() -> Callable[[str], set[str]]:
    """The moves the shipped detector hears in a line; each line is read once."""
    detector = load_detector()
    return lru_cache(maxsize=None)(lambda line: {move.name for move in detector.judge(line)[0]})


Heard = Callable[[str], set[str]]


def test_no_sample_is_held_against_the_agent(library: Library, heard: Heard) -> None:
    """Who says what is shown as a good way is never told that it makes things worse: sample answers of the
    situations, right lines of the quiz, and what calms in the what-ifs."""
    good = [line for situation in library.situations for line in situation.good]
    good += [line for item in library.quiz if item.kind == "pick-repair" for line in item.right]
    good += [way.say for turn in library.what_ifs for way in turn.instead if way.effect == "calms"]
    assert len(good) > 200
    flagged = {line: moves & set(CONTENTIOUS) for line in good if (moves := heard(line)) & set(CONTENTIOUS)}
    assert flagged == {}


def test_a_sample_is_heard_as_the_repair_it_claims(library: Library, heard: Heard) -> None:
    """Each sample answer of a situation repairs it, and makes nine in ten of all that it is said to need;
    each right line of the quiz repairs its turn."""
    wanted, missed = 0, []
    for situation in library.situations:
        for line in situation.good:
            moves = heard(line)
            assert moves & set(written_drill(situation).task.fitting), line
            wanted += len(situation.needs)
            missed += [(need, line) for need in situation.needs if need not in moves]
    assert len(missed) <= (1 - HEARD_AT_LEAST) * wanted, missed
    for item in library.quiz:
        if item.kind == "pick-repair":
            assert all(heard(line) & set(FITTING_REPAIRS[item.move]) for line in item.right), item.id


def test_what_tempts_repairs_nothing(library: Library, heard: Heard) -> None:
    """Of tempting answers and of the quiz's wrong lines at most one in ten is heard as a repair."""
    lines = [(one.poor, written_drill(one).task.fitting) for one in library.situations]
    for item in library.quiz:
        if item.kind == "pick-repair":
            lines += [(line, FITTING_REPAIRS[item.move]) for line in item.wrong]
    repairing = [
        line
        for line, fitting in lines
        if (moves := heard(line)) & set(fitting) and not moves & set(CONTENTIOUS)
    ]
    assert len(repairing) <= (1 - HEARD_AT_LEAST) * len(lines), repairing


def test_a_way_of_a_what_if_makes_what_it_says(library: Library, heard: Heard) -> None:
    """Nine in ten make exactly the moves that are shown with them, and nine in ten turns make theirs."""
    ways = [way for turn in library.what_ifs for way in turn.instead]
    other = [way.say for way in ways if heard(way.say) != set(way.makes)]
    assert len(other) <= (1 - HEARD_AT_LEAST) * len(ways), other
    flagged = [(turn.said, turn.move) for turn in library.what_ifs]
    flagged += [(one.said, one.move) for one in library.situations]
    unheard = [said for said, move in flagged if move not in heard(said)]
    assert len(unheard) <= (1 - HEARD_AT_LEAST) * len(flagged), unheard


def test_near_misses_are_told_apart(library: Library, heard: Heard) -> None:
    """Nine in ten lines that are the move are heard as it, and no more than one in ten that only sound so."""
    really: list[tuple[str, str]] = []
    only_like: list[tuple[str, str]] = []
    for item in library.quiz:
        if item.kind == "near-miss":
            are, sound = (item.wrong, item.right) if item.ask else (item.right, item.wrong)
            really += [(line, item.move) for line in are]
            only_like += [(line, item.move) for line in sound]
    missed = [line for line, move in really if move not in heard(line)]
    taken = [line for line, move in only_like if move in heard(line)]
    assert len(missed) <= (1 - HEARD_AT_LEAST) * len(really), missed
    assert len(taken) <= (1 - HEARD_AT_LEAST) * len(only_like), taken


def test_needs_are_repairs_with_a_name(library: Library) -> None:
    """Every needed move is a repair the playbook has words for."""
    names = shipped_playbook().names()
    needed = {need for situation in library.situations for need in situation.needs}
    assert needed <= set(REPAIR)
    assert len(needed) >= 12
    assert all(names[need] for need in needed)
