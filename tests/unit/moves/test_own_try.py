"""``sameside playbook try``: a sentence against the shipped moves and the own ones, from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from coach.cli import main
from coach.resources import HOME_VARIABLE

OWN = """
[own.Tiers]
title = "No tiers"
why = "Tiers are ours."
say = ["I'll bring in a colleague."]
phrases = ["tier two"]
not_examples = ["The tier two team is nice."]

[own.blaming]
title = "Taken"
"""
SENTENCE = "I'm so sorry we lost your order, and now tier two has to mend it."


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path))
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "own-moves.toml").write_text(OWN)
    return tmp_path


@pytest.mark.usefixtures("home")
def test_try_tells_which_moves_fire_and_why(capsys: pytest.CaptureFixture[str]) -> None:
    """People see move, strength, bar, words and reason; then what is wrong with their own moves."""
    assert main(["playbook", "try", SENTENCE]) == 0
    said = capsys.readouterr().out
    row = next(line for line in said.splitlines() if "Tiers (own)" in line)
    assert "1.00" in row
    assert "0.50" in row
    assert "“tier two”" in row
    assert any(line.startswith("●") and "apologising" in line for line in said.splitlines())
    assert "own.Tiers: This counter-example fires: “The tier two team is nice.”" in said
    assert "own.blaming" in said


@pytest.mark.usefixtures("home")
def test_try_answers_programs_with_every_move(capsys: pytest.CaptureFixture[str]) -> None:
    """One JSON object with all 25 and the own ones; evidence is a range of the sentence, or null."""
    assert main(["playbook", "try", "--json", SENTENCE]) == 0
    answer = json.loads(capsys.readouterr().out)
    moves = {one["move"]: one for one in answer["moves"]}
    assert len(moves) == 26
    start, end = moves["own.Tiers"]["evidence"]
    assert SENTENCE[start:end] == "tier two"
    assert moves["thanking"]["evidence"] is None
    assert moves["thanking"]["strength"] < moves["thanking"]["bar"]
    assert list(answer["mistakes"]) == ["Tiers"]


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("sentence", ["", "  \n ", "x" * 20_001])
def test_try_says_what_to_do_with_no_sentence(sentence: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing, or far too much, is one line on standard error and exit code 2."""
    assert main(["playbook", "try", sentence]) == 2
    assert capsys.readouterr().err.startswith("sameside: ")


@pytest.mark.usefixtures("home")
def test_try_says_that_a_sentence_is_not_english(capsys: pytest.CaptureFixture[str]) -> None:
    """Another language is named instead of an empty table that looks like praise."""
    assert main(["playbook", "try", "Vous auriez dû lire le contrat avant de signer."]) == 0
    assert "not English but probably “fr”" in capsys.readouterr().out
