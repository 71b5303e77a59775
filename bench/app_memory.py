"""The highest resident memory of the whole app while it reviews a recorded call, in megabytes.

    python bench/app_memory.py [MODEL]

The real window, overlay, engine, detector and store, without a screen, in folders of its own.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

MOST_MS = 300_000


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
            os.environ[name] = str(Path(folder) / name)
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        os.environ["SAMESIDE_PASSPHRASE"] = "bench"
        from PySide6.QtCore import QTimer

        from coach.bootstrap import make_services
        from coach.values.batches import Side
        from ui.app import App, make_application
        from ui.theme import apply_theme

        services = make_services()
        services.settings.consent.first_run_done = True
        services.settings.consent.first_steps_done = True
        services.settings.listening.model = sys.argv[1] if len(sys.argv) > 1 else "base"
        application = make_application()
        apply_theme(application, "light")
        app = App(services)
        app.closed.connect(application.quit)
        app.files.line.kept.connect(app.closing.quit)
        app.files.line.failed.connect(lambda _error: application.exit(1))
        QTimer.singleShot(MOST_MS, lambda: application.exit(1))  # one that failed is only shown
        app.open()
        app.overlay.show()
        call = ROOT / "assets" / "calls" / "parcel-recovery.flac"
        app.files.line.add([call], Side(everyone=True))
        if application.exec() != 0:
            raise SystemExit("the recording could not be reviewed")
    print(round(peak_kb() / 1024, 1))


def peak_kb() -> int:
    """The high-water mark of this program alone; ru_maxrss would count the one it was started from."""
    for line in Path("/proc/self/status").read_text(encoding="utf-8").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1])
    raise SystemExit("this system does not tell a process's peak memory in /proc")


if __name__ == "__main__":
    main()
