"""``sameside playbook``: what it says, and what is wrong with an organisation's own file."""

from __future__ import annotations

import argparse
import dataclasses
import sys
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any, get_args

from coach.bootstrap import load_settings, make_services, settings_path
from coach.coaching.playbook import Entry, Line, Playbook, Where
from coach.coaching.playbook_check import check
from coach.commands import playbook_try
from coach.commands.lines import plain, write_line
from coach.errors import KnownError
from coach.services.playbook_choice import (
    USUAL_NAME,
    organisation_playbook,
    playbook_in_effect,
    shipped_playbook,
)
from coach.values.own_moves import OwnProblem


def register(subparsers: argparse._SubParsersAction[Any]) -> None:
    text = "show the playbook, check one of your own, and try sentences"
    parser = subparsers.add_parser("playbook", help=text, description=text[0].upper() + text[1:] + ".")
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    checking = actions.add_parser("check", help="explain every mistake in a playbook file, with its line")
    checking.add_argument("file", nargs="?", default="", metavar="FILE", help="default: the one in use")
    checking.set_defaults(run=run_check)
    showing = actions.add_parser("show", help="what the playbook in use says")
    showing.add_argument("move", nargs="?", default="", metavar="MOVE", help="one move or flag, in full")
    showing.add_argument("--where", choices=get_args(Where), help="only lines for the phone, or a counter")
    showing.set_defaults(run=run_show)
    playbook_try.register(actions)
    for action in (checking, showing):
        action.add_argument("--json", action="store_true", help="for programs: one JSON object per line")


def run_check(args: argparse.Namespace) -> int:
    """Exit code 2 when there is a mistake. Raises ``KnownError`` (playbook-missing)."""
    chosen, _trouble = load_settings()
    path = Path(args.file) if args.file else organisation_playbook(chosen)
    if path is None:
        usual = settings_path().parent / USUAL_NAME
        raise KnownError(
            "playbook-missing", f"There is no playbook of your own. Name a file, or write {usual}."
        )
    mistakes = check(path, shipped_playbook(), _check_own)
    for mistake in mistakes:
        if args.json:
            write_line({"file": str(path), **dataclasses.asdict(mistake)})
            continue
        key = f"{mistake.key}: " if mistake.key else ""
        sys.stdout.write(f"{path}:{mistake.line}:{mistake.column}: {key}{mistake.wrong}\n")
        if mistake.mend:
            sys.stdout.write(f"    {mistake.mend}\n")
    if not args.json:
        count = len(mistakes)
        sys.stdout.write(f"{count} mistake{'s'[: count > 1]}.\n" if mistakes else f"{path}: no mistakes.\n")
    return 2 if mistakes else 0


def _check_own(tables: object) -> Sequence[OwnProblem]:
    """In form, and by what the detector makes of their examples; it is loaded only where there are some."""
    return make_services().own_moves.check(tables) if tables else []


def run_show(args: argparse.Namespace) -> int:
    """Raises ``KnownError`` ("unknown-move")."""
    playbook, trouble = playbook_in_effect(load_settings()[0])
    if trouble is not None:
        sys.stderr.write(f"sameside: {trouble.message}\n")
    if args.where:
        playbook = playbook.spoken(args.where)
    entries = {**playbook.moves, **playbook.flags}
    if args.move and args.move not in entries:
        close = get_close_matches(args.move, entries, n=1)
        hint = f"Did you mean {close[0]}?" if close else "“sameside playbook show” lists them."
        raise KnownError("unknown-move", f"The playbook has no {args.move}. {hint}")
    shown = {args.move: entries[args.move]} if args.move else entries
    for name, entry in shown.items():
        if args.json:
            write_line(
                {"move": name, **{key: plain(value) for key, value in dataclasses.asdict(entry).items()}}
            )
        elif args.move:
            sys.stdout.write("\n".join(_in_full(name, entry, playbook)) + "\n")
        else:
            count = len(entry.say) or len(entry.examples)
            kind = "lines" if entry.say else "examples"
            sys.stdout.write(f"{name:16} {entry.name or entry.title:38} {count:3} {kind}\n")
    return 0


def _in_full(name: str, entry: Entry, playbook: Playbook) -> Iterator[str]:
    yield f"{entry.name or entry.title} ({name})"
    yield f"  {entry.why}"
    yield f"  The {'green ' if entry.praise else ''}card says: {entry.praise or entry.title}"
    yield from (f"  {source}  {playbook.sources[source]}" for source in entry.sources)
    names = playbook.names()
    for repair in dict.fromkeys(line.makes for line in entry.say):
        yield f"\n  {names[repair]}:"
        yield from (f"    {_said(line)}" for line in entry.say if line.makes == repair)
    if entry.examples:
        yield "\n  For example:"
        yield from (f"    {line}" for line in entry.examples)


def _said(line: Line) -> str:
    where = {"phone": "on the phone", "counter": "at a counter", None: ""}[line.where]
    about = f"about {', '.join(line.about)}" if line.about else ""
    notes = "; ".join(note for note in (where, about) if note)
    return f"{line.line}  ({notes})" if notes else line.line
