"""Runs the app from its first window to its last."""

from __future__ import annotations

import logging
import sys
from pathlib import Path
from types import TracebackType

from coach.ports import Services
from ui.app import App, make_application
from ui.look.theme import apply_theme
from ui.place import use_own_locale
from ui.unix_signals import QuitSignals, supported

log = logging.getLogger(__name__)


def _log_bug(kind: type[BaseException], bug: BaseException, where: TracebackType | None) -> None:
    """Qt goes on after an error in a slot; the log keeps it, and standard error shows it."""
    log.error("a bug", exc_info=(kind, bug, where))
    sys.__excepthook__(kind, bug, where)


def run(services: Services, start_listening: bool = False, open_file: Path | None = None) -> int:
    """Show the app until the user leaves; returns the exit code."""
    sys.excepthook = _log_bug
    application = make_application()
    use_own_locale()
    apply_theme(application, services.settings.appearance.theme)
    app = App(services)
    app.closed.connect(application.quit)
    app.open()
    if open_file is not None:
        app.files.open_recording(open_file)
    elif start_listening:
        app.start()
    signals = QuitSignals(app.closing.quit, app) if supported() else None
    code = application.exec()
    if signals is not None:
        signals.close()
    return code
