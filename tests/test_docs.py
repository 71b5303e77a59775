"""Docs that cannot lie: what exists is documented."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import BaseModel

from coach.cli import make_parser
from coach.settings import Settings
from ui.launch import register

ROOT = Path(__file__).resolve().parent.parent
GUIDE = (ROOT / "docs" / "guide.md").read_text(encoding="utf-8")
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
def test_every_setting_is_in_the_guide(name: str) -> None:
    """A setting nobody can find is no setting."""
    assert f"`{name}`" in GUIDE


@pytest.mark.parametrize("command", commands())
def test_every_command_is_in_the_guide_and_the_readme(command: str) -> None:
    """What --help lists is explained."""
    assert f"sameside {command}" in GUIDE
    assert f"sameside {command}" in README


def test_pictures_named_in_the_readme_exist() -> None:
    """No broken picture on the first page."""
    named = [part.split(")")[0] for part in README.split("](")[1:]]
    pictures = [ROOT / name for name in named if not name.startswith("http")]
    assert len(pictures) >= 5
    assert [str(path) for path in pictures if not path.exists()] == []
