"""``sameside devices``: the microphones there are."""

from __future__ import annotations

import argparse
import dataclasses
import sys
from typing import Any

from coach.audio.devices import list_inputs
from coach.commands.lines import write_line
from coach.errors import KnownError


def register(subparsers: argparse._SubParsersAction[Any]) -> None:
    text = "list the microphones"
    parser = subparsers.add_parser("devices", help=text, description=text[0].upper() + text[1:] + ".")
    parser.add_argument("--json", action="store_true", help="one JSON object per microphone")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    found = list_inputs()
    if args.json:
        for device in found:
            write_line(dataclasses.asdict(device))
        return 0
    if not found:
        raise KnownError("no-microphone", "No microphone was found. Plug one in and try again.")
    for device in found:
        mark = "*" if device.is_default else " "
        sys.stdout.write(f"{mark} {device.key}  ({device.channels} ch, {device.rate_hz} Hz)\n")
    return 0
