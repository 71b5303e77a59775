"""Own moves are read with every mistake explained, and known by examples, phrases and counter-examples."""

from __future__ import annotations

import tomllib
from pathlib import Path

import numpy as np
import pytest

from coach.moves.composed import ComposedDetector
from coach.moves.own import check_own, name_for, read_own, to_table
from coach.moves.own_cache import MeaningCache
from coach.moves.own_judge import OwnJudge, pieces_of
from coach.moves.own_phrases import find_phrase
from coach.moves.own_rule import BAR, Rule
from coach.taxonomy import MOVES
from coach.values.own_moves import MOST_EXAMPLES, OwnLine, OwnMove
from tests.fakes.own_moves import ORDINARY, ordinary, word_meaning

QUEUE = (
    "Your ticket is stuck in the provisioning queue.",
    "The provisioning queue holds your ticket.",
    "It is in the ticket queue for provisioning.",
)
GOOD = {"title": "Plain words", "why": "It shuts people out.", "say": ["Put plainly, it waits."]}


def own(**changes: object) -> OwnMove:
    found, problems = read_own({"jargon": {**GOOD, "examples": list(QUEUE), **changes}})
    assert problems == []
    return found["jargon"]


def judge(move: OwnMove, by_meaning: bool = True) -> OwnJudge:
    meaning = word_meaning if by_meaning else None
    return OwnJudge({move.name: move}, meaning, ordinary())


def test_a_move_is_read_and_written_back_the_same() -> None:
    """What the settings write, they read: lines with the repair they make included."""
    move = own(say=["One line.", {"line": "Sorry for that.", "makes": "apologising"}], phrases=["back end"])
    assert move.move == "own.jargon"
    assert move.say == (OwnLine("One line."), OwnLine("Sorry for that.", "apologising"))
    assert read_own({"jargon": to_table(move)}) == ({"jargon": move}, [])


@pytest.mark.parametrize(
    ("changes", "where", "said"),
    [
        ({"title": ""}, "title", "missing or empty"),
        ({"title": "Say it in plain words"}, "title", "two or three words"),
        ({"why": 3}, "why", "text in quotes"),
        ({"say": []}, "say", "at least one line"),
        ({"say": [{"line": "Sorry.", "makes": "blaming"}]}, "say", "no repair"),
        ({"say": ["word " * 21]}, "say", "longer than 20 words"),
        ({"examples": []}, "", "at least 3 examples, or a phrase"),
        ({"examples": [QUEUE[0]]}, "examples", "1 is too few"),
        ({"examples": [*QUEUE, QUEUE[0].upper()]}, "examples", "there twice"),
        ({"examples": [*QUEUE, "word " * 10_000]}, "examples", "Keep the one sentence"),
        ({"examples": [*QUEUE, "Queue\x07 it now"]}, "examples", "control character"),
        ({"examples": [*QUEUE, "Uw bestelling staat nog in onze wachtrij."]}, "examples", "not English"),
        ({"examples": [f"This is example number {n}." for n in range(21)]}, "examples", "at most 20"),
        ({"examples": "one"}, "examples", "list of texts"),
        ({"not_examples": [QUEUE[1]]}, "not_examples", "is an example too"),
        ({"phrases": ["!!"]}, "phrases", "no letter"),
        ({"phrases": ["one two three four five six seven eight nine ten eleven"]}, "phrases", "has 11 words"),
        ({"exmaples": []}, "exmaples", "no such key"),
    ],
)
def test_every_mistake_is_named_with_its_key(changes: dict[str, object], where: str, said: str) -> None:
    """Nothing wrong is taken, and the message says where and what to do."""
    problems = check_own({"jargon": {**GOOD, "examples": list(QUEUE), **changes}})
    assert [problem.where for problem in problems] == [f"own.jargon.{where}".rstrip(".")]
    assert said in problems[0].message
    assert "\x07" not in str(problems[0])


@pytest.mark.parametrize("name", ["blaming", "Owning", "two words", "", "9lives", "x" * 41])
def test_a_name_that_cannot_be_is_refused(name: str) -> None:
    """Names of shipped moves are taken; others must be words."""
    assert [one.where for one in check_own({name: {**GOOD, "phrases": ["back end"]}})] == [f"own.{name}"]


