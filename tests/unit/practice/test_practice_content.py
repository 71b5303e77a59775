"""What there is to practise with: enough of it, in order, and with samples that do what they say."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import get_args

import pytest

from coach.bootstrap import load_detector, shipped_playbook
from coach.practice.content import NO_MOVE, Trade
from coach.practice.drills import written_drill
from coach.practice.judging import Verdict, judge_answer
from coach.practice.library import Library, lines_of, load_library
from coach.resources import asset
from coach.taxonomy import CONTENTIOUS, MOVES, REPAIR

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


def test_the_detector_tells_sample_answers_from_tempting_ones(library: Library) -> None:
    """Nearly all good samples are heard as a repair without trouble, and few of the tempting ones."""
    detector = load_detector()
    good, poor = Counter[Verdict](), Counter[Verdict]()
    for situation in library.situations:
        task = written_drill(situation).task
        good.update(judge_answer(detector, line, task).verdict for line in situation.good)
        poor.update([judge_answer(detector, situation.poor, task).verdict])
    assert good[Verdict.REPAIRED] / good.total() >= 0.85
    assert poor[Verdict.REPAIRED] / poor.total() <= 0.25


def test_needs_are_repairs_with_a_name(library: Library) -> None:
    """Every needed move is a repair the playbook has words for."""
    names = shipped_playbook().names()
    needed = {need for situation in library.situations for need in situation.needs}
    assert needed <= set(REPAIR)
    assert len(needed) >= 12
    assert all(names[need] for need in needed)
