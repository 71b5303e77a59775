"""``sameside moves``: which moves each turn makes, as JSON lines in and out."""

from __future__ import annotations

import argparse
from typing import Any

from pydantic import BaseModel, ConfigDict

from coach.bootstrap import load_detector
from coach.commands.lines import LineId, TurnText, read_lines, write_line
from coach.events import Move

_AT_ONCE = 256


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
    for at in range(0, len(turns), _AT_ONCE):
        batch = turns[at : at + _AT_ONCE]
        for turn, (found, scores) in zip(
            batch, detector.judge_many([one.text for one in batch]), strict=True
        ):
            line: dict[str, Any] = {"id": turn.id, "moves": [move_json(move) for move in found]}
            if args.scores:
                line["scores"] = scores
            write_line(line)
    return 0


def move_json(move: Move) -> dict[str, Any]:
    return {"move": move.name, "confidence": move.confidence, "evidence": list(move.evidence)}
