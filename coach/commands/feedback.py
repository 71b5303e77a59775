"""``sameside feedback``: what was called unfair, taking it back, and the turns as labelled data."""

from __future__ import annotations

import argparse
import dataclasses
import sys
from pathlib import Path
from typing import Any

from coach.bootstrap import make_services
from coach.commands.lines import number, plain, write_line
from coach.errors import KnownError
from coach.values.judgements import Judgement, MoveFairness


def register(subparsers: argparse._SubParsersAction[Any]) -> None:
    text = "list what you called unfair, take it back, export it as labelled data"
    parser = subparsers.add_parser("feedback", help=text, description=text[0].upper() + text[1:] + ".")
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=run_list)
    actions = parser.add_subparsers(dest="action", metavar="ACTION")
    listing = actions.add_parser(
        "list", help="each move called unfair, and how far that raised its threshold"
    )
    listing.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="for programs")
    listing.set_defaults(run=run_list)
    undo = actions.add_parser("undo", help="take it back (restore makes it count again)")
    restore = actions.add_parser("restore", help="let what was taken back count again")
    for action, run in ((undo, run_undo), (restore, run_restore)):
        action.add_argument("ids", nargs="+", type=number, metavar="ID")
        action.set_defaults(run=run)
    export = actions.add_parser("export", help="turns called unfair as JSON lines")
    export.add_argument("file", metavar="FILE")
    export.add_argument("--replace", action="store_true", help="replace a file that is there already")
    export.set_defaults(run=run_export)


def run_list(args: argparse.Namespace) -> int:
    moves = make_services().feedback.overview()
    for move in moves:
        if args.json:
            write_line({key: plain(value) for key, value in dataclasses.asdict(move).items()})
        else:
            _print(move)
    if not moves and not args.json:
        sys.stdout.write("Nothing is called unfair; every move is flagged as shipped.\n")
    return 0


def _print(move: MoveFairness) -> None:
    name = move.move.replace("_", " ")
    taken_up = f", taken up {_times(move.confirmed)}" if move.confirmed else ""
    shipped, limit = f"{move.shipped:.0%} as shipped", f"{move.limit:.0%} at most"
    sys.stdout.write(
        f"{name}: flagged from {move.now:.0%} sure on ({shipped}, {limit});"
        f" called unfair {_times(len(move.unfair))}{taken_up}\n"
    )
    for one in move.unfair:
        sys.stdout.write(f"  {one.id:>4}  {one.said_at.astimezone():%Y-%m-%d %H:%M}  {_words(one)}\n")


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def _words(one: Judgement) -> str:
    if one.call_id is None:
        return "(its call is deleted)"
    return f"“{' '.join(one.words.split())}”  {one.call_title}"


def run_undo(args: argparse.Namespace) -> int:
    changed = make_services().feedback.take_back(args.ids)
    ids = " ".join(map(str, changed))
    sys.stdout.write(
        f"Taken back. 'sameside feedback restore {ids}' makes it count again.\n"
        if changed
        else "It was taken back already.\n"
    )
    return 0


def run_restore(args: argparse.Namespace) -> int:
    changed = make_services().feedback.contest_again(args.ids)
    sys.stdout.write("It counts again.\n" if changed else "It counts already.\n")
    return 0


def run_export(args: argparse.Namespace) -> int:
    try:
        written, gone = make_services().feedback.export(Path(args.file), replace=args.replace)
    except KnownError as error:
        hint = " Here that is --replace." if error.code == "file-exists" else ""
        raise KnownError(error.code, error.message + hint) from error
    left_out = f" {gone} left out, for their calls are deleted." if gone else ""
    turns = "turn" if written == 1 else "turns"
    sys.stdout.write(f"{written} {turns} written to {args.file}.{left_out}\n")
    return 0
