"""``sameside calls``: the list of past calls, one call, its deletion."""

from __future__ import annotations

import argparse
import dataclasses
import sys
from dataclasses import replace
from typing import Any

from coach.bootstrap import make_services
from coach.calls.page_markdown import summary_markdown
from coach.calls.phrases import clock
from coach.commands.correcting import add_actions
from coach.commands.lines import plain, write_line
from coach.commands.printing import print_shown, write_record
from coach.errors import KnownError
from coach.values.hits import quoted


def register(subparsers: argparse._SubParsersAction[Any]) -> None:
    text = "list, search, show and delete past calls"
    parser = subparsers.add_parser("calls", help=text, description=text[0].upper() + text[1:] + ".")
    parser.add_argument("--json", action="store_true", dest="json")
    parser.set_defaults(run=run_list, query="", deleted=False)
    actions = parser.add_subparsers(dest="action", metavar="ACTION")
    listing = actions.add_parser("list", help="list calls, newest first")
    listing.add_argument("query", nargs="?", default="", help="words that were said, or the title")
    listing.add_argument("--deleted", action="store_true", help="those that restore can still bring back")
    listing.set_defaults(run=run_list)
    show = actions.add_parser("show", help="one call with its summary")
    show.add_argument("id")
    show.add_argument("--markdown", action="store_true", help="the summary as Markdown")
    show.set_defaults(run=run_show)
    delete = actions.add_parser("delete", help="delete a call (restore brings it back)")
    delete.add_argument("id")
    delete.add_argument("--for-good", action="store_true", help="at once; nothing brings it back")
    delete.set_defaults(run=run_delete)
    restore = actions.add_parser("restore", help="bring a deleted call back")
    restore.add_argument("id")
    restore.set_defaults(run=run_restore)
    add_actions(actions)
    for action in (listing, show):
        action.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="for programs")


def run_list(args: argparse.Namespace) -> int:
    rows = make_services().store().listing(args.query, deleted=args.deleted)
    for row in rows:
        if args.json:
            shown = dataclasses.asdict(replace(row, snippet=quoted(row.snippet)))
            write_line({key: plain(value) for key, value in shown.items()})
            continue
        state = "" if row.finished else "  (not finished)"
        sys.stdout.write(
            f"{row.id}  {row.started_at.astimezone():%Y-%m-%d %H:%M}  {clock(row.duration_s):>7}  {row.title}"
            f"  flags {row.flags}, repaired {row.repaired}, promises {row.commitments}{state}\n"
        )
        if row.snippet:
            sys.stdout.write(f"    {quoted(row.snippet)}\n")
    if not rows and not args.json:
        none = "No deleted calls." if args.deleted else "No calls yet."
        sys.stdout.write(f"{'No calls match.' if args.query else none}\n")
    return 0


def run_show(args: argparse.Namespace) -> int:
    services = make_services()
    record, summary = services.store().load(args.id)
    if summary is None:
        services.recover()
        record, summary = services.store().load(args.id)
    if summary is None:
        raise KnownError("call-unfinished", "This call is still running. Stop it, then try again.")
    shown = services.summaries.shown(args.id)
    if args.json:
        write_record(record, shown, words=True)
    elif args.markdown:
        sys.stdout.write(summary_markdown(shown))
    else:
        print_shown(record, shown)
    return 0


def run_delete(args: argparse.Namespace) -> int:
    store = make_services().store()
    if args.for_good:
        store.forget(args.id)
        sys.stdout.write("Deleted for good.\n")
        return 0
    store.delete(args.id)
    sys.stdout.write(f"Deleted. 'sameside calls restore {args.id}' brings it back.\n")
    return 0


def run_restore(args: argparse.Namespace) -> int:
    make_services().store().restore(args.id)
    sys.stdout.write("Restored.\n")
    return 0
