"""Runs the app from its first window to its last."""

from __future__ import annotations

from pathlib import Path

from coach import resources
from coach.ports import Services
from ui import faults
from ui.app import App, make_application
from ui.look.theme import apply_theme
from ui.place import use_own_locale
from ui.unix_signals import QuitSignals, supported


def run(services: Services, start_listening: bool = False, open_file: Path | None = None) -> int:
    """Show the app until the user leaves; returns the exit code."""
    faults.watch(faults.keep)
    application = make_application()
    use_own_locale()
    apply_theme(application, services.settings.appearance.theme)
    app = App(services)
    told = faults.Faults(app.window.banners, app.overlay, app.bridge, resources.log_dir())
    faults.watch(told.take)
    app.closed.connect(application.quit)
    app.open()
    if open_file is not None:
        app.files.open_recording(open_file)
    elif start_listening:
        app.start()
    signals = QuitSignals(app.closing.leave, app) if supported() else None
    code = application.exec()
    if signals is not None:
        signals.close()
    return code
