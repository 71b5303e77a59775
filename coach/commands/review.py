"""``sameside review``: recordings through the same pipeline as a live call, one or a whole folder."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from coach.audio.media_file import probe
from coach.bootstrap import EngineServices, make_services
from coach.calls.shown import show
from coach.commands import whose_voice
from coach.commands.lines import local, one_line, read_moment
from coach.commands.printing import print_call, write_record
from coach.commands.review_batch import Batch
from coach.commands.stopping import asked_to_stop
from coach.commands.whose_voice import ask, chosen, refused, voice_of
from coach.errors import KnownError
from coach.events import CallRecord, CallSummary, Event, FileProgress
from coach.machine.whole_files import is_folder
from coach.ports import CallControl
from coach.recordings.finding import MANY, recordings_in
from coach.recordings.report import Outcome, Result
from coach.services.voice import untold
from coach.services.watching import Watch
from coach.values.batches import SeveralVoicesError

_WAIT_S = 0.5


def register(subparsers: argparse._SubParsersAction[Any]) -> None:
    text = "transcribe and coach recordings, or all those in a folder"
    parser = subparsers.add_parser("review", help=text, description=text[0].upper() + text[1:] + ".")
    parser.add_argument(
        "files", nargs="+", type=Path, metavar="FILE", help="wav, mp3, m4a, ogg, flac, mp4 ..., or a folder"
    )
    parser.add_argument("--channel", metavar="N", help="the agent's channel: left, right, or a number from 0")
    parser.add_argument(
        "--voice",
        metavar="N",
        help="which is yours of several voices on one track: its number, as told without this, or all",
    )
    parser.add_argument("--at", metavar="TIME", help="when the call began (else the file's own date)")
    parser.add_argument(
        "--save",
        action="store_true",
        help="keep the calls in the list; what is kept already is not done again",
    )
    parser.add_argument("--again", action="store_true", help="with --save: also what is kept already")
    parser.add_argument("--all", action="store_true", help=f"also more than {MANY} recordings at once")
    parser.add_argument("--report", type=Path, metavar="FILE", help="what became of each recording, as CSV")
    parser.add_argument("--json", action="store_true", help="the whole record as one JSON object per file")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """All files are tried; what is wrong with one of several is told when it is met."""
    with closing(make_services()) as services:
        return _all(services, args)


def _all(services: EngineServices, args: argparse.Namespace) -> int:
    channel = channel_number(args.channel)
    _must_take_report(args.report)
    if services.playbook_trouble is not None:
        # Once, whatever number of recordings it is.
        sys.stderr.write(f"sameside: {one_line(services.playbook_trouble.message)}\n")
    paths = recordings_in(args.files, None if args.all else MANY)
    reviewing = _Reviewing(services, args, channel, chosen(args.voice, paths), len(paths) == 1)
    batch = Batch(paths, reviewing.hear, services.store if args.save else None, again=args.again)
    try:
        batch.run()
    finally:
        # Also where the user stopped it, or the disk is full: what became of each is told.
        if args.report is not None:
            batch.save_report(args.report)
        if any(map(is_folder, args.files)):
            batch.tell()
    return 2 if any(one.result is Result.FAILED for one in batch.outcomes) else 0


def _must_take_report(path: Path | None) -> None:
    """Told now, and not after a night's work."""
    if path is not None and (is_folder(path) or not is_folder(path.absolute().parent)):
        raise KnownError(
            "report-place",
            f"There is no place for a report at {path}. Name a file in a folder that is there.",
        )


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


class _Reviewing:
    """What was said on the command line, for each recording. ``voice``: its number, 0 for all, or None."""

    def __init__(
        self,
        services: EngineServices,
        args: argparse.Namespace,
        channel: int | None,
        voice: int | None,
        alone: bool,
    ) -> None:
        self._services = services
        self._args = args
        self._channel = channel
        self._voice = voice
        self._alone = alone
        self._started_at = None if args.at is None else local(read_moment(args.at, "--at"))

    def hear(self, path: Path, which: str, begun: Callable[[str], None]) -> Outcome:
        """Raises ``KnownError``, also where two speak and nothing tells which of them the agent is."""
        watch = _FileWatch()
        call = self._call(path, watch)
        begun(call.call_id)
        with watch.bar(which + path.name):
            is_whole = _finish(call)
        stopped = watch.stopped()
        if stopped.record.duration_s:
            # What was heard counts, whatever went wrong later.
            _show(stopped.record, stopped.summary, self._args.json)
        if self._channel is None and stopped.record.turns and (channels := _channels(path)) > 1:
            sys.stderr.write(
                f"{one_line(path.name)} has {channels} channels, heard here as one. If a customer is on one "
                "of them, name your own with --channel left or right.\n"
            )
        if not is_whole:
            raise KeyboardInterrupt
        notes = [one_line(note.message) for note in watch.notes]
        if stopped.record.turns and watch.others_note:
            notes.insert(0, watch.others_note)
            sys.stderr.write(f"{one_line(path.name)}: {watch.others_note}\n")
        for note in watch.notes:
            sys.stderr.write(f"{one_line(note.message)}\n")
        watch.tell()
        call_id = call.call_id if self._args.save else ""
        found = " ".join(notes)
        return Outcome(path, Result.REVIEWED, found, call_id, stopped.record.duration_s)

    def _call(self, path: Path, watch: Watch) -> CallControl:
        if self._voice:
            voices = self._services.voices_in(path, untold, self._channel)
            return self._begin(path, watch, voice_of(voices, self._voice, path))
        try:
            return self._begin(path, watch, everyone=self._voice == 0)
        except SeveralVoicesError as several:
            channels = 1 if self._channel is not None else _channels(path)
            # Of many, none is asked about: they are to run overnight without a hand.
            if self._args.json or not self._alone or not whose_voice.at_terminal():
                raise refused(several, channels) from None
            said = ask(several, channels)
            if said is None:
                raise refused(several, channels) from None
            if said == 0:
                return self._begin(path, watch, everyone=True)
            return self._begin(path, watch, several.voices[said - 1].profile)

    def _begin(
        self, path: Path, watch: Watch, voice: bytes | None = None, everyone: bool = False
    ) -> CallControl:
        return self._services.file_call(
            path,
            self._channel,
            watch,
            save=self._args.save,
            started_at=self._started_at,
            voice=voice,
            everyone=everyone,
        )


def _channels(path: Path) -> int:
    try:
        return probe(path).channels
    except KnownError:
        return 1  # it is gone since it was read


def _show(record: CallRecord, summary: CallSummary, as_json: bool) -> None:
    if as_json:
        write_record(record, show(record, summary), words=True)
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
