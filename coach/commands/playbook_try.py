"""``sameside playbook try``: which moves a sentence makes, how strongly, by which words, and why."""

from __future__ import annotations

import argparse
import dataclasses
import sys
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from coach.bootstrap import make_services
from coach.commands.lines import one_line, write_line
from coach.errors import KnownError
from coach.moves.language import foreign
from coach.taxonomy import OWN, is_flag, is_own
from coach.values.own_moves import OwnListing, Tried, Verdict

_NEAREST = 3
"""Moves that do not fire and are shown all the same, those nearest to firing."""
_MOST_CHARS = 20_000


def register(actions: argparse._SubParsersAction[Any]) -> None:
    text = "tell which moves a sentence makes, how strongly, and why; own moves are checked on their examples"
    parser = actions.add_parser("try", help=text, description=text[0].upper() + text[1:] + ".")
    parser.add_argument("sentence", nargs="+", metavar="SENTENCE", help="what an agent might say")
    parser.add_argument("--all", action="store_true", help="show every move, not only those near")
    parser.add_argument("--json", action="store_true", help="for programs: one JSON object")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Raises ``KnownError`` ("sentence-empty", "sentence-long")."""
    sentence = " ".join(args.sentence).strip()
    if not sentence:
        raise KnownError(
            "sentence-empty", 'There is no sentence. Put one in quotes: sameside playbook try "..."'
        )
    if len(sentence) > _MOST_CHARS:
        raise KnownError("sentence-long", f"That is over {_MOST_CHARS} characters. Try one turn at a time.")
    own_moves = make_services().own_moves
    tried, listing = own_moves.try_sentence(sentence), own_moves.listing()
    if args.json:
        write_line(_json(tried, listing))
        return 0
    _print(tried, _shown(tried, args.all))
    for line in _notes(tried, listing):
        sys.stdout.write(f"{line}\n")
    return 0


def _shown(tried: Tried, everything: bool) -> list[Verdict]:
    fired = [one for one in tried.verdicts if one.fires]
    silent = [one for one in tried.verdicts if not one.fires]
    return fired + (silent if everything else silent[:_NEAREST])


def _print(tried: Tried, shown: list[Verdict]) -> None:
    table = Table(box=None, pad_edge=False, header_style="dim")
    for heading in ("", "move", "strength", "bar", "words, or why not"):
        table.add_column(heading, justify="right" if heading in ("strength", "bar") else "left")
    for one in shown:
        name = one.move.removeprefix(OWN).replace("_", " ") + (" (own)" if is_own(one.move) else "")
        table.add_row(
            _sign(one), Text(name), f"{one.strength:.2f}", f"{one.bar:.2f}", Text(_said(tried, one))
        )
    if not any(one.fires for one in shown):
        sys.stdout.write("No move fires. Nearest to it are:\n")
    Console(highlight=False, soft_wrap=True).print(table)


def _sign(one: Verdict) -> Text:
    if not one.fires:
        return Text("·", style="dim")
    return Text("▲", style="yellow") if is_flag(one.move) else Text("●", style="green")


def _said(tried: Tried, one: Verdict) -> str:
    words = f"“{one_line(tried.text[slice(*one.evidence)])}”" if one.evidence else ""
    return " ".join(part for part in (words, one.why) if part)


def _notes(tried: Tried, listing: OwnListing) -> list[str]:
    """What is wrong with own moves or the sentence, and what this model cannot do."""
    notes = [f"{OWN}{name}: {mistake}" for name, found in listing.mistakes.items() for mistake in found]
    language = foreign(tried.text)
    if language is not None:
        notes.insert(
            0, f"This is not English but probably “{language}”: only English is read, nothing is flagged."
        )
    own = (*listing.personal, *listing.playbook)
    if own and not tried.by_meaning and any(move.examples for move in own):
        notes.append("This moves model does not compare meanings: own moves are known by their phrases only.")
    notes += listing.problems
    return ["", *notes] if notes else []


def _json(tried: Tried, listing: OwnListing) -> dict[str, Any]:
    moves = [
        {
            "move": one.move,
            "fires": one.fires,
            "strength": one.strength,
            "bar": one.bar,
            "evidence": None if one.evidence is None else list(one.evidence),
            "why": one.why,
        }
        for one in tried.verdicts
    ]
    shown = dataclasses.asdict(listing)
    return {
        "text": tried.text,
        "language": foreign(tried.text) or "en",
        "by_meaning": tried.by_meaning,
        "moves": moves,
        "mistakes": shown["mistakes"],
        "problems": list(listing.problems),
    }
