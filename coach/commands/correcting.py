"""``sameside calls correct``, ``put-back``, ``note`` and ``notes``: what a review adds to a call."""

from __future__ import annotations

import argparse
import math
import re
import sys
from typing import Any

from coach.bootstrap import make_services
from coach.calls.phrases import clock
from coach.commands.lines import write_line
from coach.commands.printing import CallPrinter
from coach.errors import KnownError
from coach.events import CallRecord, Turn
from coach.taxonomy import OWN, is_flag
from coach.values.reviewing import Correction, Review, standing_corrections

_TIME = re.compile(r"(?:(?:(\d{1,9}):)?(\d{1,3}):)?(\d{1,9}(?:\.\d+)?)")


def add_actions(actions: Any) -> None:
    """To the actions of ``sameside calls``."""
    correct = actions.add_parser("correct", help="put misheard words of a turn right")
    put_back = actions.add_parser("put-back", help="take the latest correction of a turn back")
    note = actions.add_parser("note", help="a private note about a flag; an empty one removes it")
    notes = actions.add_parser("notes", help="the notes and corrections of a call")
    for action in (correct, put_back, note, notes):
        action.add_argument("id")
    for action in (correct, put_back, note):
        action.add_argument("at", metavar="TIME", help="when the turn was said, as 'show' prints it: 1:12")
    correct.add_argument("words", help="the whole turn as it was said")
    note.add_argument("move", help="the flag, such as blaming")
    note.add_argument("text")
    notes.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="for programs")
    correct.set_defaults(run=run_correct)
    put_back.set_defaults(run=run_put_back)
    note.set_defaults(run=run_note)
    notes.set_defaults(run=run_notes)


def run_correct(args: argparse.Namespace) -> int:
    review = make_services().review
    turn = turn_said_at(review.open(args.id).record, args.at)
    made = review.correct(args.id, turn.index, args.words)
    _print_turns(review.open(args.id).record, made)
    return 0


def run_put_back(args: argparse.Namespace) -> int:
    review = make_services().review
    opened = review.open(args.id)
    turn = turn_said_at(opened.record, args.at)
    made = standing_corrections(opened.corrections).get(turn.index)
    if made is None:
        raise KnownError("correction-unknown", f"The turn at {clock(turn.start_s)} was not corrected.")
    review.undo_correction(args.id, made.id)
    _print_turns(review.open(args.id).record, made)
    return 0


def run_note(args: argparse.Namespace) -> int:
    review = make_services().review
    record = review.open(args.id).record
    turn = turn_said_at(record, args.at)
    flags = [move.name for move in record.moves.get(turn.index, ()) if is_flag(move.name)]
    wanted = args.move.strip().replace(" ", "_")
    move = next((name for name in flags if name.removeprefix(OWN) == wanted.removeprefix(OWN)), None)
    if move is None:
        there = ", ".join(name.removeprefix(OWN) for name in flags) or "none"
        raise KnownError(
            "flag-unknown",
            f"The turn at {clock(turn.start_s)} has no flag “{args.move}”. Its flags: {there}.",
        )
    review.keep_note(args.id, turn.index, move, args.text)
    sys.stdout.write("Note kept, for you alone.\n" if args.text.strip() else "Note removed.\n")
    return 0


def run_notes(args: argparse.Namespace) -> int:
    review = make_services().review.open(args.id)
    for line in _notes(review):
        if args.json:
            write_line(line)
        else:
            kind = f"note on {line['move']}" if "move" in line else "heard at first"
            sys.stdout.write(f"{clock(line['at_s']):>7}  {kind}: {line['text']}\n")
    if not (review.notes or standing_corrections(review.corrections) or args.json):
        sys.stdout.write("No notes and no corrections.\n")
    return 0


def _notes(review: Review) -> list[dict[str, Any]]:
    starts = {turn.index: turn.start_s for turn in review.record.turns}
    notes: list[dict[str, Any]] = [
        {"at_s": starts.get(one.turn_index, 0.0), "move": one.move.removeprefix(OWN), "text": one.text}
        for one in review.notes
    ]
    corrected = standing_corrections(review.corrections).values()
    notes += [{"at_s": one.before.turn.start_s, "text": one.before.turn.text} for one in corrected]
    return sorted(notes, key=lambda line: float(line["at_s"]))


def turn_said_at(record: CallRecord, at: str) -> Turn:
    """The turn whose time is shown as ``at``, else the one that is being said then. A part of a second tells
    apart those that begin in the same one.

    Raises ``KnownError`` ("time-unclear", "turn-unknown", "turn-several").
    """
    found = _TIME.fullmatch(at.strip())
    if found is None:
        raise KnownError("time-unclear", f"“{at}” is no time of a call. Give one such as 1:12.")
    hours, minutes, seconds = (float(part or 0) for part in found.groups())
    at_s = hours * 3600 + minutes * 60 + seconds
    shown = [turn for turn in record.turns if int(turn.start_s) == int(at_s)]
    said = [turn for turn in record.turns if turn.start_s <= at_s < turn.end_s]
    if "." not in at or not said:
        said = shown or said
    if len(said) > 1:
        # Rounded up, for each must lie within its turn.
        times = " or ".join(f"{math.ceil(turn.start_s * 100) / 100:.2f}" for turn in said)
        raise KnownError(
            "turn-several", f"{len(said)} turns begin at {at}. Say which, by its seconds: {times}."
        )
    if not said:
        raise KnownError("turn-unknown", f"Nothing was said at {at}. 'sameside calls show' has the times.")
    return said[0]


def _print_turns(record: CallRecord, made: Correction) -> None:
    """The turn and those that stood on it, as they read now."""
    printer = CallPrinter()
    indices = {made.turn_index, *(one.turn.index for one in made.before.others)}
    for turn in record.turns:
        if turn.index in indices:
            printer.turn(turn, record.moves.get(turn.index, ()))
