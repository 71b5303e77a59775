"""The highest resident memory of the whole app while it hears a call, in megabytes.

    python bench/app_memory.py [MODEL] [--recording]

The real window, overlay, engine, detector and store, without a screen, in folders of its own. A sample call
comes in as from a microphone, in the time it took; with ``--recording`` it is reviewed as recordings are.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.needed import peak_mb  # noqa: E402

if TYPE_CHECKING:
    from coach.bootstrap import EngineServices
    from coach.events import Block
    from coach.ports import AudioSource, CallControl, Sink

MOST_MS = 600_000
CALL = ROOT / "assets" / "calls" / "parcel-recovery.flac"


class AsSpoken:
    """A sound file as a microphone would give it: a block is there when it would have been said."""

    def __init__(self, path: Path) -> None:
        from coach.audio.media_file import MediaFile

        self._file = MediaFile(path, None)
        self.name = self._file.name
        self._began = 0.0

    def start(self) -> None:
        self._file.start()
        self._began = time.monotonic()

    def read(self, timeout_s: float) -> Block | None:
        block = self._file.read(timeout_s)
        if block is not None:
            time.sleep(max(0.0, block.start_s - (time.monotonic() - self._began)))
        return block

    def stop(self) -> None:
        self._file.stop()


def services_of(model: str) -> EngineServices:
    """The engine's own, but for the microphone."""
    from coach import bootstrap

    class Services(bootstrap.EngineServices):
        def live_call(
            self,
            device_key: str | None,
            sink: Sink,
            *,
            save: bool = True,
            waited: AudioSource | None = None,  # noqa: ARG002
        ) -> CallControl:
            return super().live_call(device_key, sink, save=save, waited=AsSpoken(CALL))

    made = bootstrap.make_services()
    made.settings.consent.first_run_done = True
    made.settings.consent.first_steps_done = True
    made.settings.listening.model = model
    return Services(made.settings, os.environ["SAMESIDE_PASSPHRASE"])


def run(model: str, recording: bool) -> int:
    from PySide6.QtCore import QTimer

    from coach.values.batches import Side
    from ui.app import App, make_application
    from ui.look.theme import apply_theme

    application = make_application()
    apply_theme(application, "light")
    app = App(services_of(model))
    app.closed.connect(application.quit)
    QTimer.singleShot(MOST_MS, lambda: application.exit(1))  # one that failed is only shown
    app.open()
    app.overlay.show()
    if recording:
        app.files.line.kept.connect(app.closing.quit)
        app.files.line.failed.connect(lambda _error: application.exit(1))
        app.files.line.add([CALL], Side(everyone=True))
    else:
        app.bridge.session_stopped.connect(app.closing.quit)
        app.runner.start_live()
    return application.exec()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("model", nargs="?", default="base")
    parser.add_argument("--recording", action="store_true")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
            os.environ[name] = str(Path(folder) / name)
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        os.environ["SAMESIDE_PASSPHRASE"] = "bench"
        if run(chosen.model, chosen.recording) != 0:
            raise SystemExit("the call did not come to its end")
    print(round(peak_mb(), 1))


if __name__ == "__main__":
    main()
