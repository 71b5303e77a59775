"""The command line: everything the engine does, without Qt.

Exit codes: 0 done, 2 the user can act (one line on standard error says what to do), 1 a bug.
"""

from __future__ import annotations

import argparse
import logging
import logging.handlers
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib.metadata import version
from typing import Any

from coach import resources
from coach.bootstrap import PASSPHRASE_VARIABLE
from coach.commands import calls, commitments, devices, doctor, listen, models, moves, replay, review
from coach.errors import KnownError

Subparsers = argparse._SubParsersAction
Register = Callable[[Any], None]

log = logging.getLogger(__name__)

_PASSPHRASE_CODES = {"passphrase-new", "passphrase-needed", "passphrase-wrong"}
_COMMANDS = (listen, review, replay, moves, commitments, calls, models, devices, doctor)


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


def main(argv: Sequence[str] | None = None, extra: Sequence[Register] = ()) -> int:
    """Run one command and return its exit code."""
    arguments = make_parser(extra).parse_args(argv)
    with log_file():
        return _run(arguments)


def _run(arguments: argparse.Namespace) -> int:
    try:
        code = int(arguments.run(arguments))
        sys.stdout.flush()
    except KnownError as error:
        hint = f" Here it is read from {PASSPHRASE_VARIABLE}." if error.code in _PASSPHRASE_CODES else ""
        sys.stderr.write(f"sameside: {' '.join(error.message.split())}{hint}\n")
        return 2
    except BrokenPipeError:
        # The reader of our output went away (head, a closed pager); the rest has nowhere to go.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        sys.stderr.write("sameside: stopped\n")
        return 2
    except Exception as error:
        log.exception("command %s failed", arguments.command)
        sys.stderr.write(f"sameside: a fault of its own: {error!r}. The log is in {resources.log_dir()}.\n")
        return 1
    return code


@contextmanager
def log_file() -> Iterator[None]:
    """Keep a small rotating log beside the user's data; it never holds what was said."""
    folder = resources.log_dir()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler: logging.Handler = logging.handlers.RotatingFileHandler(
            folder / "sameside.log", maxBytes=500_000, backupCount=2, encoding="utf-8", delay=True
        )
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
