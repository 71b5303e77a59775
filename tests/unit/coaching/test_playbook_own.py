"""An organisation's playbook laid over the shipped one."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path
from typing import get_args

import pytest

from coach import resources
from coach.coaching.own_playbook import OwnEntry
from coach.coaching.playbook import MOST_WORDS, Line, Playbook, Topic, problems
from coach.coaching.playbook_check import check, load_over
from coach.errors import KnownError
from coach.services.playbook_choice import organisation_playbook, playbook_in_effect
from coach.settings import Settings

OURS = """
version = 1

[moves.blaming]
title = "Ours first"
sources = ["H1", "A5"]
say = [
  { line = "Our till did that, and I'll undo it.", makes = "owning", where = "counter" },
  { line = "That was our mistake to make clear.", makes = "owning" },
]
leave_out = ["I'm sorry, I made that sound like your fault"]

[moves.thanking]
praise = "Lovely"
examples = ["Thanks for the tip about the stairs."]

[flags.no_ask]
only_these = true
say = [
  { line = "What now, for you?", makes = "asking_input" },
  { line = "How shall we leave it?", makes = "asking_input" },
  { line = "What would you have us do?", makes = "asking_input" },
  { line = "Which way suits you?", makes = "asking_input" },
]

[prepared.lift_stuck]
failure = "The lift is stuck"
plan = ["Call the service", "Offer a carry"]
line = "The lift is stuck, and I'll carry that up for you."
sources = ["D5"]

[authority]
title = "You decide"
why = "We trust you."
sources = ["E6"]
may = [{ what = "A new room" }]

[sources]
H1 = "House rules, page 4"

[topics]
rule = ["house rules"]

[own.stairs]
anything = "is for another part to read"
"""


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    path = tmp_path / "playbook.toml"
    path.write_text(OURS, encoding="utf-8")
    return path


def test_only_what_is_named_changes(playbook: Playbook, ours: Path) -> None:
    """What the file leaves out stays as shipped, and the whole is a sound playbook."""
    both = load_over(playbook, ours)
    changed = [name for name, entry in both.moves.items() if entry != playbook.moves[name]]
    assert changed == ["blaming", "thanking"]
    assert [name for name, entry in both.flags.items() if entry != playbook.flags[name]] == ["no_ask"]
    assert both.practice == playbook.practice
    assert both.own == {}
    assert list(problems(both)) == []


def test_own_lines_come_first(playbook: Playbook, ours: Path) -> None:
    """The organisation's words are offered before the shipped ones; what it leaves out is gone."""
    both, shipped = load_over(playbook, ours).entry("blaming"), playbook.entry("blaming")
    assert both.title == "Ours first"
    assert (both.why, both.name) == (shipped.why, shipped.name)
    lines = [line.line for line in both.say]
    assert lines[:2] == ["Our till did that, and I'll undo it.", "That was our mistake to make clear."]
    assert len(lines) == len(shipped.say) + 2 - 1
    assert "I'm sorry, I made that sound like your fault." not in lines


def test_only_these_leaves_the_shipped_lines_out(playbook: Playbook, ours: Path) -> None:
    """An organisation can have every word its own."""
    both = load_over(playbook, ours)
    assert both.entry("no_ask").say[0].line == "What now, for you?"
    assert len(both.entry("no_ask").say) == 4
    assert both.entry("thanking").examples[0] == "Thanks for the tip about the stairs."
    assert len(both.entry("thanking").examples) == len(playbook.entry("thanking").examples) + 1


def test_sections_are_added_or_replaced(playbook: Playbook, ours: Path) -> None:
    """Plans and sources are added, words of topics too; the authority card is the organisation's."""
    both = load_over(playbook, ours)
    assert set(both.prepared) == {*playbook.prepared, "lift_stuck"}
    assert both.sources["H1"] == "House rules, page 4"
    assert both.authority.title == "You decide"
    assert both.topics["rule"] == (*playbook.topics["rule"], "house rules")
    assert both.topics["money"] == playbook.topics["money"]


def test_a_shipped_line_can_be_given_another_place(playbook: Playbook, tmp_path: Path) -> None:
    """The same words in the same entry take the place of the shipped line, with their own place."""
    line = playbook.entry("blaming").say[2]
    path = tmp_path / "ours.toml"
    path.write_text(
        f'[moves.blaming]\nsay = [{{ line = "{line.line}", makes = "partnering", where = "phone" }}]\n',
        encoding="utf-8",
    )
    both = load_over(playbook, path).entry("blaming").say
    assert len(both) == len(playbook.entry("blaming").say)
    assert (both[0].line, both[0].where) == (line.line, "phone")


def test_the_shipped_file_changes_nothing(playbook: Playbook) -> None:
    """A copy of the shipped file is a good start for one's own."""
    assert load_over(playbook, resources.asset("playbook.toml")) == playbook


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(resources.HOME_VARIABLE, str(tmp_path))
    resources.config_dir().mkdir()
    return resources.config_dir()


def test_the_usual_place_is_found(playbook: Playbook, home: Path) -> None:
    """A file beside the settings is taken without being named; without one, the shipped playbook is used."""
    assert organisation_playbook(Settings()) is None
    assert playbook_in_effect(Settings()) == (playbook, None)
    (home / "playbook.toml").write_text(OURS, encoding="utf-8")
    found, trouble = playbook_in_effect(Settings())
    assert trouble is None
    assert found.entry("blaming").title == "Ours first"


def test_another_place_can_be_named(home: Path, tmp_path: Path) -> None:
    """The setting names a file anywhere; a name alone is one beside the settings."""
    chosen = Settings()
    chosen.cues.playbook = "shop.toml"
    assert organisation_playbook(chosen) == home / "shop.toml"
    chosen.cues.playbook = str(tmp_path / "team" / "shop.toml")
    assert organisation_playbook(chosen) == tmp_path / "team" / "shop.toml"


@pytest.mark.parametrize(
    ("written", "code", "names"),
    [
        ('[moves.blaming]\ntitle = "x', "playbook-damaged", "line 2"),
        ('[moves.blaming]\n\ntitel = "x"\n[moves.y]', "playbook-damaged", "line 3 and 1 more"),
        ("version = 2", "playbook-newer", "Update Sameside"),
        (None, "playbook-missing", "There is no file"),
    ],
)
def test_a_broken_file_is_told_and_left_out(
    playbook: Playbook, home: Path, written: str | None, code: str, names: str
) -> None:
    """A mistake in the organisation's file costs its words, never the call, and is told with what to do."""
    chosen = Settings()
    chosen.cues.playbook = "ours.toml"
    if written is not None:
        (home / "ours.toml").write_text(written, encoding="utf-8")
    found, trouble = playbook_in_effect(chosen)
    assert found == playbook
    assert isinstance(trouble, KnownError)
    assert trouble.code == code
    assert names in trouble.message
    assert str(home / "ours.toml") in trouble.message
    assert re.search(r"shipped (one|playbook) is used", trouble.message)


def test_the_page_tells_the_truth(playbook: Playbook, tmp_path: Path) -> None:
    """The example on the page about playbooks works as it stands, and every key it can have is explained."""
    page = (resources.asset().parent / "docs" / "playbook.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)
    path = tmp_path / "ours.toml"
    path.write_text(example, encoding="utf-8")
    assert check(path, playbook) == []
    keys = [field.name for kind in (OwnEntry, Line) for field in dataclasses.fields(kind)]
    assert [key for key in keys if f"`{key}" not in page] == []
    assert [topic for topic in get_args(Topic) if f"`{topic}`" not in page] == []
    assert f"at most {MOST_WORDS} words" in page
