"""A mistake in a practice file is found by its file, its line and its key."""

from __future__ import annotations

from pathlib import Path

import pytest

from coach.errors import KnownError
from coach.practice.library import load_library, load_scenario
from coach.practice.reading import line_of
from coach.resources import asset

SOURCES = {f"{letter}{number}" for letter in "ABCDE" for number in range(1, 9)}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped exercises, to be spoiled."""
    for file in asset("practice").rglob("*.toml"):
        copy = tmp_path / file.relative_to(asset("practice"))
        copy.parent.mkdir(exist_ok=True)
        copy.write_text(file.read_text(encoding="utf-8"), encoding="utf-8")
    return tmp_path


def spoil(file: Path, old: str, new: str) -> int:
    """Replace ``old`` where it first stands; the line it stood on."""
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def message(folder: Path) -> str:
    with pytest.raises(KnownError) as raised:
        load_library(folder, SOURCES)
    assert raised.value.code == "practice-damaged"
    return raised.value.message


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("situations.toml", 'trade = "letting"', 'trade = "circus"', "situation.0.trade"),
        ("situations.toml", 'move = "convincing"', 'move = "shouting"', "shouting is no contentious move"),
        (
            "situations.toml",
            'needs = ["learning", "empathising"]',
            'needs = ["selling"]',
            "selling is no repair",
        ),
        ("quiz.toml", 'kind = "near-miss"', 'kind = "far-miss"', "kind"),
        ("what_if.toml", 'effect = "heats"', 'effect = "boils"', "effect"),
        ("what_if.toml", 'trade = "telecom"', 'mood = 1\ntrade = "telecom"', "mood"),
        ("roleplay/damp-flat.toml", 'one_of = ["root_cause"]', 'one_of = ["roots"]', "roots is no move"),
        ("roleplay/damp-flat.toml", "heat = 5", "heat = 11", "states.furious.heat"),
    ],
)
def test_a_wrong_value_is_named_with_its_line(folder: Path, file: str, old: str, new: str, said: str) -> None:
    """Whoever edits a file is sent to the very line."""
    line = spoil(folder / file, old, new)
    found = message(folder)
    assert f"{Path(file).name}, line {line}:" in found
    assert said in found


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        (
            "situations.toml",
            'id = "opposing-airline-rebooking"',
            'id = "opposing-letting-deposit"',
            "appears twice",
        ),
        ("quiz.toml", 'sources = ["A1"]', 'sources = ["Z9"]', "Z9 is not in the playbook"),
        ("roleplay/damp-flat.toml", 'id = "damp-flat"', 'id = "cold-birthday"', "appears twice"),
        ("roleplay/damp-flat.toml", 'to = "hoping"', 'to = "hopping"', "there is no state hopping"),
        ("roleplay/damp-flat.toml", 'ending = "bad"', 'ending = "so-so"', "no bad ending"),
    ],
)
def test_what_types_cannot_say_is_found_too(folder: Path, file: str, old: str, new: str, said: str) -> None:
    """Twin ids, unknown sources and machines that cannot work are refused, with the file's name."""
    spoil(folder / file, old, new)
    found = message(folder)
    assert said in found
    assert Path(file).name in found


def test_a_line_said_twice_is_refused(folder: Path) -> None:
    """Nothing is learned from the same line in two places."""
    text = (folder / "situations.toml").read_text(encoding="utf-8")
    first = text.split("\n[[situation]]")[1]
    (folder / "situations.toml").write_text(
        text + "\n[[situation]]" + first.replace("opposing-letting-deposit", "twin"), encoding="utf-8"
    )
    assert "is also in opposing-letting-deposit" in message(folder)


def test_broken_toml_and_missing_files_say_so(folder: Path) -> None:
    """Both tell what to do."""
    (folder / "quiz.toml").write_text("[[item]\n", encoding="utf-8")
    assert "line 1" in message(folder)
    (folder / "quiz.toml").unlink()
    with pytest.raises(KnownError, match=r"quiz\.toml cannot be opened") as raised:
        load_library(folder, SOURCES)
    assert raised.value.code == "practice-missing"
    with pytest.raises(KnownError, match="cannot be opened"):
        load_scenario(folder / "roleplay" / "none.toml", SOURCES)


def test_lines_are_found_in_nested_tables() -> None:
    """Arrays of tables count from nought; an unknown key leads to the table around it, or to the start."""
    text = "a = 1\n\n[[x]]\nb = 2\n[[x.y]]\nc = 3\n[[x.y]]\nc = 4\n[[x]]\n[[x.y]]\nc = 5\n[s.t]\nd = 6\n"
    assert line_of(text, ("a",)) == 1
    assert line_of(text, ("x", 0, "b")) == 4
    assert line_of(text, ("x", 0, "y", 1, "c")) == 8
    assert line_of(text, ("x", 1, "y", 0, "c")) == 11
    assert line_of(text, ("s", "t", "d", 3)) == 13
    assert line_of(text, ("x", 1, "nothing")) == 9
    assert line_of(text, ("nothing",)) == 1
