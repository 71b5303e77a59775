"""``sameside commitments``: what agent turns promise, as JSON lines in and out."""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Sequence
from typing import Any, Protocol, Self

from pydantic import BaseModel, ConfigDict, model_validator

from coach.calls.export import commitment_to_json
from coach.commands.lines import (
    CallMoment,
    LineId,
    TurnText,
    local,
    plain,
    read_lines,
    read_moment,
    write_line,
)
from coach.commitments.extract import RuleExtractor
from coach.commitments.office import ALWAYS, Office
from coach.events import Commitment, Due, Turn


class Scorer(Protocol):
    """The part of the move detector that is needed here."""

    def scores(self, text: str, context: Sequence[str] = ()) -> dict[str, float]: ...


class CallIn(BaseModel):
    """One line of input: one turn, or all the agent's turns of a call. ``at`` is when they were said."""

    model_config = ConfigDict(extra="ignore")

    id: LineId
    text: TurnText | None = None
    turns: list[TurnText] | None = None
    at: CallMoment | None = None

    @model_validator(mode="after")
    def _one_of(self) -> Self:
        if (self.text is None) == (self.turns is None):
            raise ValueError('needs "text" or "turns", and not both')
        return self

    def as_turns(self) -> list[Turn]:
        texts = [self.text or ""] if self.turns is None else self.turns
        return [Turn(index, text, float(index), float(index + 1)) for index, text in enumerate(texts)]


def register(subparsers: argparse._SubParsersAction[Any]) -> None:
    text = "tell what agent turns promise, by whom and for when (JSON lines in and out)"
    parser = subparsers.add_parser("commitments", help=text, description=text[0].upper() + text[1:] + ".")
    parser.add_argument(
        "files", nargs="*", default=["-"], metavar="FILE", help="JSON lines; - is standard input"
    )
    parser.add_argument(
        "--at", metavar="WHEN", help="when it was said, such as 2026-11-20T16:05; now if not given"
    )
    parser.add_argument(
        "--json", action="store_true", help="accepted for uniformity: the output is always JSON"
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    from coach.bootstrap import load_detector, load_settings, office_in_effect

    at = said_at(args.at)
    chosen, _trouble = load_settings()
    calls = [call for path in args.files for call in read_lines(CallIn, path)]
    scorer: Scorer = load_detector() if calls else _Silent()
    for call in calls:
        office = office_in_effect(chosen, (call.at or at).date())
        write_line({"id": call.id, "commitments": commitments_of(call, at, scorer, office)})
    return 0


class _Silent:
    def scores(self, text: str, context: Sequence[str] = ()) -> dict[str, float]:
        raise AssertionError(f"nothing to score, yet asked for {text!r} after {len(context)} turns")


def said_at(text: str | None) -> dt.datetime:
    """``--at`` as a date-time; without an offset it is local time and stays so. Raises ``KnownError``."""
    if text is None:
        return dt.datetime.now().replace(second=0, microsecond=0)
    return read_moment(text, "--at")


def commitments_of(
    call: CallIn, at: dt.datetime, scorer: Scorer, office: Office = ALWAYS
) -> list[dict[str, Any]]:
    """The commitments of one line, those told again with another due replaced in place."""
    given = call.at or at
    moment = local(given)
    extractor = RuleExtractor(office)
    kept: dict[str, Commitment] = {}
    turns = call.as_turns()
    for turn in turns:
        earlier = turns[: turn.index]
        context = [before.text for before in earlier]
        committing = scorer.scores(turn.text, context).get("committing") if turn.text.strip() else None
        for commitment in extractor.extract(turn, earlier, moment, committing):
            kept[commitment.id] = commitment
    return [_line(commitment, with_offset=given.tzinfo is not None) for commitment in kept.values()]


def _line(commitment: Commitment, *, with_offset: bool) -> dict[str, Any]:
    return commitment_to_json(commitment) | {"due": due_json(commitment.due, with_offset=with_offset)}


def due_json(due: Due, *, with_offset: bool) -> Any:
    """A date, a date-time to the minute, [from, to] or null; the offset only where the input had one."""
    if isinstance(due, tuple):
        return [due_json(each, with_offset=with_offset) for each in due]
    if isinstance(due, dt.datetime):
        shown = due if with_offset else due.replace(tzinfo=None)
        return shown.isoformat(timespec="minutes")
    return plain(due)
