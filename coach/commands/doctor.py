"""``sameside doctor``: is everything there that a call needs, and what to do where it is not."""

from __future__ import annotations

import argparse
import datetime as dt
import platform
import shutil
import sys
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from coach import resources
from coach.audio.devices import list_inputs
from coach.bootstrap import load_detector, load_settings, make_services, office_in_effect, settings_path
from coach.commands.lines import write_line
from coach.errors import KnownError
from coach.machine.whole_files import is_folder
from coach.modelfiles.manager import ModelFiles
from coach.organisation import read_policy
from coach.services.playbook_choice import organisation_playbook, playbook_in_effect

_ROOM_WANTED_BYTES = 500_000_000


def register(subparsers: argparse._SubParsersAction[Any]) -> None:
    text = "check what a call needs, and say what to do"
    parser = subparsers.add_parser("doctor", help=text, description=text[0].upper() + text[1:] + ".")
    parser.add_argument("--json", action="store_true", help="one JSON object per check")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Exit code 2 when something needs the user's hand."""
    trouble = False
    for name, check in _CHECKS.items():
        try:
            ok, found = True, check()
        except KnownError as error:
            ok, found, trouble = False, error.message, True
        if args.json:
            write_line({"check": name, "ok": ok, "found": found})
        else:
            sys.stdout.write(f"{'ok  ' if ok else 'DO  '} {name:12} {found}\n")
    return 2 if trouble else 0


def _system() -> str:
    return f"{platform.system()} {platform.release()}, Python {platform.python_version()}"


def _settings() -> str:
    chosen, _trouble = load_settings()
    office_in_effect(chosen, dt.date.today())
    return str(settings_path()) if settings_path().exists() else "defaults"


def _policy() -> str:
    policy = read_policy(resources.policy_path())
    if policy.trouble is not None:
        raise policy.trouble
    names = ", ".join(sorted(policy.values)) or "nothing"
    return f"{policy.path} sets {names}" if policy.there else "none"


def _model() -> str:
    chosen = load_settings()[0].listening.model
    return f"{chosen} in {ModelFiles().resolve(chosen)}"


def _moves() -> str:
    moves, _ = load_detector().judge("You should have called us sooner, this is your own fault.")
    return f"moves model works ({len(moves)} found in a trial turn)"


def _playbook() -> str:
    chosen, _trouble = load_settings()
    playbook, trouble = playbook_in_effect(chosen)
    if trouble is not None:
        raise trouble
    own = organisation_playbook(chosen)
    return f"{len(playbook.names())} moves" + (f", with {own}" if own else "")


def _microphone() -> str:
    found = list_inputs()
    if not found:
        raise KnownError("no-microphone", "No microphone was found. Plug one in and try again.")
    return ", ".join(device.name + (" (default)" if device.is_default else "") for device in found)


def _store() -> str:
    services = make_services()
    try:
        calls = services.store().listing(limit=1)
    finally:
        services.close()
    return f"{resources.data_dir()} opens ({'has calls' if calls else 'no calls yet'})"


def _room() -> str:
    folder = resources.data_dir()
    while not is_folder(folder) and folder != folder.parent:
        folder = folder.parent
    try:
        free = shutil.disk_usage(folder).free
    except OSError as error:
        reason = error.strerror or error
        raise KnownError(
            "store-unwritable", f"{folder}, where calls are kept, is away ({reason})."
        ) from error
    if free < _ROOM_WANTED_BYTES:
        raise KnownError("disk-full", f"Only {free / 1e6:.0f} MB are free where calls are kept. Make room.")
    return f"{free / 1e9:.1f} GB free"


def _window() -> str:
    try:
        return f"Qt {version('PySide6-Essentials')}"
    except PackageNotFoundError as error:
        raise KnownError(
            "qt-missing", "Qt is not installed, so there is no window. Reinstall Sameside."
        ) from error


_CHECKS: dict[str, Callable[[], str]] = {
    "system": _system,
    "settings": _settings,
    "policy": _policy,
    "recognition": _model,
    "moves": _moves,
    "playbook": _playbook,
    "microphone": _microphone,
    "calls": _store,
    "disk": _room,
    "window": _window,
}
