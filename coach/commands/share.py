"""``sameside share``: one's own key, the people one knows, and summaries on their way to them."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from coach.bootstrap import EngineServices, make_services
from coach.calls.phrases import clock, moment_words
from coach.errors import KnownError
from coach.values.shares import WHOLE_COMMENT, Known, Me, Note, Outgoing

_TEXT = "share a summary with people you chose: signed, encrypted to them, as a file or in a folder"


def register(subparsers: argparse._SubParsersAction[Any]) -> None:
    parser = subparsers.add_parser("share", help=_TEXT, description=_TEXT[0].upper() + _TEXT[1:] + ".")
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    key = actions.add_parser("key", help="your key, to be given to others; made with --name")
    key.add_argument("--name", default="", help="make your key, under this name")
    key.add_argument(
        "--replace",
        action="store_true",
        help="retire your key and make another; whoever knows you must learn it",
    )
    key.set_defaults(run=run_key)
    actions.add_parser("people", help="whom you know, with their fingerprints").set_defaults(run=run_people)
    _add_know(actions)
    forget = actions.add_parser("forget", help="no longer know somebody")
    forget.add_argument("name", metavar="NAME", help="as 'share people' shows it, or the fingerprint's start")
    forget.set_defaults(run=run_forget)
    for name, run, text in (
        ("preview", run_preview, "exactly what would be shared of a call, line by line"),
        ("send", run_send, "share a call's summary"),
    ):
        action = actions.add_parser(name, help=text)
        action.add_argument("call", metavar="CALL", help="an id, as 'sameside calls' shows it")
        action.add_argument(
            "--leave-out",
            action="append",
            default=[],
            metavar="LINE",
            help="id of a line; more than once",
        )
        action.set_defaults(run=run)
        if name == "send":
            action.add_argument("--to", type=Path, metavar="FILE", help="a file, in place of your folder")
            action.add_argument("--replace", action="store_true", help="replace a file that is there")
            action.add_argument(
                "--sound", action="store_true", help="with the recording of the turns that go along"
            )
    status = actions.add_parser("status", help="what is shared or waits, who opened it, and notes")
    status.set_defaults(run=run_status)
    back = actions.add_parser("take-back", help="remove a shared summary from its folder")
    back.add_argument("call", metavar="CALL")
    back.set_defaults(run=run_take_back)
    note = actions.add_parser("acknowledge", help="tell that you read the notes about a call")
    note.add_argument("call", metavar="CALL")
    note.set_defaults(run=run_acknowledge)


def _add_know(actions: Any) -> None:
    know = actions.add_parser(
        "know",
        help="take in somebody's key",
        description="Take in somebody's key, or say again what they are called or may read. What is not said "
        "stays as it was.",
    )
    know.add_argument("card", metavar="KEY", help="the line they gave you, from sameside1 on")
    know.add_argument("--name", default="", help="what you call them")
    know.add_argument(
        "--reads",
        action=argparse.BooleanOptionalAction,
        help="they may read what you share, or no longer; somebody new may not unless you say so",
    )
    know.set_defaults(run=run_know)


def run_key(args: argparse.Namespace) -> int:
    sharing = make_services().sharing
    if args.replace:
        me: Me | None = sharing.replace_me(args.name)
    else:
        me = sharing.make_me(args.name) if args.name else sharing.me()
    if me is None:
        raise KnownError("share-no-key", "You have no key yet. 'sameside share key --name NAME' makes one.")
    sys.stdout.write(f"{me.name}\nfingerprint {me.fingerprint}\nin words    {me.words}\n{me.card}\n")
    return 0


def run_people(_args: argparse.Namespace) -> int:
    people = make_services().sharing.people()
    for one in people:
        reads = "  reads what you share" if one.reads else "  no longer uses this key" if one.retired else ""
        sys.stdout.write(f"{one.name}  {one.fingerprint}{reads}\n")
    if not people:
        sys.stdout.write("Nobody yet.\n")
    return 0


def run_know(args: argparse.Namespace) -> int:
    sharing = make_services().sharing
    known = sharing.read_card(args.card)
    before = next((one for one in sharing.people() if one.key == known.key), known)
    reads = before.reads if args.reads is None else args.reads
    known = replace(known, name=args.name.strip() or before.name, reads=reads)
    sharing.add_person(known)
    may = "They read what you share." if reads else "They do not read what you share."
    digits = f"In digits: {known.fingerprint}\n"
    sys.stdout.write(f"{known.name} is known now. {may} Compare with them: {known.words}\n{digits}")
    return 0


def run_forget(args: argparse.Namespace) -> int:
    sharing = make_services().sharing
    found = named(sharing.people(), args.name)
    sharing.remove_person(found)
    sys.stdout.write(f"{found.name} is no longer known.\n")
    return 0


def run_preview(args: argparse.Namespace) -> int:
    shown = make_services().sharing.preview(args.call, set(args.leave_out))
    out = sys.stdout.write
    out(f"{shown.header.title}, {moment_words(shown.header.started_at)}\n{shown.headline}\n")
    if shown.comment:
        out(f"[{WHOLE_COMMENT}] {shown.comment}\n")
    for section in shown.to_read:
        out(f"\n{section.title}\n")
        for line in section.lines:
            marks = " (edited)" * line.edited + " (contested)" * line.contested
            out(f"[{line.id}] {clock(line.own.at_s)} {line.text}{marks}\n")
            for more in (line.detail, line.quote and f"“{line.quote}”", line.comment and f"* {line.comment}"):
                if more:
                    out(f"    {more}\n")
    out("\nWhat you said there\n")
    for turn in shown.turns:
        out(f"  {clock(turn.start_s)} {turn.text}\n")
    return 0


def run_send(args: argparse.Namespace) -> int:
    sharing = make_services().sharing
    left = set(args.leave_out)
    if args.to is not None:
        sharing.export(args.call, left, args.to, args.replace, args.sound)
        sys.stdout.write(f"{args.to}\n")
        return 0
    sys.stdout.write(_told(sharing.share(args.call, left, sound=args.sound)))
    return 0


def run_status(_args: argparse.Namespace) -> int:
    services = make_services()
    services.sharing.look()
    services.sharing.deliver()
    calls = dict.fromkeys(out.call_id for out in services.sharing.sent() if out.call_id)
    for call_id in calls:
        _status(services, call_id)
    if not calls:
        sys.stdout.write("Nothing was shared yet.\n")
    return 0


def run_take_back(args: argparse.Namespace) -> int:
    sharing = make_services().sharing
    shared = sharing.of_call(args.call).outgoing
    if not shared:
        raise KnownError(
            "share-none", f"Nothing of call {args.call} is shared or waits. 'sameside share status' lists it."
        )
    for out in shared:
        sharing.take_back(out)
    sys.stdout.write("Taken back. Whoever has taken it in already keeps their copy.\n")
    return 0


def run_acknowledge(args: argparse.Namespace) -> int:
    sharing = make_services().sharing
    notes = [note for note in sharing.of_call(args.call).notes if note.acknowledged_at is None]
    for note in notes:
        sharing.acknowledge(note)
    sys.stdout.write(f"{len(notes)} acknowledged.\n")
    return 0


def _status(services: EngineServices, call_id: str) -> None:
    known = services.sharing.of_call(call_id)
    out = sys.stdout.write
    out(f"{call_id}\n")
    for sent in known.outgoing:
        out(f"  {_told(sent)}")
    if known.changed:
        out("  you changed it since: share it again to replace that\n")
    for one in known.opened:
        out(f"  opened by {known.names.get(one.person, 'somebody')}, {moment_words(one.at)}\n")
    for note in known.notes:
        new = "" if note.acknowledged_at else " (new)"
        out(f"  {moment_of(note)}{known.names.get(note.person, 'Somebody')}: {note.text}{new}\n")


def moment_of(note: Note) -> str:
    """What stands before a note: its second, or nothing where it is about the whole call."""
    return "" if note.moment_s is None else f"{clock(note.moment_s)} "


def _told(out: Outgoing) -> str:
    if out.sent_at is not None:
        return f"{Path(out.folder) / out.name}\n"
    return f"waits for {out.folder}. {out.trouble}\n"


def named(people: list[Known], name: str) -> Known:
    """Whom a name means, or the beginning of a fingerprint. Raises ``KnownError`` ("person-unknown")."""
    wanted = name.casefold()
    begins = [one for one in people if name.strip() and one.fingerprint.startswith(name)]
    found = [one for one in people if one.name.casefold() == wanted or one in begins]
    if len(found) != 1:
        raise KnownError(
            "person-unknown",
            f"There is not exactly one {name} among those you know. Use the fingerprint.",
        )
    return found[0]
