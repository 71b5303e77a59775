"""Docs that cannot lie: what exists is documented."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pydantic import BaseModel

from coach.cli import make_parser
from coach.organisation import ANY, AT_MOST, ONLY, read_policy
from coach.settings import Settings
from ui.launch import register

ROOT = Path(__file__).resolve().parent.parent
GUIDE = (ROOT / "docs" / "guide.md").read_text(encoding="utf-8")
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
REFERENCE = (ROOT / "docs" / "reference.md").read_text(encoding="utf-8")
FOR_IT = (ROOT / "docs" / "it.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")


def setting_names() -> list[str]:
    names = []
    for section, field in Settings.model_fields.items():
        kind = field.annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            names += [f"{section}.{name}" for name in kind.model_fields]
    return names


def commands() -> list[str]:
    actions = make_parser([register])._subparsers
    assert actions is not None
    return sorted(actions._group_actions[0].choices or {})  # type: ignore[call-overload]


@pytest.mark.parametrize("name", setting_names())
def test_every_setting_is_in_the_reference(name: str) -> None:
    """A setting nobody can find is no setting."""
    assert f"`{name}`" in REFERENCE


@pytest.mark.parametrize("name", sorted({*ANY, *ONLY, *AT_MOST}))
def test_what_can_be_laid_down_is_told_to_it(name: str) -> None:
    """In the table of what a policy may name, with the value where only one counts."""
    table = FOR_IT[FOR_IT.index("| what can be laid down") :].split("\n\n", 1)[0]
    told = f"{name} = " if isinstance(ONLY.get(name, (0,))[0], str) else f"`{name}`"
    (row,) = [line for line in table.splitlines() if told in line]
    if name in ONLY:
        only = ONLY[name][0]
        assert f'{name} = "{only}"' in row or row.startswith(f"| only `{str(only).lower()}` |")
    else:
        assert row.startswith("| as ")


def test_the_policy_that_is_shown_is_one(tmp_path: Path) -> None:
    """Whoever copies it has no mistake in it."""
    (shown,) = [one for one in re.findall(r"```toml\n(.*?)```", FOR_IT, re.DOTALL) if "[sharing]" in one]
    (tmp_path / "policy.toml").write_text(shown, encoding="utf-8")
    policy = read_policy(tmp_path / "policy.toml")
    assert policy.trouble is None
    assert policy.values["privacy.keep_days"] == 30


@pytest.mark.parametrize("command", commands())
def test_every_command_is_in_the_reference_and_the_readme(command: str) -> None:
    """What --help lists is explained."""
    assert f"sameside {command}" in REFERENCE
    assert f"sameside {command}" in README


def test_pictures_named_in_the_readme_exist() -> None:
    """No broken picture on the first page."""
    pictures = [ROOT / name for name in re.findall(r"!\[[^\]]*\]\(([^)]+)\)", README)]
    assert len(pictures) >= 5
    assert [str(path) for path in pictures if not path.exists()] == []


def places(page: Path) -> set[str]:
    """The headings of a page as a link names them."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    """Whoever follows a link of the docs arrives: at a file that is there, at a heading that is there."""
    lost = []
    for link in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8")):
        name, _, place = link.partition("#")
        target = page.parent / name if name else page
        if not link.startswith("http") and not (target.exists() and (not place or place in places(target))):
            lost.append(link)
    assert lost == []


def titles(pattern: str, *files: Path) -> list[str]:
    return [title for file in files for title in re.findall(pattern, file.read_text(encoding="utf-8"))]


def test_every_room_and_page_of_the_settings_is_in_the_guide() -> None:
    """What stands at the left edge of a window is told by the same name."""
    rooms = titles(r'add_room\(\w+, "([^"]+)"', ROOT / "ui" / "window" / "main_window.py")
    pages = titles(r'super\(\).__init__\("([^"]+)", parent\)', *(ROOT / "ui" / "settings").glob("*_page.py"))
    assert len(rooms) >= 7
    assert len(pages) >= 14
    table = GUIDE[GUIDE.index("## Settings window") :]
    assert [room for room in rooms if f"*{room}*" not in GUIDE] == []
    assert [page for page in pages if f"| {page} |" not in table] == []
