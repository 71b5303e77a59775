"""``sameside listen``: a live call in the terminal."""

from __future__ import annotations

import argparse
import dataclasses
import re
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

from coach.bootstrap import make_services
from coach.commands.lines import plain, write_line
from coach.commands.printing import CallPrinter, print_call
from coach.events import Event, Failure, Level, SessionStopped


def register(subparsers: argparse._SubParsersAction[Any]) -> None:
    text = "listen to the microphone until Ctrl+C"
    parser = subparsers.add_parser("listen", help=text, description=text[0].upper() + text[1:] + ".")
    parser.add_argument("--device", default="", metavar="KEY", help="a microphone of 'sameside devices'")
    parser.add_argument(
        "--seconds", type=float, default=0.0, metavar="N", help="stop by itself after N seconds"
    )
    parser.add_argument("--no-save", action="store_true", help="do not keep the call")
    parser.add_argument("--json", action="store_true", help="every event as a JSON line")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    services = make_services()
    printer = CallPrinter()
    ended = threading.Event()
    last: list[SessionStopped] = []
    failures: list[Failure] = []

    def hear(event: Event) -> None:
        if isinstance(event, SessionStopped):
            last.append(event)
            ended.set()
        elif isinstance(event, Failure):
            failures.append(event)
        if args.json:
            if not isinstance(event, Level):
                write_line(event_json(event))
                sys.stdout.flush()
        else:
            printer.show(event)

    call = services.live_call(
        args.device or services.settings.listening.device or None, hear, save=not args.no_save
    )
    call.start()
    with _asked_to_stop() as asked:
        asked.wait(args.seconds or None)
    call.stop()
    ended.wait()
    call.join(10)
    if not args.json:
        print_call(last[0].record, last[0].summary, transcript=False)
    return 2 if not args.no_save and not last[0].saved else 0


@contextmanager
def _asked_to_stop() -> Iterator[threading.Event]:
    """Set by Ctrl+C or a polite kill, so that the last words are still heard and saved."""
    asked = threading.Event()

    def ask(_number: int, _frame: FrameType | None) -> None:
        asked.set()

    before = {number: signal.signal(number, ask) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield asked
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def event_json(event: Event) -> dict[str, Any]:
    """Any event as plain JSON, with its name in snake case under ``event``."""
    name = re.sub(r"(?<!^)(?=[A-Z])", "_", type(event).__name__).lower()
    return {"event": name, **{key: plain(value) for key, value in dataclasses.asdict(event).items()}}
