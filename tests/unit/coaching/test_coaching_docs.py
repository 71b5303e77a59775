"""The user's page about moves says what the playbook says."""

from __future__ import annotations

import re

import pytest

from coach import resources
from coach.coaching.playbook import FLAGS, Playbook, fitting_repairs
from coach.coaching.policy import PRIORITY
from coach.taxonomy import CONTENTIOUS, MOVES, REPAIR

DOCS = resources.asset().parent / "docs"


def section(name: str) -> str:
    """The part of docs/moves.md under the heading that ends with the name in backquotes."""
    page = (DOCS / "moves.md").read_text(encoding="utf-8")
    found = re.search(rf"^### ([^\n]* \(`{name}`\)\n.*?)(?=^##)", page, re.MULTILINE | re.DOTALL)
    assert found, f"docs/moves.md has no section for {name}"
    return found[1]


@pytest.mark.parametrize("name", [*MOVES, *FLAGS])
def test_move_is_documented(playbook: Playbook, name: str) -> None:
    """Every move and flag has its section, with the playbook's name, reason and sources."""
    entry, text = playbook.entry(name), section(name)
    assert text.startswith(entry.name or entry.title)
    assert entry.why in text
    assert f"**Sources:** {', '.join(entry.sources)}\n" in text


@pytest.mark.parametrize("name", [*CONTENTIOUS, *FLAGS])
def test_repairs_are_documented(playbook: Playbook, name: str) -> None:
    """What answers a move is told in the plain names of the repairs, with a line of the playbook."""
    text = section(name).lower()
    assert all(playbook.entry(repair).name.lower() in text for repair in fitting_repairs(name))
    assert any(line.line.lower() in text for line in playbook.entry(name).say)


@pytest.mark.parametrize("name", REPAIR)
def test_praise_is_documented(playbook: Playbook, name: str) -> None:
    """The word of thanks on the green card is the one the page tells."""
    assert f"**The green card says:** {playbook.entry(name).praise}\n" in section(name)


def test_sources_are_documented(playbook: Playbook) -> None:
    """Each source id can be looked up on the same page."""
    page = (DOCS / "moves.md").read_text(encoding="utf-8")
    assert all(f"| {source} | {point} |" in page for source, point in playbook.sources.items())


def test_priority_is_documented() -> None:
    """The decision page lists the order of urgency as the policy has it."""
    page = (DOCS / "decisions" / "0005-cue-policy.md").read_text(encoding="utf-8")
    assert re.findall(r"^\d+\. `(\w+)`", page, re.MULTILINE) == list(PRIORITY)
