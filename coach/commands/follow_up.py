"""``sameside follow-up``: what was promised and is still to be kept; kept, re-agreed, exported."""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from coach.bootstrap import EngineServices, make_services
from coach.calls.export import commitment_to_json
from coach.commands.lines import write_line
from coach.commitments.lifecycle import current, promised
from coach.commitments.words import clock, due_line, owner_words, said
from coach.errors import KnownError
from coach.values.follow_up import SETTLED, ExportFormat, Followed, FollowUpServices, Overview, StepKind

_ENDINGS: dict[str, ExportFormat] = {".ics": "ics", ".csv": "csv", ".txt": "text"}
_MOST_NAMES = 10
_DONE = {StepKind.KEPT: "Kept", StepKind.BROKEN: "Not kept", StepKind.RE_AGREED: "Re-agreed"}


def register(subparsers: argparse._SubParsersAction[Any]) -> None:
    text = "what was promised and is still to be kept; mark it kept, re-agree it, take it to a calendar"
    parser = subparsers.add_parser("follow-up", help=text, description=text[0].upper() + text[1:] + ".")
    parser.set_defaults(run=run_list)
    _add_choices(parser, False, "")
    actions = parser.add_subparsers(dest="action", metavar="ACTION")
    listing = actions.add_parser("list", help="what is to be kept, the most pressing first")
    _add_choices(listing, argparse.SUPPRESS, argparse.SUPPRESS)
    listing.set_defaults(run=run_list)
    for name, kind, help_text in (
        ("kept", StepKind.KEPT, "it was kept"),
        ("broken", StepKind.BROKEN, "it was not kept"),
    ):
        settle = actions.add_parser(name, help=help_text)
        settle.add_argument("id", metavar="ID", help="as the list shows it")
        settle.set_defaults(run=run_settle, kind=kind)
    again = actions.add_parser("re-agree", help="another time was agreed with the customer")
    again.add_argument("id", metavar="ID")
    again.add_argument("when", metavar="WHEN", help='as you would say it, such as "Thursday at two"')
    again.set_defaults(run=run_re_agree)
    undo = actions.add_parser("undo", help="take the last step of a commitment back")
    undo.add_argument("id", metavar="ID")
    undo.set_defaults(run=run_undo)
    named = actions.add_parser("about", help="say whom or what a call was about")
    named.add_argument("call", metavar="CALL")
    named.add_argument("name", metavar="NAME")
    named.set_defaults(run=run_about)
    brief = actions.add_parser("brief", help="what to know before the next contact with somebody")
    brief.add_argument("name", metavar="NAME", help="or a part of it, where only one name has it")
    brief.set_defaults(run=run_brief)
    export = actions.add_parser("export", help="to a file: .ics for calendars, .csv, .txt")
    export.add_argument("file", metavar="FILE")
    export.add_argument("--all", action="store_true", help="also what was kept")
    export.add_argument("--about", default="", metavar="NAME")
    export.add_argument("--replace", action="store_true", help="replace a file that is there already")
    export.set_defaults(run=run_export)


def _add_choices(parser: argparse.ArgumentParser, off: bool | str, nobody: str) -> None:
    """The list's own, before its name and after it, for the name may be left out."""
    told = "also what is settled, and the customer's tasks"
    parser.add_argument("--all", action="store_true", default=off, help=told)
    parser.add_argument("--about", default=nobody, metavar="NAME", help="only of calls about this")
    parser.add_argument("--json", action="store_true", default=off, help="JSON lines, for programs")


def run_list(args: argparse.Namespace) -> int:
    shown = _services().follow_up.overview()
    chosen = _chosen(shown, args.all, args.about)
    for one in chosen:
        if args.json:
            write_line(as_json(one, shown))
        else:
            sys.stdout.write(_lines(one, shown))
    if not chosen and not args.json:
        sys.stdout.write("Nothing is to be kept.\n")
    return 0


def run_settle(args: argparse.Namespace) -> int:
    follow_up = _services().follow_up
    follow_up.settle(_found(follow_up, args.id), args.kind)
    sys.stdout.write(f"{_DONE[args.kind]}. 'sameside follow-up undo {args.id}' takes that back.\n")
    return 0


def run_re_agree(args: argparse.Namespace) -> int:
    follow_up = _services().follow_up
    one = _found(follow_up, args.id)
    read = follow_up.read_due(args.when)
    if read.passed:
        raise KnownError("due-passed", f"“{args.when}” is over already. Say a time to come.")
    follow_up.change(one, StepKind.RE_AGREED, current(one).action, read.due)
    sys.stdout.write(f"Re-agreed for {due_line(read.due, dt.datetime.now().astimezone())}.\n")
    return 0


def run_undo(args: argparse.Namespace) -> int:
    follow_up = _services().follow_up
    steps = _found(follow_up, args.id).standing
    if not steps:
        raise KnownError("step-none", "Nothing was done with this commitment yet, so nothing is taken back.")
    follow_up.take_back(steps[-1].id)
    sys.stdout.write(f"Taken back: {steps[-1].kind.value}.\n")
    return 0


