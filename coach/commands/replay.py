"""``sameside replay``: moves, cues, commitments and summary of a written call, without audio.

A call is JSON with the agent's turns, judged by the shipped detector, or a scenario
(``coach.commands.scenario``), which brings its moves and the cues to expect.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from coach.bootstrap import EngineServices, make_services, new_header, replay
from coach.calls.shown import show
from coach.calls.summary import conclude
from coach.commands.lines import CallMoment, TurnText, parse, read_text
from coach.commands.printing import CallPrinter, print_call, say, write_record
from coach.commands.scenario import STARTED_AT, Scenario, ScriptedDetector, differences, play, read_scenario
from coach.events import CallRecord, CallSource, Turn


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
        "file",
        metavar="CALL",
        help="JSON: started_at and turns with t0, t1, text; or a scenario in TOML, which brings its moves "
        "and the cues to expect; - is JSON from standard input",
    )
    parser.add_argument("--json", action="store_true", help="the whole record as one JSON object")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    if args.file.endswith(".toml"):
        return _run_scenario(read_scenario(read_text(args.file), args.file), args)
    call = parse(WrittenCall, read_text(args.file), args.file)
    header = new_header(CallSource.WRITTEN, Path(args.file).stem, call.started_at)
    record, summary = replay(make_services(), header, call.as_turns())
    if args.json:
        write_record(record, show(record, summary), words=False)
    else:
        print_call(record, summary)
    return 0


def _run_scenario(scenario: Scenario, args: argparse.Namespace) -> int:
    """Prints the call; 1 where its cues are not the ones the scenario expects."""
    printer = None if args.json else CallPrinter()
    if printer is not None:
        printer.heading(scenario.title, scenario.about, scenario.cues.level)
    services = make_services()
    record = played(services, scenario, printer)
    wrong = differences(record, scenario)
    if args.json:
        write_record(record, show(record, conclude(record, services.playbook.names())), words=False)
    else:
        say("\n".join(wrong) if wrong else _AS_EXPECTED)
    return 1 if wrong else 0


_AS_EXPECTED = "Every cue is as the scenario says, and there is no other."


def played(services: EngineServices, scenario: Scenario, printer: CallPrinter | None = None) -> CallRecord:
    """The scenario through the engine, at its own cue settings; ``printer`` is shown every event."""
    services.settings.cues = scenario.cues
    header = new_header(CallSource.WRITTEN, scenario.title, STARTED_AT)
    coach = services.coach(header, ScriptedDetector(scenario))
    for event in play(coach, scenario):
        if printer is not None:
            printer.show(event)
    return coach.record