def test_good_moves_count_beside_bad_ones() -> None:
    """One mistake costs one move, whatever else the file holds."""
    found, problems = read_own({"good": {**GOOD, "phrases": ["x-ray"]}, "Good": GOOD, "bad": 3})
    assert list(found) == ["good"]
    assert {problem.where for problem in problems} == {"own.Good", "own.bad"}
    assert read_own([1])[0] == {}
    assert name_for("  Technical jargon! ") == "Technical_jargon"


@pytest.mark.parametrize(
    ("phrase", "text", "words"),
    [
        ("back end", "It's the Back-End again.", "Back-End"),
        ("charge back", "They charged back the lot", "charged back"),
        ("policy", "Those are our policies, sir.", "policies"),
        ("don't worry", "Now DON’T worry about it", "DON’T worry"),
        ("stop the order", "We stopped the orders", "stopped the orders"),
    ],
)
def test_phrases_are_found_in_any_shape(phrase: str, text: str, words: str) -> None:
    """Case, punctuation and regular endings make no difference; the words found are exact."""
    found = find_phrase([phrase], text)
    assert found is not None
    assert text[slice(*found[1])] == words


@pytest.mark.parametrize("text", ["The backpack ended up here", "At the end, go back", "", "!!"])
def test_phrases_are_whole_words_in_order(text: str) -> None:
    """Parts of words, and the words in another order, are not the phrase."""
    assert find_phrase(["back end"], text) is None


def test_a_few_examples_make_a_rule() -> None:
    """Sentences like the examples fire, with the nearest one told; ordinary turns do not."""
    known = judge(own())
    (verdict,) = known.verdicts("Sadly your ticket sits in the provisioning queue.")
    assert verdict.fires
    assert verdict.why.startswith("Its nearest example is “Your ticket is stuck")
    assert not any(one.fires for turn in ORDINARY for one in known.verdicts(turn))


def test_the_rest_of_a_long_turn_does_not_dilute_it() -> None:
    """Each sentence is looked at; the evidence is the one that carries the move."""
    said = "The provisioning queue still holds the ticket."
    text = f"{' '.join(ORDINARY)} {said} {' '.join(ORDINARY)}"
    (verdict,) = judge(own()).verdicts(text)
    assert verdict.evidence is not None
    assert text[slice(*verdict.evidence)] == said


def test_a_counter_example_holds_the_move_back() -> None:
    """What is nearer to a counter-example than to every example does not fire, and the reason is told."""
    text = "Your ticket is printed in the queue hall."
    known = judge(own(not_examples=[text]))
    (verdict,) = known.verdicts(text)
    assert not verdict.fires
    assert judge(own()).verdicts(text)[0].fires, "without it the sentence would fire"
    assert "counter-example" in verdict.why
    assert known.mistakes("jargon") == ()


def test_mistakes_of_the_regression_set_are_said_in_words() -> None:
    """An example that does not fire, and a counter-example that does, are named."""
    odd = ORDINARY[-1]
    phrase = "The back end team waved."
    move = own(examples=[*QUEUE, odd], not_examples=[phrase], phrases=["back end"])
    mistakes = judge(move).mistakes("jargon")
    assert len(mistakes) == 2
    assert mistakes[0].startswith(f"This example does not fire: “{odd}”")
    assert mistakes[1] == f"This counter-example fires: “{phrase}” It holds the phrase “back end”."


def test_a_line_to_say_must_not_be_the_move_itself() -> None:
    """Who says the line offered is not flagged for it; where that would be so, it is told."""
    (mistake,) = judge(own(say=["It is with the back end."], phrases=["back end"])).mistakes("jargon")
    assert mistake.startswith("This line to say is the move itself: “It is with the back end.”")


def test_without_meanings_only_phrases_work() -> None:
    """A model that compares no meanings leaves phrases, and blames no example."""
    known = judge(own(phrases=["tier two"]), by_meaning=False)
    assert known.verdicts(QUEUE[0])[0].strength == 0
    assert [move.name for move in known.found("Tier two has it.")] == ["own.jargon"]
    assert known.mistakes("jargon") == ()


