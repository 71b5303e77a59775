"""The shipped playbook, and what happens to a playbook with a mistake."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from coach import resources
from coach.coaching.playbook import (
    FLAGS,
    LEAST_LINES,
    MOST_WORDS,
    Playbook,
    cited,
    fitting_repairs,
    load_playbook,
)
from coach.errors import KnownError
from coach.taxonomy import CONTENTIOUS, MOVES, REPAIR

SOURCES = {
    f"{letter}{n}"
    for letter, count in zip("ABCDE", (6, 6, 8, 5, 8), strict=True)
    for n in range(1, count + 1)
}


def test_every_source_is_used(playbook: Playbook) -> None:
    """Each point the product is built on is reachable from a move, a flag or a section."""
    assert set(playbook.sources) == SOURCES
    assert {source for sources in cited(playbook).values() for source in sources} == SOURCES


def test_every_move_and_flag_has_an_entry(playbook: Playbook) -> None:
    """Nothing can be recognised that the playbook has no words for."""
    assert {*playbook.moves, *playbook.flags} == {*MOVES, *FLAGS}
    assert set(playbook.names()) == set(MOVES)
    assert all(playbook.entry(name).why for name in (*MOVES, *FLAGS))


@pytest.mark.parametrize("name", [*CONTENTIOUS, *FLAGS])
def test_lines_can_be_said(playbook: Playbook, name: str) -> None:
    """At least four short lines answer each move that can be cued, each making a repair that fits it."""
    lines = playbook.entry(name).say
    assert len(lines) >= LEAST_LINES
    assert all(len(line.line.split()) <= MOST_WORDS for line in lines)
    assert {line.makes for line in lines} <= set(fitting_repairs(name))


def test_words_are_plain(playbook: Playbook) -> None:
    """Titles fit a card, praise is a word or two, and nothing is shouted."""
    titles = [entry.title for entry in (*playbook.moves.values(), *playbook.flags.values())]
    assert all(len(title.split()) <= 3 and len(title) <= 20 for title in titles)
    assert all(1 <= len(playbook.entry(name).praise.split()) <= 3 for name in REPAIR)
    assert "!" not in resources.asset("playbook.toml").read_text(encoding="utf-8")


def test_own_sections_are_read(playbook: Playbook) -> None:
    """What the agent may decide, and the plans made for expected failures, are there to be shown."""
    assert all(allowance.what for allowance in playbook.authority.may)
    assert len(playbook.authority.may) >= 2
    assert len(playbook.prepared) >= 2
    assert all(plan.plan and plan.failure for plan in playbook.prepared.values())


MISTAKES: dict[str, tuple[str, str, str]] = {
    "moves.blaming.title": ('title = "Own a part"\n', "", "moves.blaming.title"),
    "unknown key": ('praise = "Warmly thanked"', 'prase = "Warmly thanked"', "moves.thanking.prase"),
    "unknown move": ("[moves.thanking]", "[moves.thnking]", "moves.thanking: missing"),
    "extra move": ("[practice]", '[moves.x]\ntitle="x"\nwhy="x"\nsources=["A1"]\n[practice]', "moves.x"),
    "praise": ('praise = "Warmly thanked"', "", "moves.thanking.praise"),
    "name": ('name = "Taking your part"\n', "", "moves.owning.name"),
    "source": ('sources = ["A4"]', 'sources = ["Z9"]', "moves.assuming.sources: Z9"),
    "no source": ('sources = ["A4"]', "sources = []", "moves.assuming.sources"),
    "not TOML": ('back first."', "back first.", "line"),
    "misfit": (
        'spared it.", makes = "root_cause"',
        'spared it.", makes = "learning"',
        "moves.isolating.say: line 2 makes learning",
    ),
}
"""What is changed in the shipped file, into what, and what the refusal must name."""


@pytest.mark.parametrize(("found", "instead", "names"), MISTAKES.values(), ids=MISTAKES)
def test_mistake_is_named(tmp_path: Path, found: str, instead: str, names: str) -> None:
    """A mistake in the file is refused by its key, with what to do about it."""
    shipped = resources.asset("playbook.toml").read_text(encoding="utf-8")
    assert found in shipped
    path = tmp_path / "playbook.toml"
    path.write_text(shipped.replace(found, instead, 1), encoding="utf-8")
    with pytest.raises(KnownError) as caught:
        load_playbook(path)
    assert caught.value.code == "playbook-damaged"
    assert names in caught.value.message
    assert "put the original file back" in caught.value.message


def _with_line(tmp_path: Path, line: str) -> Path:
    shipped = resources.asset("playbook.toml").read_text(encoding="utf-8")
    path = tmp_path / "playbook.toml"
    path.write_text(
        shipped.replace("I shouldn't guess. What exactly do you mean by that?", line), encoding="utf-8"
    )
    return path


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("word " * 21, "moves.assuming.say.0.line"),
        ("What would you like to see happen?", "flags.no_ask.say: the line"),
    ],
)
def test_bad_line_is_named(tmp_path: Path, line: str, names: str) -> None:
    """A line too long to say, or already used elsewhere, is refused."""
    with pytest.raises(KnownError) as caught:
        load_playbook(_with_line(tmp_path, line))
    assert names in caught.value.message


def test_too_few_lines_are_named(tmp_path: Path) -> None:
    """A move with fewer than four lines for one place is refused: a long call would run out."""
    shipped = resources.asset("playbook.toml").read_text(encoding="utf-8")
    path = tmp_path / "playbook.toml"
    before, name, rest = shipped.partition("[moves.non_apology]")
    said, after = rest.split("\n]\n", 1)
    head, *lines = said.split("\n  {")
    few = lines[:3] + [line for line in lines if 'where = "counter"' in line]
    path.write_text("\n  {".join([before + name + head, *few]) + "\n]\n" + after, encoding="utf-8")
    with pytest.raises(KnownError, match=r"moves\.non_apology\.say: needs at least 4 lines.*phone"):
        load_playbook(path)


def test_missing_file_is_known(tmp_path: Path) -> None:
    """A playbook that is not there is something the user can act on."""
    with pytest.raises(KnownError) as caught:
        load_playbook(tmp_path / "none.toml")
    assert caught.value.code == "playbook-missing"


def test_entry_of_unknown_name_is_a_bug(playbook: Playbook) -> None:
    """Asking for a name outside the taxonomy is our mistake and is not papered over."""
    with pytest.raises(KeyError):
        playbook.entry("shouting")


def test_entries_cannot_change(playbook: Playbook) -> None:
    """The playbook of a running call stays as it was read."""
    entry: Any = playbook.entry("blaming")
    with pytest.raises(AttributeError):
        entry.title = "Other"
