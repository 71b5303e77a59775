"""Which playbook is in effect: the shipped one, with the organisation's file over it where there is one."""

from __future__ import annotations

import logging
from functools import cache
from pathlib import Path

from coach import resources
from coach.coaching.playbook import Playbook, load_playbook
from coach.coaching.playbook_check import load_over
from coach.errors import KnownError
from coach.settings import Settings

USUAL_NAME = "playbook.toml"
"""The organisation's file, beside the settings, unless ``cues.playbook`` names another."""

log = logging.getLogger(__name__)


def shipped_playbook() -> Playbook:
    return _read_once(resources.asset("playbook.toml"))


@cache
def _read_once(path: Path) -> Playbook:
    """It ships with the program and is checked as a whole, line against line: once is enough."""
    return load_playbook(path)


def organisation_playbook(chosen: Settings) -> Path | None:
    """The organisation's file; None where none is named and none lies in the usual place."""
    if chosen.cues.playbook:
        return resources.config_dir() / Path(chosen.cues.playbook).expanduser()
    usual = resources.config_dir() / USUAL_NAME
    return usual if usual.exists() else None


def playbook_in_effect(chosen: Settings) -> tuple[Playbook, KnownError | None]:
    """The playbook to use, and what is wrong with the organisation's file, if it had to be left out."""
    shipped, path = shipped_playbook(), organisation_playbook(chosen)
    if path is None:
        return shipped, None
    try:
        return load_over(shipped, path), None
    except KnownError as error:
        log.warning("the organisation's playbook is left out: %s", error.code)
        if error.code == "playbook-missing":
            error = KnownError(error.code, f"{error.message} Until then the shipped playbook is used.")
        return shipped, error
