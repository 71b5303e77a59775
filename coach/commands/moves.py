"""``sameside moves``: which moves each turn makes, as JSON lines in and out."""

from __future__ import annotations

import argparse
from typing import Any

from pydantic import BaseModel, ConfigDict

from coach.bootstrap import load_detector
from coach.calls.export import move_to_json
from coach.commands.lines import LineId, TurnText, read_lines, write_line


class TurnIn(BaseModel):
    """One line of input."""

    model_config = ConfigDict(extra="ignore")

    id: LineId
    text: TurnText
    context: list[str] = []


def register(subparsers: argparse._SubParsersAction[Any]) -> None:
    text = "tell which moves agent turns make (JSON lines in and out)"
    parser = subparsers.add_parser("moves", help=text, description=text[0].upper() + text[1:] + ".")
    parser.add_argument(
        "file", nargs="?", default="-", metavar="FILE", help="JSON lines; - is standard input"
    )
    parser.add_argument("--scores", action="store_true", help="add the confidence of all 25 moves")
    parser.add_argument(
        "--json", action="store_true", help="accepted for uniformity: the output is always JSON"
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    turns = list(read_lines(TurnIn, args.file))
    detector = load_detector()
    for turn in turns:
        found, scores = detector.judge(turn.text, turn.context)
        line: dict[str, Any] = {"id": turn.id, "moves": [move_to_json(move) for move in found]}
        if args.scores:
            line["scores"] = scores
        write_line(line)
    return 0
