"""The highest resident memory of the whole app while it hears a recorded call, in megabytes.

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


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
            os.environ[name] = str(Path(folder) / name)
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        os.environ["SAMESIDE_PASSPHRASE"] = "bench"
        from coach.bootstrap import make_services
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
        app.bridge.session_stopped.connect(app.closing.quit)
        app.open()
        app.overlay.show()
        app.runner.open_file(ROOT / "assets" / "calls" / "parcel-recovery.flac", None)
        application.exec()
    print(round(peak_kb() / 1024, 1))


def peak_kb() -> int:
    """The high-water mark of this program alone; ru_maxrss would count the one it was started from."""
    for line in Path("/proc/self/status").read_text(encoding="utf-8").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1])
    raise SystemExit("this system does not tell a process's peak memory in /proc")


if __name__ == "__main__":
    main()
