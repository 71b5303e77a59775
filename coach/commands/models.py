"""``sameside models``: list, get and verify the model files."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
)
from rich.progress import Progress as Bars

from coach.errors import KnownError
from coach.modelfiles.manager import ModelFiles, ModelState, ModelStatus
from coach.ports import Progress

_STATES = {
    ModelState.PRESENT: "here, verified",
    ModelState.MISSING: "not here",
    ModelState.DAMAGED: "damaged",
}


def register(subparsers: argparse._SubParsersAction[Any]) -> None:
    parser = subparsers.add_parser("models", help="list, fetch and verify model files")
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    _add(actions, "list", run_list, "show every model and whether it is on this machine")
    _add(actions, "get", run_get, "fetch a model (base if none is named)")
    _add(
        actions, "verify", run_verify, "hash every file of a model again (all that are here if none is named)"
    )


def _add(
    actions: argparse._SubParsersAction[Any], name: str, run: Callable[[argparse.Namespace], int], text: str
) -> None:
    parser = actions.add_parser(name, help=text, description=text[0].upper() + text[1:] + ".")
    if name != "list":
        parser.add_argument("name", nargs="?", metavar="NAME", help="a model of 'sameside models list'")
    parser.add_argument(
        "--from", dest="folder", type=Path, metavar="FOLDER", help="take model files from this folder"
    )
    parser.add_argument("--json", action="store_true", help="one JSON object per model on standard output")
    parser.set_defaults(run=run)


def run_list(args: argparse.Namespace) -> int:
    for status in ModelFiles(extra_folder=args.folder).list():
        _show(status, args.json)
    return 0


def run_get(args: argparse.Namespace) -> int:
    name = args.name or "base"
    files = ModelFiles()
    with _progress() as progress:
        if args.folder is not None:
            files.bring(name, args.folder, progress)
        else:
            files.get(name, progress)
    _show(files.status(name), args.json)
    return 0


def run_verify(args: argparse.Namespace) -> int:
    files = ModelFiles(extra_folder=args.folder)
    names = [args.name] if args.name else _here(files)
    wrong: list[KnownError] = []
    for name in names:
        try:
            with _progress() as progress:
                files.verify(name, progress)
        except KnownError as error:
            wrong.append(error)
            if not args.json:
                continue
        _show(files.status(name), args.json)
    if wrong:
        raise KnownError(wrong[0].code, " ".join(error.message for error in wrong))
    return 0


def _here(files: ModelFiles) -> list[str]:
    return [status.name for status in files.list() if status.state is not ModelState.MISSING]


def _show(status: ModelStatus, as_json: bool) -> None:
    if as_json:
        fields = {
            "name": status.name,
            "kind": status.kind,
            "size_bytes": status.size_bytes,
            "state": status.state.value,
            "licence": status.licence,
            "where": str(status.where) if status.where else None,
            "digests": status.digests,
        }
        sys.stdout.write(json.dumps(fields) + "\n")
        return
    size = f"{status.size_bytes / 1e6:,.1f} MB" if status.size_bytes else "size not known"
    note = "; digests pinned when it first arrives" if status.digests == "first-download" else ""
    where = f"  {status.where}" if status.where else ""
    sys.stdout.write(
        f"{status.name:26} {size:>15}  {status.licence:6} {_STATES[status.state]}{note}{where}\n"
    )


@contextmanager
def _progress() -> Iterator[Progress]:
    """A bar on a terminal; elsewhere one plain line for each step. Both on standard error."""
    if not sys.stderr.isatty():
        yield _PlainLines()
        return
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Bars(*columns, console=Console(stderr=True)) as bars:
        yield _RichBars(bars)


class _PlainLines:
    def __init__(self) -> None:
        self._last = ""

    def __call__(self, what: str, _done: int, total: int) -> None:
        if what != self._last:
            self._last = what
            size = f" ({total / 1e6:,.1f} MB)" if total else ""
            sys.stderr.write(f"{what}{size}\n")
            sys.stderr.flush()


class _RichBars:
    def __init__(self, bars: Bars) -> None:
        self._bars = bars
        self._tasks: dict[str, TaskID] = {}

    def __call__(self, what: str, done: int, total: int) -> None:
        if what not in self._tasks:
            self._tasks[what] = self._bars.add_task(what, total=None)
        self._bars.update(self._tasks[what], completed=done, total=total or None)
