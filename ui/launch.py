"""The console command ``sameside``: adds ``app`` to the engine's commands, and loads Qt only for it."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from coach.values.revisions import ShownSummary


def register(subparsers: argparse._SubParsersAction[Any]) -> None:
    """Add ``sameside app`` to the command line."""
    parser = subparsers.add_parser(
        "app", help="open the window", description="Open the window, the overlay and the tray icon."
    )
    parser.add_argument("file", nargs="?", type=Path, metavar="FILE", help="a recording to open for review")
    parser.add_argument("--listen", action="store_true", help="start listening at once")
    parser.set_defaults(run=_run_app)


def main() -> int:
    """Run one command and return its exit code."""
    try:
        from coach import cli  # here, for it takes a second, in which Ctrl+C must be answered too
    except KeyboardInterrupt:
        sys.stderr.write("sameside: stopped\n")
        return 2
    return cli.main(extra=(register,), draw_pdf=_draw_pdf)


def _run_app(arguments: argparse.Namespace) -> int:
    from coach.bootstrap import make_services, settings_path
    from coach.errors import KnownError
    from ui.cannot_start import is_seen, tell
    from ui.run import run

    try:
        services = make_services()
    except KnownError as error:
        if is_seen():
            tell(error, settings_path().parent)
        raise
    return run(services, arguments.listen, arguments.file)


def _draw_pdf(shown: ShownSummary) -> bytes:
    """Without a window, so also where there is no display."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtGui import QGuiApplication

    from ui.look.theme import load_font
    from ui.place import use_own_locale
    from ui.summary.pdf import summary_pdf

    if QGuiApplication.instance() is None:
        application = QGuiApplication(["sameside"])
        application.setApplicationName("Sameside")
        load_font()
        use_own_locale()
    return summary_pdf(shown)
