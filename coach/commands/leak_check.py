"""``sameside leak-check``: does the microphone hear what the customer is heard on?"""

from __future__ import annotations

import argparse
import dataclasses
import sys
from typing import Any

from coach.audio.devices import list_outputs
from coach.audio.leak_run import check_leak
from coach.bootstrap import settings_path
from coach.commands.lines import one_line, write_line
from coach.settings import load

_TITLES = {"safe": "Safe.", "headset-needed": "Headset needed.", "could-not-tell": "Could not tell."}


def register(subparsers: argparse._SubParsersAction[Any]) -> None:
    parser = subparsers.add_parser(
        "leak-check",
        help="whether the microphone hears the customer",
        description="Play a short sound where you hear the customer, listen whether the microphone hears it, "
        "and say whether a headset is needed. Set the volume as on a call; be quiet for five seconds.",
    )
    parser.add_argument("--device", metavar="KEY", help="the microphone (sameside devices lists them)")
    parser.add_argument("--output", metavar="KEY", help="where the customer is heard (--outputs lists them)")
    parser.add_argument("--outputs", action="store_true", help="only list the outputs")
    parser.add_argument("--json", action="store_true", help="one JSON object")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    if args.outputs:
        return _list_outputs(args.json)
    chosen = load(settings_path()).listening
    device, output = args.device or chosen.device, args.output or chosen.output_device
    verdict = check_leak(device, output, lambda *_progress: None)
    if args.json:
        write_line(dataclasses.asdict(verdict))
    else:
        said = f"{_TITLES[verdict.verdict]} {verdict.why} {verdict.advice}"
        sys.stdout.write(f"{one_line(said.strip())}\n")
    return 0


def _list_outputs(as_json: bool) -> int:
    for output in list_outputs():
        if as_json:
            write_line(dataclasses.asdict(output))
        else:
            sys.stdout.write(f"{'*' if output.is_default else ' '} {output.key}\n")
    return 0
