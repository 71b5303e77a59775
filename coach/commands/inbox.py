"""``sameside inbox``: summaries that others shared; read, searched, answered with a note."""

from __future__ import annotations

import argparse
import dataclasses
import datetime as dt
import sys
from pathlib import Path
from typing import Any

from coach.bootstrap import make_services
from coach.calls.phrases import clock, moment_words
from coach.commands.lines import number, one_line, write_line
from coach.commands.share import moment_of, named
from coach.errors import KnownError
from coach.values.hits import quoted
from coach.values.share_ports import SharingServices
from coach.values.shares import InboxRow, Looked, Note, Repaired, Wanted

_TEXT = "summaries that others shared with you: look, list, search, read, answer with a note"


def register(subparsers: argparse._SubParsersAction[Any]) -> None:
    parser = subparsers.add_parser("inbox", help=_TEXT, description=_TEXT[0].upper() + _TEXT[1:] + ".")
    parser.set_defaults(run=run_list, words="", person="", since=None, move="", repaired=None, json=False)
    parser.set_defaults(due_by=None, due_from=None)
    actions = parser.add_subparsers(dest="action", metavar="ACTION")
    listing = actions.add_parser("list", help="what is there, after a look into the folders")
    listing.add_argument("--words", default="", help="only with all of these words")
    listing.add_argument("--person", default="", metavar="NAME", help="of this agent, or their fingerprint")
    listing.add_argument("--since", type=dt.date.fromisoformat, metavar="DATE", help="calls from this day on")
    listing.add_argument("--move", default="", help="only with this move")
    listing.add_argument("--repaired", choices=("open", "all"), help="a moment left open, or all repaired")
    listing.add_argument(
        "--due-by", type=dt.date.fromisoformat, metavar="DATE", help="a commitment is due by this day"
    )
    listing.add_argument(
        "--due-from", type=dt.date.fromisoformat, metavar="DATE", help="a commitment is due from this day on"
    )
    listing.add_argument("--json", action="store_true", help="JSON lines, for programs")
    listing.set_defaults(run=run_list)
    show = actions.add_parser("show", help="read one; its agent is told, unless you switched that off")
    show.add_argument("number", type=number)
    show.set_defaults(run=run_show)
    note = actions.add_parser("note", help="a note at a moment, which goes back to the agent")
    note.add_argument("number", type=number)
    note.add_argument("text")
    note.add_argument("--at", type=float, default=0.0, metavar="SECOND")
    note.add_argument("--line", default="", metavar="LINE", help="the id of a line; its second is taken")
    note.set_defaults(run=run_note)
    take = actions.add_parser("take", help="take in files that came another way")
    take.add_argument("files", nargs="+", type=Path, metavar="FILE")
    take.set_defaults(run=run_take)
    aside = actions.add_parser("aside", help="files that were not taken in, and why")
    aside.set_defaults(run=run_aside)
    delete = actions.add_parser("delete", help="delete one here; --undo brings it back")
    delete.add_argument("number", type=number)
    delete.add_argument("--undo", action="store_true", help="bring it back")
    delete.set_defaults(run=run_delete)


def run_list(args: argparse.Namespace) -> int:
    sharing = make_services().sharing
    looked = sharing.look()
    person = named(sharing.people(), args.person).key if args.person else None
    repaired = {None: Repaired.ANY, "open": Repaired.OPEN, "all": Repaired.ALL}[args.repaired]
    due = args.due_by, args.due_from
    rows = sharing.inbox(Wanted(args.words, person, args.since, args.move, repaired, *due))
    for row in rows:
        if args.json:
            write_line(as_json(row))
        else:
            sys.stdout.write(_line(row))
    if not args.json:
        sys.stdout.write(_about(looked, rows))
    return 0


