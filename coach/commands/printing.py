"""Calls as people read them in a terminal."""

from __future__ import annotations

import errno
import json
import os
import sys
from collections.abc import Iterable

from rich.console import Console
from rich.markup import escape
from rich.text import Text

from coach.calls.export import record_to_json
from coach.calls.phrases import clock, due_words, moment_words
from coach.calls.shown import show
from coach.events import (
    CallRecord,
    CallSummary,
    Commitment,
    Cue,
    CueEnd,
    CueEnded,
    Event,
    Failure,
    Gap,
    Move,
    MovesFound,
    SessionStarted,
    Turn,
)
from coach.taxonomy import OWN, is_flag
from coach.values.revisions import ShownLine, ShownSummary

_FLAG, _REPAIR = "[yellow]▲[/yellow]", "[green]●[/green]"
_ENDS = {
    CueEnd.REPAIRED: "       [bold green]✓ repaired[/bold green]",
    CueEnd.EXPIRED: "       [dim]the card goes[/dim]",
    CueEnd.DISMISSED: "       [dim]the agent puts the card away[/dim]",
    CueEnd.UNFAIR: "       [dim]the agent calls it unfair[/dim]",
    CueEnd.WITHDRAWN: "       [dim]taken back[/dim]",
}
_UNDERLINE = {True: "underline yellow", False: "underline green"}


class _PlainConsole(Console):
    """Leaves it to the command line what a reader that went away means; Rich would exit on its own."""

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError(errno.EPIPE, os.strerror(errno.EPIPE))


def _console() -> Console:
    # What was said or named is printed as it is: ":warning:" is no picture.
    return _PlainConsole(highlight=False, soft_wrap=True, emoji=False)


class CallPrinter:
    """Prints events as they come, for a call in the terminal."""

    def __init__(self, console: Console | None = None) -> None:
        self._console = console or _console()
        self._turns: dict[int, Turn] = {}

    def heading(self, title: str, about: str, level: str) -> None:
        """What a scenario shows, before it is played."""
        self._console.print(f"[bold]{escape(title)}[/bold]  [dim]cues: {level}[/dim]\n{escape(about)}\n")

    def show(self, event: Event) -> None:
        console = self._console
        match event:
            case SessionStarted():
                console.print(f"[dim]Listening to {escape(event.device)}. Ctrl+C ends the call.[/dim]")
            case Turn():
                self._turns[event.index] = event
            case MovesFound() if event.turn_index in self._turns:
                self.turn(self._turns.pop(event.turn_index), event.moves)
            case Cue():
                title, say = escape(event.title), escape(event.say)
                at = f"[dim]{clock(event.at_s):>6}[/dim]"
                console.print(f"{at} [bold yellow]{title}[/bold yellow]  [bold]“{say}”[/bold]")
                if event.because.context:
                    console.print(f"       [dim]{escape(event.because.context)}[/dim]")
            case CueEnded():
                console.print(_ENDS[event.end])
            case Commitment():
                self.commitment(event)
            case Gap():
                start, end = clock(event.start_s), clock(event.end_s)
                console.print(f"[dim]{start:>6} gap to {end}: {escape(event.reason)}[/dim]")
            case Failure():
                console.print(f"[bold]{'✓' if event.recovered else '!'}[/bold] {escape(event.message)}")
            case _:
                pass

    def turn(self, turn: Turn, moves: tuple[Move, ...]) -> None:
        text = Text(turn.text)
        for move in moves:
            text.stylize(_UNDERLINE[is_flag(move.name)], *move.evidence)
        names = "  ".join(
            f"{_FLAG if is_flag(move.name) else _REPAIR} {move.name.removeprefix(OWN).replace('_', ' ')}"
            for move in moves
        )
        self._console.print(Text(f"{clock(turn.start_s):>6} ", style="dim") + text)
        if names:
            self._console.print(f"       {names}")
        if turn.language:
            self._console.print(f"       [dim]not English ({turn.language}): not judged[/dim]")

    def commitment(self, promise: Commitment) -> None:
        when = due_words(None, promise.due)
        condition = " (conditional)" if promise.conditional else ""
        self._console.print(
            f"       [cyan]◆ {escape(promise.action)} · {when} · {promise.owner.value}{condition}[/cyan]"
        )


def say(words: str) -> None:
    """Plain words on a line of their own, after an empty one."""
    _console().print(f"\n{escape(words)}")


def write_record(record: CallRecord, shown: ShownSummary, words: bool) -> None:
    """The whole record for programs, as one JSON object; ``words`` as for ``record_to_json``."""
    json.dump(record_to_json(record, shown, words), sys.stdout, ensure_ascii=False, indent=2)
    sys.stdout.write("\n")


def print_call(record: CallRecord, summary: CallSummary, transcript: bool = True) -> None:
    """A call as it was made: the transcript with flags, cues and promises in order, then the summary."""
    print_shown(record, show(record, summary), transcript)


def print_shown(record: CallRecord, shown: ShownSummary, transcript: bool = True) -> None:
    """A call as the agent has made it, every line with its second."""
    console = _console()
    printer = CallPrinter(console)
    console.print(
        f"[bold]{escape(record.header.title)}[/bold]  [dim]{moment_words(record.header.started_at)}[/dim]\n"
    )
    if transcript:
        _print_transcript(record, shown.commitments, printer)
    console.print(f"\n[bold]Summary[/bold]  {escape(shown.headline)}")
    if shown.comment:
        console.print(f"  [dim]* {escape(shown.comment)}[/dim]")
    for section in shown.sections:
        if not section.lines:
            continue
        console.print(f"\n [bold]{escape(section.title)}[/bold]")
        for line in section.lines:
            _print_line(line, console)


def _print_line(line: ShownLine, console: Console) -> None:
    """Marked as ``share preview`` and ``inbox show`` mark it."""
    marks = " (edited)" * line.edited + " (contested)" * line.contested
    console.print(f"  [dim]{clock(line.own.at_s):>6}[/dim] {escape(line.text)}[dim]{marks}[/dim]")
    for more in (line.detail, line.comment and f"* {line.comment}"):
        if more:
            console.print(f"         [dim]{escape(more)}[/dim]")


def _print_transcript(record: CallRecord, promises: Iterable[Commitment], printer: CallPrinter) -> None:
    after: dict[int, list[Event]] = {}
    for cue in record.cues:
        after.setdefault(cue.because.turn_index, []).append(cue)
    for ended in record.cue_ends.values():
        if ended.turn_index is not None and ended.end is CueEnd.REPAIRED:
            after.setdefault(ended.turn_index, []).insert(0, ended)
    for promise in promises:
        after.setdefault(promise.turn_index, []).append(promise)
    for turn in record.turns:
        printer.turn(turn, record.moves.get(turn.index, ()))
        for event in after.get(turn.index, []):
            printer.show(event)
