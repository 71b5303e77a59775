"""``sameside review``: a recording through the same pipeline as a live call."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from coach.bootstrap import EngineServices, make_services
from coach.calls.export import record_to_json
from coach.commands.printing import print_call
from coach.errors import KnownError
from coach.events import Event, Failure, FileProgress, SessionStopped
from coach.ports import CallControl

_WAIT_S = 0.5


def register(subparsers: argparse._SubParsersAction[Any]) -> None:
    text = "transcribe and coach a recording"
    parser = subparsers.add_parser("review", help=text, description=text[0].upper() + text[1:] + ".")
    parser.add_argument(
        "files", nargs="+", type=Path, metavar="FILE", help="wav, mp3, m4a, ogg, flac, mp4 ..."
    )
    parser.add_argument("--channel", metavar="N", help="the agent's channel: left, right, or a number from 0")
    parser.add_argument(
        "--at", type=_moment, metavar="TIME", help="when the call began (else the file's own date)"
    )
    parser.add_argument("--save", action="store_true", help="keep the call in the list of calls")
    parser.add_argument("--json", action="store_true", help="the whole record as one JSON object per file")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """All files are tried; the first failure is told at the end."""
    services = make_services()
    channel = channel_number(args.channel)
    failed: list[KnownError] = []
    for path in args.files:
        try:
            _review(services, path, channel, args)
        except KnownError as error:
            if len(args.files) > 1:
                sys.stderr.write(f"{path}: {error.message}\n")
            failed.append(error)
    if failed:
        raise failed[0]
    return 0


def channel_number(text: str | None) -> int | None:
    """A channel as a number from 0. Raises ``KnownError`` for anything else."""
    if text is None:
        return None
    named = {"left": 0, "right": 1}.get(text.lower())
    if named is not None:
        return named
    if not text.isdecimal():
        raise KnownError(
            "channel-unknown", f"'{text}' is not a channel. Say left, right, or a number from 0."
        )
    return int(text)


def _moment(text: str) -> dt.datetime:
    try:
        return dt.datetime.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"'{text}' is not a time such as 2026-11-20T16:05") from error


def _review(services: EngineServices, path: Path, channel: int | None, args: argparse.Namespace) -> None:
    watch = _Watch()
    started_at = args.at.astimezone() if args.at and args.at.tzinfo is None else args.at
    call = services.file_call(path, channel, watch, save=args.save, started_at=started_at)
    with watch.bar(path.name):
        _finish(call)
    if watch.stopped is None or watch.failure is not None:
        failure = watch.failure or Failure(0.0, "bug", "The recording was not finished.")
        raise KnownError(failure.code, failure.message)
    record, summary = watch.stopped.record, watch.stopped.summary
    if args.json:
        json.dump(record_to_json(record, summary, words=True), sys.stdout, ensure_ascii=False, indent=2)
        sys.stdout.write("\n")
    else:
        print_call(record, summary)


def _finish(call: CallControl) -> None:
    call.start()
    try:
        while not call.join(_WAIT_S):
            pass
    except KeyboardInterrupt:
        call.stop()
        call.join(60)
        raise


class _Watch:
    """Hears a file's events on the engine thread; moves the bar, keeps the end."""

    def __init__(self) -> None:
        self.stopped: SessionStopped | None = None
        self.failure: Failure | None = None
        self._bars: Progress | None = None

    def bar(self, name: str) -> Progress:
        columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:>3.0f}%"))
        console = Console(stderr=True)
        self._bars = Progress(
            *columns, TimeRemainingColumn(), console=console, transient=True, disable=not console.is_terminal
        )
        self._task = self._bars.add_task(name, total=None)
        return self._bars

    def __call__(self, event: Event) -> None:
        if isinstance(event, SessionStopped):
            self.stopped = event
        elif isinstance(event, Failure) and not event.recovered:
            self.failure = event
        elif isinstance(event, FileProgress) and self._bars is not None:
            self._bars.update(self._task, completed=event.at_s, total=event.total_s or None)