def run_show(args: argparse.Namespace) -> int:
    sharing = make_services().sharing
    row = _row(sharing, args.number)
    notes = sharing.open(row)
    share, out = row.share, sys.stdout.write
    out(f"{share.title}\n{row.name}, {moment_words(share.started_at)}, {clock(share.duration_s)}\n")
    out(f"{share.headline}\n")
    if share.comment:
        out(f"* {share.comment}\n")
    for section in share.sections:
        if section.lines:
            out(f"\n{section.title}\n")
        for line in section.lines:
            marks = " (edited)" * bool(line.original) + " (contested)" * line.contested
            out(f"[{line.id}] {clock(line.at_s)} {line.text}{marks}\n")
            quote = "" if line.evidence == line.text else f"“{line.evidence}”"
            for more in (line.detail, quote, line.comment and f"* {line.comment}"):
                if more:
                    out(f"    {more}\n")
    for note in notes:
        out(f"\n{moment_of(note)}your note: {note.text}{_read(note)}\n")
    return 0


def run_note(args: argparse.Namespace) -> int:
    sharing = make_services().sharing
    row = _row(sharing, args.number)
    at_s = args.at
    if args.line:
        lines = {line.id: line for section in row.share.sections for line in section.lines}
        if args.line not in lines:
            raise KnownError("line-unknown", f"There is no line {args.line}. 'inbox show' gives their ids.")
        at_s = lines[args.line].at_s
    if not 0 <= at_s <= row.share.duration_s:
        raise KnownError("second-unknown", f"The call has seconds 0 to {row.share.duration_s:.0f}.")
    sharing.write_note(row, args.text, at_s, args.line)
    sys.stdout.write(f"Noted for {row.name}.\n")
    return 0


def run_take(args: argparse.Namespace) -> int:
    sharing = make_services().sharing
    code = 0
    for path in args.files:
        try:
            looked = sharing.take_in(path)
        except KnownError as error:
            if len(args.files) == 1:
                raise
            # The others are good all the same.
            code = 2
            sys.stderr.write(f"sameside: {one_line(str(path))}: {one_line(error.message)}\n")
        else:
            sys.stdout.write(f"{path}: {'taken in' if looked.news else 'nothing new for you'}\n")
    return code


def run_aside(_args: argparse.Namespace) -> int:
    found = make_services().sharing.set_aside()
    for one in found:
        sys.stdout.write(f"{one.path}\n  {one.message}\n")
        if one.card:
            sys.stdout.write(f"  {one.card}\n")
    if not found:
        sys.stdout.write("Nothing was set aside.\n")
    return 0


def run_delete(args: argparse.Namespace) -> int:
    sharing = make_services().sharing
    if args.undo:
        sharing.restore(args.number)
        sys.stdout.write("Back again.\n")
        return 0
    sharing.delete(_row(sharing, args.number).id)
    sys.stdout.write("Deleted here; the file of its sender stays.\n")
    return 0


def as_json(row: InboxRow) -> dict[str, Any]:
    share = row.share
    return {
        "number": row.id,
        "person": row.name,
        "title": share.title,
        "started_at": share.started_at.isoformat(),
        "duration_s": share.duration_s,
        "opened": row.opened,
        "headline": share.headline,
        "figures": dataclasses.asdict(share.figures),
        "moves": sorted(share.moves),
        "notes": row.notes,
        "snippet": quoted(row.snippet),
    }


def _row(sharing: SharingServices, number: int) -> InboxRow:
    found = next((row for row in sharing.inbox() if row.id == number), None)
    if found is None:
        raise KnownError("share-unknown", f"There is no summary {number}. 'sameside inbox' lists them.")
    return found


def _line(row: InboxRow) -> str:
    new = " " if row.opened else "*"
    about = f"{new}{row.id:>4}  {moment_words(row.share.started_at)}  {row.name}  {row.share.title}\n"
    return about + (f"        {quoted(row.snippet)}\n" if row.snippet else f"        {row.share.headline}\n")


def _about(looked: Looked, rows: list[InboxRow]) -> str:
    said = [f"{folder} cannot be reached now.\n" for folder in looked.unreachable]
    if looked.aside:
        said.append(f"{looked.aside} set aside; 'sameside inbox aside' says why.\n")
    if not rows:
        said.append("No summaries.\n")
    return "".join(said)


def _read(note: Note) -> str:
    return "" if note.acknowledged_at is None else f" (read {moment_words(note.acknowledged_at)})"
