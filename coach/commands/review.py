"""``sameside review``: a recording through the same pipeline as a live call."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from coach.audio.media_file import probe
from coach.bootstrap import EngineServices, make_services
from coach.calls.export import record_to_json
from coach.commands.lines import local, one_line, read_moment
from coach.commands.printing import print_call
from coach.commands.stopping import asked_to_stop
from coach.commands.watching import Watch
from coach.errors import KnownError
from coach.events import CallRecord, CallSummary, Event, FileProgress
from coach.ports import CallControl

_WAIT_S = 0.5


def register(subparsers: argparse._SubParsersAction[Any]) -> None:
    text = "transcribe and coach a recording"
    parser = subparsers.add_parser("review", help=text, description=text[0].upper() + text[1:] + ".")
    parser.add_argument(
        "files", nargs="+", type=Path, metavar="FILE", help="wav, mp3, m4a, ogg, flac, mp4 ..."
    )
    parser.add_argument("--channel", metavar="N", help="the agent's channel: left, right, or a number from 0")
    parser.add_argument("--at", metavar="TIME", help="when the call began (else the file's own date)")
    parser.add_argument("--save", action="store_true", help="keep the call in the list of calls")
    parser.add_argument("--json", action="store_true", help="the whole record as one JSON object per file")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """All files are tried; what is wrong with one of several is told when it is met."""
    services = make_services()
    channel = channel_number(args.channel)
    code = 0
    for path in args.files:
        try:
            _review(services, path, channel, args)
        except KnownError as error:
            if len(args.files) == 1:
                raise
            sys.stdout.flush()
            sys.stderr.write(f"sameside: {path}: {one_line(error.message)}\n")
            code = 2
    return code


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


def _review(services: EngineServices, path: Path, channel: int | None, args: argparse.Namespace) -> None:
    watch = _FileWatch()
    started_at = None if args.at is None else local(read_moment(args.at, "--at"))
    call = services.file_call(path, channel, watch, save=args.save, started_at=started_at)
    with watch.bar(path.name):
        is_whole = _finish(call)
    stopped = watch.stopped()
    if stopped.record.duration_s:
        # What was heard counts, whatever went wrong later.
        _show(stopped.record, stopped.summary, args.json)
    if channel is None and stopped.record.turns and (channels := probe(path).channels) > 1:
        sys.stderr.write(
            f"{path.name} has {channels} channels, heard here as one. If a customer is on one of them, "
            "name your own with --channel left or right.\n"
        )
    if not is_whole:
        raise KeyboardInterrupt
    watch.tell()


def _show(record: CallRecord, summary: CallSummary, as_json: bool) -> None:
    if as_json:
        json.dump(record_to_json(record, summary, words=True), sys.stdout, ensure_ascii=False, indent=2)
        sys.stdout.write("\n")
    else:
        print_call(record, summary)


def _finish(call: CallControl) -> bool:
    """Run the call to its end; false where the user asked to stop before."""
    with asked_to_stop() as asked:
        call.start()
        while not call.join(_WAIT_S) and not asked.is_set():
            pass
    call.stop()
    while not call.join(_WAIT_S):
        pass
    return not asked.is_set()


class _FileWatch(Watch):
    """Moves the bar as well."""

    def __init__(self) -> None:
        super().__init__()
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
        super().__call__(event)
        if isinstance(event, FileProgress) and self._bars is not None:
            self._bars.update(self._task, completed=event.at_s, total=event.total_s or None)
