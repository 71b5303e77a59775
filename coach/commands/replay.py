"""``sameside replay``: moves, cues, commitments and summary of a written call, without audio."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from coach.bootstrap import make_services, new_header, replay
from coach.calls.export import record_to_json
from coach.commands.lines import CallMoment, TurnText, parse, read_text
from coach.commands.printing import print_call
from coach.events import CallSource, Turn


class WrittenTurn(BaseModel):
    """``t0`` and ``t1`` in seconds from the start of the call."""

    model_config = ConfigDict(extra="ignore")

    t0: float = Field(ge=0, allow_inf_nan=False)
    t1: float = Field(ge=0, le=7 * 24 * 3600, allow_inf_nan=False)
    text: TurnText

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.t1 < self.t0:
            raise ValueError(f"t1 ({self.t1}) is before t0 ({self.t0})")
        return self


class WrittenCall(BaseModel):
    model_config = ConfigDict(extra="ignore")

    started_at: CallMoment
    turns: list[WrittenTurn]

    def as_turns(self) -> list[Turn]:
        """The turns in the order they began."""
        ordered = sorted(self.turns, key=lambda turn: (turn.t0, turn.t1))
        return [Turn(index, one.text, one.t0, one.t1) for index, one in enumerate(ordered)]


def register(subparsers: argparse._SubParsersAction[Any]) -> None:
    text = "run the coach on a written call"
    parser = subparsers.add_parser("replay", help=text, description=text[0].upper() + text[1:] + ".")
    parser.add_argument(
        "file", metavar="CALL.json", help="started_at and turns with t0, t1, text; - is standard input"
    )
    parser.add_argument("--json", action="store_true", help="the whole record as one JSON object")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    call = parse(WrittenCall, read_text(args.file), args.file)
    header = new_header(CallSource.WRITTEN, Path(args.file).stem, call.started_at)
    record, summary = replay(make_services(), header, call.as_turns())
    if args.json:
        json.dump(record_to_json(record, summary, words=False), sys.stdout, ensure_ascii=False, indent=2)
        sys.stdout.write("\n")
    else:
        print_call(record, summary)
    return 0