@pytest.mark.parametrize(
    "text", ["", " ", "...", "👍", "ok", "Uw bestelling staat nog in onze wachtrij, zegt men."]
)
def test_nothing_is_found_in_what_says_nothing(text: str) -> None:
    """Empty, signs, one word, another language: no flag and no fault."""
    assert judge(own()).found(text) == ()


@pytest.mark.parametrize("text", ["word " * 5000, "One here. " * 500, "A.B.C", ""])
def test_the_pieces_of_a_turn_are_bounded_and_whole(text: str) -> None:
    """However long a turn, it is looked at in at most 40 pieces that leave nothing out."""
    pieces = pieces_of(text)
    assert len(pieces) <= 40
    assert "".join(text[start:end] for start, end in pieces) == text


def test_the_strength_at_the_bar_is_one_half() -> None:
    """The bar lies where ordinary turns are left far behind, and counts up to it from none."""
    examples = np.stack([vector for text in QUEUE if (vector := word_meaning(text)) is not None])
    rule = Rule(examples, np.zeros((0, examples.shape[1]), np.float32), ordinary())
    strengths = [rule.strength(vector) for turn in ORDINARY if (vector := word_meaning(turn)) is not None]
    assert max(strengths) < BAR < rule.strength(examples[0]) <= 1


class Shipped:
    """A detector that flags every turn as blaming."""

    thresholds = dict.fromkeys(MOVES, 0.5)

    def judge(self, text: str, context: object = ()) -> tuple[tuple[object, ...], dict[str, float]]:
        from coach.events import Move

        return (Move("blaming", 0.7, (0, len(text))),), dict.fromkeys(MOVES, 0.0)

    def scores(self, text: str, context: object = ()) -> dict[str, float]:
        return self.judge(text)[1]


def test_own_moves_come_with_the_shipped_ones() -> None:
    """A running call is told both, surest first; the confidences stay those of the 25."""
    detector = ComposedDetector(Shipped(), judge(own(phrases=["tier two"])))
    moves, scores = detector.judge("You should have asked tier two.")
    assert [move.name for move in moves] == ["own.jargon", "blaming"]
    assert tuple(scores) == MOVES
    assert detector.thresholds["own.jargon"] == BAR
    assert detector.thresholds["blaming"] == 0.5


def test_vectors_are_kept_without_the_words(tmp_path: Path) -> None:
    """What was computed once is read the next time; a damaged file, or another model's, is begun anew."""
    asked: list[str] = []

    def meaning(text: str) -> object:
        asked.append(text)
        return word_meaning(text)

    path = tmp_path / "cache" / "own.npz"
    for expected in (2, 1):
        asked.clear()
        cache = MeaningCache(meaning, path)
        cache("A secret of the house")
        cache.save()
        assert len(asked) == expected
    assert b"secret" not in path.read_bytes()
    other = MeaningCache(lambda text: np.ones(4, np.float32) / 2, path)
    assert other("A secret of the house").shape == (4,)
    path.write_bytes(b"PK\x03\x04 damaged")
    assert MeaningCache(word_meaning, path)("A secret").shape == (512,)


def test_vectors_that_cannot_be_kept_leave_nothing_behind(tmp_path: Path) -> None:
    """As on a full disk, which each start would otherwise fill a little more."""
    path = tmp_path / "own.npz"
    (path / "in the way").mkdir(parents=True)
    cache = MeaningCache(word_meaning, path)
    cache("A secret of the house")
    cache.save()
    assert list(tmp_path.iterdir()) == [path]


def test_as_many_examples_as_are_taken() -> None:
    """The most examples there may be are read and judged."""
    examples = [f"The provisioning queue number {n} holds your ticket." for n in range(MOST_EXAMPLES)]
    assert judge(own(examples=examples)).verdicts(examples[7])[0].fires


def test_the_example_of_the_docs_has_no_mistake() -> None:
    """What the page on own moves shows can be copied."""
    page = (Path(__file__).parents[3] / "docs" / "own-moves.md").read_text(encoding="utf-8")
    tables = tomllib.loads(page.split("```toml\n")[1].split("```")[0])["own"]
    moves, problems = read_own(tables)
    assert problems == []
    assert list(moves) == ["Talk_of_tiers"]
    assert all(f"`{key}`" in page for key in to_table(moves["Talk_of_tiers"]))
