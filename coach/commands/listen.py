"""``sameside listen``: a live call in the terminal."""

from __future__ import annotations

import argparse
import dataclasses
import re
import sys
import threading
from collections.abc import Callable
from typing import Any

from coach.bootstrap import make_services
from coach.commands.lines import plain, write_line
from coach.commands.printing import CallPrinter, print_call
from coach.commands.stopping import asked_to_stop
from coach.errors import KnownError
from coach.events import Event, Failure, Level, SessionDropped, SessionStarted, SessionStopped
from coach.services.watching import Watch

_WAIT_S = 0.5
_NOT_THERE = {
    "portaudio-missing",
    "no-microphone",
    "microphone-unknown",
    "microphone-in-use",
    "microphone-refused",
    "microphone-gone",
}


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
    if not 0 <= args.seconds <= threading.TIMEOUT_MAX:
        raise KnownError("bad-seconds", f"--seconds {args.seconds} is not a time to listen. Say 0 or more.")
    services = make_services()
    if not args.no_save:
        services.store()  # Before a microphone is opened: nothing is begun that could not be kept.
    device = args.device or services.settings.listening.device or None
    with asked_to_stop() as asked:
        watch = _PrintingWatch(_print_json if args.json else CallPrinter().show, asked, args.seconds)
        call = services.live_call(device, watch, save=not args.no_save, alone=True)
        call.start()
        # By pieces: on Windows nothing is heard of Ctrl+C in the middle of a wait.
        while not asked.wait(_WAIT_S):
            pass
        call.stop()
        while not call.join(_WAIT_S):
            pass
    if watch.unheard is not None:
        raise watch.unheard
    if not (watch.dropped or args.json):
        stopped = watch.stopped()
        print_call(stopped.record, stopped.summary, transcript=False)
    watch.tell()
    return 0


class _PrintingWatch(Watch):
    """Prints every event as well, and sets ``asked`` once the call has ended, or ``seconds`` (0 for never)
    after it has begun, or waits for a microphone. Output that cannot be written ends the call, and never the
    engine."""

    def __init__(self, show: Callable[[Event], None], asked: threading.Event, seconds: float) -> None:
        super().__init__()
        self._show = show
        self._asked = asked
        self._seconds = seconds
        self.unheard: OSError | None = None

    def __call__(self, event: Event) -> None:
        super().__call__(event)
        if isinstance(event, SessionDropped | SessionStopped):
            self._asked.set()
        elif self._seconds and (isinstance(event, SessionStarted) or _waits(event)):
            timer = threading.Timer(self._seconds, self._asked.set)
            timer.daemon = True
            timer.start()
            self._seconds = 0.0
        if self.unheard is None:
            try:
                self._show(event)
            except OSError as error:
                self.unheard = error
                self._asked.set()


def _print_json(event: Event) -> None:
    if not isinstance(event, Level):
        write_line(event_json(event))
        sys.stdout.flush()


def event_json(event: Event) -> dict[str, Any]:
    """Any event as plain JSON, with its name in snake case under ``event``."""
    name = re.sub(r"(?<!^)(?=[A-Z])", "_", type(event).__name__).lower()
    return {"event": name, **{key: plain(value) for key, value in dataclasses.asdict(event).items()}}


def _waits(event: Event) -> bool:
    """Whether it tells of a microphone that is not there: it may never be."""
    return isinstance(event, Failure) and event.code in _NOT_THERE
