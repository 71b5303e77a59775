"""The shipped detector: what it must get right, and what must not break it."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from coach.errors import KnownError
from coach.machine.inference import OnnxModel
from coach.moves.detector import OnnxMoveDetector
from coach.resources import shipped_model
from coach.taxonomy import CONTENTIOUS, MOVES

RELEASE = shipped_model("moves", "release")


@pytest.fixture(scope="module")
def detector() -> OnnxMoveDetector:
    return OnnxMoveDetector(RELEASE)


@pytest.mark.parametrize(
    ("text", "move"),
    [
        ("Well, you should have read the email before you placed the order.", "blaming"),
        ("As I already said twice, the policy is clear and there's nothing to discuss.", "convincing"),
        ("I'm sorry you feel that way.", "non_apology"),
        ("Calm down, it's really not a big deal.", "dismissing"),
        ("While I have you, have you thought about our premium package?", "selling"),
        ("That was our mistake, we sent it to the old address, and I'm sorry.", "owning"),
        ("I'll call you back tomorrow before noon with the answer.", "committing"),
        ("What would be a fair way to put this right for you?", "asking_input"),
    ],
)
def test_a_plain_case_is_recognised(detector: OnnxMoveDetector, text: str, move: str) -> None:
    """A blatant move of its kind is never missed; the subtle ones are counted in the bench."""
    moves, _ = detector.judge(text)
    assert move in {found.name for found in moves}


@pytest.mark.parametrize(
    "text",
    [
        "Can I take your postcode, please?",
        "Thanks for holding, I've got your account open now.",
        "It's on the second floor, just past the lifts.",
        "So that's four one two, seven seven nine, is that right?",
        "Okay, yep.",
        "Mm, yeah.",
        "Right then, hang on a tick.",
        "Ah okay, no bother.",
        "Thank you for calling Redwood Letting, this is Omar.",
    ],
)
def test_ordinary_procedure_is_not_flagged(detector: OnnxMoveDetector, text: str) -> None:
    """Silence is the default."""
    moves, _ = detector.judge(text)
    assert [move.name for move in moves if move.name in CONTENTIOUS] == []


@pytest.mark.parametrize("text", ["", "   ", "\x00\x07\n", "no", "🙂🙂", "4 1 7 7", "word " * 5000])
def test_odd_text_is_judged_without_harm(detector: OnnxMoveDetector, text: str) -> None:
    """Empty, tiny, huge or strange text gives an answer with evidence inside the text."""
    moves, scores = detector.judge(text)
    assert tuple(scores) == MOVES
    assert all(0 <= score <= 1 for score in scores.values())
    assert all(0 <= move.evidence[0] <= move.evidence[1] <= len(text) for move in moves)


@pytest.mark.parametrize(
    "text",
    [
        "Es tut mir leid, aber das ist nun mal die Regel, da kann ich nichts machen.",
        "Vous auriez dû lire le contrat avant de signer, c'est votre faute.",
    ],
)
def test_another_language_is_not_guessed_at(detector: OnnxMoveDetector, text: str) -> None:
    """The detector reads English only; of anything else it says nothing."""
    assert detector.judge(text)[0] == ()


def test_a_turn_is_read_once_for_moves_and_meaning_and_another_language_not_at_all(
    detector: OnnxMoveDetector, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Own moves ask for the meaning of a turn whose moves were just judged: that costs no second reading."""
    read: list[int] = []
    run = detector._model.run

    def counted(inputs: Any) -> Any:
        read.append(inputs["ids"].shape[1])
        return run(inputs)

    monkeypatch.setattr(detector._model, "run", counted)
    text = "Let me see what I can find out about your order number four."
    judged, meaning = detector.judge(text), detector.meaning(text)
    assert len(read) == 1
    assert meaning is not None
    assert detector.judge("Es tut mir leid, aber das ist nun mal die Regel hier.")[0] == ()
    assert len(read) == 1
    assert detector.judge(text) == judged


def test_empty_text_has_no_moves(detector: OnnxMoveDetector) -> None:
    """Nothing said, nothing flagged."""
    assert detector.judge("")[0] == ()


def test_a_long_turn_does_not_hide_a_short_phrase(detector: OnnxMoveDetector) -> None:
    """A contentious phrase after minutes of procedure is still found, and its words are named."""
    padding = "I'm opening the account page now and reading the address on the order back to you. " * 12
    phrase = "You should have checked that yourself, this is your own fault."
    moves, _ = detector.judge(padding + phrase)
    found = {move.name: move.evidence for move in moves}
    assert "blaming" in found
    start, end = found["blaming"]
    assert start >= len(padding) - 100
    assert end <= len(padding + phrase)


def test_many_turns_at_once_are_judged_as_one_by_one(detector: OnnxMoveDetector) -> None:
    """A turn's confidence does not depend on its neighbours."""
    texts = [
        "I'm sorry you feel that way.",
        "Calm down.",
        "",
        "I'll send it to you by Friday, that was our mistake.",
    ]
    assert detector.judge_many(texts) == [detector.judge(text) for text in texts]


@pytest.mark.parametrize("text", ["a", "hi", "Okay", "Whatever.", "Next"])
def test_a_single_word_is_never_flagged(detector: OnnxMoveDetector, text: str) -> None:
    """A turn cut off after its first word raises no cue."""
    assert [move.name for move in detector.judge(text)[0] if move.name in CONTENTIOUS] == []


def test_the_mapped_graph_says_what_the_whole_file_says() -> None:
    """The graph apart from its weights is the released model: bit by bit the same numbers."""
    whole, mapped = OnnxModel(RELEASE / "moves.onnx"), OnnxModel(RELEASE / "moves-graph.onnx")
    ids = np.array([[0, 2026, 3160, 2017, 2323, 2031, 3191, 1996, 3408, 2]], dtype=np.int64)
    asked = {"ids": ids, "mask": np.ones_like(ids)}
    pairs = zip(whole.run(asked), mapped.run(asked), strict=True)
    assert all(np.array_equal(one, other) for one, other in pairs)


@pytest.mark.parametrize("name", ["moves.onnx", "moves-graph.onnx", "tokenizer.json", "calibration.json"])
def test_a_damaged_file_is_named(tmp_path: Path, name: str) -> None:
    """The user learns that the model is damaged and what to do, instead of seeing a crash."""
    folder = tmp_path / "release"
    shutil.copytree(RELEASE, folder)
    (folder / name).write_bytes(b"not a model")
    with pytest.raises(KnownError) as caught:
        OnnxMoveDetector(folder)
    assert caught.value.code == "model-damaged"


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """As above, for a file that is not there."""
    with pytest.raises(KnownError) as caught:
        OnnxMoveDetector(tmp_path)
    assert caught.value.code == "model-missing"