def run_about(args: argparse.Namespace) -> int:
    _services().follow_up.set_reference(args.call, args.name)
    sys.stdout.write(f"Call {args.call} is about {args.name}.\n" if args.name.strip() else "No name now.\n")
    return 0


def run_brief(args: argparse.Namespace) -> int:
    follow_up = _services().follow_up
    brief = follow_up.brief(_name_meant(args.name, follow_up.abouts()))
    shown = follow_up.overview()
    out = sys.stdout.write
    out(f"{brief.about}: {brief.calls} {'call' if brief.calls == 1 else 'calls'}\n")
    for heading, chosen in (("To be kept", brief.open), ("Settled", brief.settled)):
        if chosen:
            out(f"\n{heading}\n")
            for one in chosen:
                out(_lines(one, shown))
    if brief.last is not None:
        out(f"\nLast call, {brief.last.started_at:%Y-%m-%d %H:%M}: {brief.last.title}\n")
        for _key, line in brief.last.lines:
            out(f"  {int(line.at_s) // 60}:{int(line.at_s) % 60:02d}  {' '.join(line.text.split())}\n")
    return 0


def run_export(args: argparse.Namespace) -> int:
    path = Path(args.file)
    form = _ENDINGS.get(path.suffix.lower())
    if form is None:
        known = ", ".join(_ENDINGS)
        raise KnownError("format-unknown", f"{path.name} has no ending that says its form: {known}.")
    follow_up = _services().follow_up
    chosen = _chosen(follow_up.overview(), args.all, args.about)
    if not chosen:
        raise KnownError("nothing-to-export", "There is nothing to be kept, so there is nothing to export.")
    follow_up.export(chosen, form, path, args.replace)
    sys.stdout.write(f"{len(chosen)} {'commitment' if len(chosen) == 1 else 'commitments'} in {path}.\n")
    return 0


def as_json(one: Followed, shown: Overview) -> dict[str, Any]:
    """One line for other programs; the commitment as it stands now, and as it was heard."""
    clash = shown.clashes.get(one.key)
    return commitment_to_json(current(one)) | {
        "id": _id(one),
        "about": one.about,
        "state": shown.states[one.key].value,
        "answer": one.heard.answer.value,
        "heard": commitment_to_json(one.heard),
        "call": one.call_id,
        "title": one.title,
        "said_at": one.said_at.isoformat(timespec="seconds"),
        "t": one.heard.start_s,
        "clashes_with": None if clash is None else ":".join(clash),
        "history": [
            {"step": step.kind.value, "at": step.at.isoformat(timespec="seconds"), "undone": step.undone}
            for step in one.steps
        ],
    }


def _name_meant(said: str, names: Sequence[str]) -> str:
    """The name itself, or the only one with ``said`` in it."""
    wanted = " ".join(said.casefold().split())
    exact = [name for name in names if name.casefold() == wanted]
    parts = [name for name in names if wanted and wanted in name.casefold()]
    found = exact or sorted(parts, key=str.casefold)
    if len(found) > 1:
        listed = "; ".join(found[:_MOST_NAMES]) + ("; …" if len(found) > _MOST_NAMES else "")
        raise KnownError("about-several", f"Several names have “{said}” in them: {listed}. Say more of one.")
    if not found:
        raise KnownError("about-unknown", f"There is no call about {said}. 'sameside calls' lists them.")
    return found[0]


def _services() -> EngineServices:
    return make_services()


def _chosen(shown: Overview, everything: bool, about: str) -> list[Followed]:
    wanted = about.strip().casefold()
    return [
        one
        for one in shown.all
        if (everything or (promised(one) and shown.states[one.key] not in SETTLED))
        and not one.dropped
        and (not wanted or one.about.casefold() == wanted)
    ]


def _id(one: Followed) -> str:
    return ":".join(one.key)


def _found(follow_up: FollowUpServices, name: str) -> Followed:
    call_id, _, commitment_id = name.rpartition(":")
    every: Sequence[Followed] = follow_up.overview().all
    found = next((one for one in every if one.key == (call_id, commitment_id)), None)
    if found is None:
        raise KnownError(
            "commitment-unknown",
            f"There is no commitment {name}. See 'sameside follow-up list --all'.",
        )
    return found


def _lines(one: Followed, shown: Overview) -> str:
    made, state = current(one), shown.states[one.key].value
    about = f"  {one.about}" if one.about else ""
    condition = ", on a condition" if made.conditional else ""
    clash = "  says otherwise than another one\n" if one.key in shown.clashes else ""
    return (
        f"{state:>10}  {due_line(made.due, one.said_at)}  {said(made.action)}{about}\n"
        f"            {owner_words(made.owner)}{condition}, {clock(one)}"
        f" “{' '.join(made.evidence.split())}”  {_id(one)}\n" + (f"          {clash}" if clash else "")
    )
