"""The whole app without microphone and models, on a real display, told what to do through a pipe.

Run as ``python -m tests.e2e.overlay_program PIPE STATE``: each line of PIPE is a command, and the file
STATE holds, as JSON, how many were obeyed and what there is to be seen.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, QSocketNotifier, QTimer
from PySide6.QtWidgets import QApplication

from coach.events import CueEnd, CueEnded, Level
from tests.fakes import sample_call
from tests.fakes.services import FakeServices
from ui.app import App, make_application
from ui.look.theme import apply_theme


class Program(QObject):
    def __init__(self, app: App, services: FakeServices, pipe: Path, state: Path) -> None:
        super().__init__()
        self._app = app
        self._services = services
        self._state = state
        self._obeyed = 0
        self._cues = 0
        self._waiting = b""
        # Opened for writing too, so that it never ends between two commands.
        self._pipe = os.open(pipe, os.O_RDWR | os.O_NONBLOCK)
        self._notifier = QSocketNotifier(self._pipe, QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._read)
        self._commands: dict[str, Callable[[], object]] = {
            "start": app.start,
            "cue": self._raise_cue,
            "expire": lambda: self._end_cue(CueEnd.EXPIRED),
            "repair": lambda: self._end_cue(CueEnd.REPAIRED),
            "lock": lambda: app.window.actions_.lock_overlay.setChecked(True),
            "unlock": lambda: app.window.actions_.lock_overlay.setChecked(False),
            "hide-window": app.window.hide,
            "hide-overlay": lambda: app.window.actions_.overlay.setChecked(False),
            "settings": lambda: app.ear.settings.open("overlay"),
            "last-screen": lambda: app.overlay.stand_on(QApplication.screens()[-1]),
            "look": lambda: None,
        }
        # What a key does comes without a command; the state is told again whenever it has changed.
        self._teller = QTimer(self, interval=50)
        self._teller.timeout.connect(self._tell)
        self._told = ""
        self._teller.start()

    def _read(self) -> None:
        *lines, self._waiting = (self._waiting + os.read(self._pipe, 4096)).split(b"\n")
        for line in lines:
            self._commands[line.decode()]()
            self._obeyed += 1

    def _raise_cue(self) -> None:
        call = self._services.call
        assert call is not None
        self._cues += 1
        cue = replace(sample_call.cues()[1], id=f"q{self._cues}")
        call.send(Level(10.0 * self._cues, -25.0, -12.0), *sample_call.turns()[:3], cue)

    def _end_cue(self, end: CueEnd) -> None:
        call = self._services.call
        assert call is not None
        call.send(CueEnded(f"q{self._cues}", 10.0 * self._cues + 5.0, end))

    def _tell(self) -> None:
        overlay, call = self._app.overlay, self._services.call
        box = overlay.geometry()
        now = {
            "obeyed": self._obeyed,
            "phase": self._app.runner.phase.value,
            "visible": overlay.isVisible(),
            "title": overlay.windowTitle(),
            "window": int(overlay.winId()),
            "box": [box.x(), box.y(), box.width(), box.height()],
            "locked": self._app.window.actions_.lock_overlay.isChecked(),
            "screens": [
                [s.geometry().x(), s.geometry().y(), s.geometry().width(), s.geometry().height()]
                for s in QApplication.screens()
            ],
            "cue_ends": [end.value for _cue, end in call.cue_ends] if call is not None else [],
            "platform": QApplication.platformName(),
            "keys_off": self._app.keys.hotkeys.why_off,
            "key_problems": self._app.keys.hotkeys.problems,
        }
        text = json.dumps(now)
        if text != self._told:
            self._told = text
            # Whole or not at all: the test reads at any moment.
            part = self._state.with_suffix(".part")
            part.write_text(text, encoding="utf-8")
            part.replace(self._state)


def main() -> int:
    application = make_application()
    apply_theme(application, "light")
    services = FakeServices()
    app = App(services)
    app.open()
    app.window.move(0, 0)
    program = Program(app, services, Path(sys.argv[1]), Path(sys.argv[2]))
    program.setParent(app)
    return application.exec()


if __name__ == "__main__":
    sys.exit(main())
