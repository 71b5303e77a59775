"""The command line: everything the engine does, without Qt.

Exit codes: 0 done, 2 the user can act (one line on standard error says what to do), 1 a bug.
"""

from __future__ import annotations

import argparse
import errno
import io
import logging
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib.metadata import version
from pathlib import Path
from typing import Any

from coach import resources
from coach.bootstrap import PASSPHRASE_VARIABLE
from coach.commands import (
    calls,
    commitments,
    devices,
    doctor,
    export,
    feedback,
    follow_up,
    inbox,
    leak_check,
    listen,
    models,
    moves,
    playbook,
    practice,
    replay,
    review,
    share,
)
from coach.commands.lines import one_line
from coach.errors import KnownError
from coach.machine.shared_log import SharedLog
from coach.organisation import read_policy
from coach.values.revisions import ShownSummary

Register = Callable[[Any], None]
DrawPdf = Callable[[ShownSummary], bytes]

log = logging.getLogger(__name__)

_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_READER_GONE = {errno.EPIPE, errno.EIO}
"""A pipe to ``head`` or a pager that was closed, a terminal that was."""
_PASSPHRASE_CODES = {"passphrase-new", "passphrase-needed", "passphrase-wrong"}
_COMMANDS = (
    listen,
    review,
    replay,
    moves,
    commitments,
    calls,
    export,
    follow_up,
    share,
    inbox,
    feedback,
    playbook,
    practice,
    models,
    devices,
    leak_check,
    doctor,
)


def make_parser(extra: Sequence[Register] = ()) -> argparse.ArgumentParser:
    """``extra`` registers commands that live outside the engine, such as the app."""
    parser = argparse.ArgumentParser(
        prog="sameside",
        description="A conversation coach that hears the agent's side only, on this machine.",
    )
    parser.add_argument("--version", action="version", version=f"sameside {version('sameside')}")
    subparsers = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for register in (*extra, *(command.register for command in _COMMANDS)):
        register(subparsers)
    return parser


def main(
    argv: Sequence[str] | None = None, extra: Sequence[Register] = (), draw_pdf: DrawPdf | None = None
) -> int:
    """Run one command and return its exit code. ``draw_pdf`` makes a PDF of a summary, which takes Qt."""
    _mend_streams()
    arguments = make_parser(extra).parse_args(argv)
    if draw_pdf is not None and hasattr(arguments, "draw_pdf"):
        arguments.draw_pdf = draw_pdf
    with log_file():
        return _run(arguments)


def _run(arguments: argparse.Namespace) -> int:
    _warn_of_policy(arguments.command)
    try:
        code = int(arguments.run(arguments))
        sys.stdout.flush()
    except KnownError as error:
        hint = f" Here it is read from {PASSPHRASE_VARIABLE}." if error.code in _PASSPHRASE_CODES else ""
        return _told(error.message + hint)
    except KeyboardInterrupt:
        return _told("stopped")
    except Exception as error:
        if isinstance(error, OSError) and error.errno in _READER_GONE:
            # The rest has nowhere to go, and nobody misses it.
            _drop_output()
            return 0
        if isinstance(error, OSError) and error.errno in _NO_ROOM:
            _drop_output()
            return _told("There is no room left where the output goes. Free some space, then try again.")
        log.exception("command %s failed", arguments.command)
        _told(f"a fault of its own: {error!r}. The log is in {resources.log_dir()}.")
        return 1
    return code


def _warn_of_policy(command: str) -> None:
    """What the organisation laid down wrongly is told, and stops nothing; ``doctor`` has a line for it."""
    trouble = read_policy(resources.policy_path()).trouble
    if trouble is not None and command != "doctor":
        _told(trouble.message)


def _told(message: str) -> int:
    """The exit code for what the user can act on, once it is said in one line."""
    try:
        sys.stdout.flush()
    except OSError:
        _drop_output()
    # Where standard error cannot be written either, the exit code must do.
    with suppress(OSError):
        sys.stderr.write(f"sameside: {one_line(message)}\n")
    return 2


def _drop_output() -> None:
    """What is still buffered goes nowhere, or Python would complain of it on its way out."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _mend_streams() -> None:
    """A standard stream that was closed leads nowhere, and no character can stop the output."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            nowhere = Path(os.devnull).open(mode, encoding="utf-8")  # noqa: SIM115 - open as long as we run
            setattr(sys, name, nowhere)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # Programs are promised UTF-8, whatever the machine's language; a terminal keeps its own.
            encoding = stream.encoding if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="backslashreplace")


@contextmanager
def log_file() -> Iterator[None]:
    """Keep a small rotating log beside the user's data; it never holds what was said."""
    folder = resources.log_dir()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler: logging.Handler = SharedLog(folder / "sameside.log", most_bytes=500_000, older=2)
    except OSError:
        handler = logging.NullHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root, ours = logging.getLogger(), logging.getLogger("coach")
    ours.setLevel(logging.INFO)
    root.addHandler(handler)
    try:
        yield
    finally:
        root.removeHandler(handler)
        handler.close()
