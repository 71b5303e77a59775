"""What the overlay costs: the time of a frame, and its share of a core while idle and while active.

    python bench/overlay.py [--seconds N]

Processor time is this process's own, so other programs on the machine do not count. *Frame* is painting
the whole window anew, as when a cue comes. *Silent*: the pill as it stands while the agent is
silent, in a room, with a level and the time ten times a second. *Speaking*: the same, and the meter moves.
*Cues*: as speaking, with a cue every two seconds, each fading in and ending; a call has one in twenty seconds
at most. *Nothing*: no event at all. Prints a table and writes bench/results/overlay.json.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from PySide6.QtCore import QEventLoop, QTimer  # noqa: E402
from PySide6.QtGui import QGuiApplication, QImage  # noqa: E402

from coach.events import CueEnd, CueEnded, Level  # noqa: E402
from coach.settings import AppearanceSettings  # noqa: E402
from scripts.overlay_pictures import CUE  # noqa: E402
from ui.app import make_application  # noqa: E402
from ui.look.theme import apply_theme  # noqa: E402
from ui.overlay import CueOverlay  # noqa: E402
from ui.state import AppState  # noqa: E402

RESULTS = ROOT / "bench" / "results" / "overlay.json"
FRAMES = 200
LEVEL_EVERY_MS = 100
CUE_EVERY_MS = 1_000


def frame_ms(overlay: CueOverlay) -> tuple[float, float]:
    """Median and 95th percentile of processor time to paint the whole window once, in milliseconds."""
    image = QImage(overlay.size(), QImage.Format.Format_ARGB32_Premultiplied)
    took = []
    for _ in range(FRAMES):
        began = time.process_time()
        overlay.render(image)
        took.append((time.process_time() - began) * 1_000)
    return statistics.median(took), statistics.quantiles(took, n=20)[-1]


def share_of_core(seconds: float, timers: list[tuple[int, Callable[[], object]]]) -> float:
    """Processor time of this process over wall time, while ``timers`` (milliseconds, what to do) run."""
    loop, running = QEventLoop(), []
    for every_ms, do in timers:
        timer = QTimer(interval=every_ms)
        timer.timeout.connect(do)
        timer.start()
        running.append(timer)
    QTimer.singleShot(round(seconds * 1_000), loop.quit)
    wall, busy = time.monotonic(), time.process_time()
    loop.exec()
    share = (time.process_time() - busy) / (time.monotonic() - wall)
    for timer in running:
        timer.stop()
    return share


class Script:
    """A call's events for the overlay."""

    def __init__(self, overlay: CueOverlay) -> None:
        self._overlay = overlay
        self._levels = self._cues = 0

    def silence(self) -> None:
        self._level(-68.0 + self._levels * 7 % 5)

    def speech(self) -> None:
        self._level(-40.0 + self._levels * 7 % 25)

    def _level(self, rms_dbfs: float) -> None:
        self._levels += 1
        at_s = self._levels * LEVEL_EVERY_MS / 1_000
        self._overlay.set_level(Level(at_s, rms_dbfs, rms_dbfs + 12.0))
        self._overlay.set_elapsed(at_s)

    def cue(self) -> None:
        self._cues += 1
        if self._cues % 2:
            self._overlay.show_cue(replace(CUE, id=f"q{self._cues}"))
        else:
            self._overlay.end_cue(CueEnded(f"q{self._cues - 1}", 0.0, CueEnd.EXPIRED))


def measure(seconds: float) -> dict[str, object]:
    overlay = CueOverlay(AppearanceSettings())
    overlay.show()
    overlay.set_state(AppState.LISTENING)
    overlay.set_budget(5, 8)
    script = Script(overlay)
    share_of_core(1.0, [(LEVEL_EVERY_MS, script.speech)])
    shares = {
        "nothing": share_of_core(seconds, []),
        "silent": share_of_core(seconds, [(LEVEL_EVERY_MS, script.silence)]),
        "speaking": share_of_core(seconds, [(LEVEL_EVERY_MS, script.speech)]),
        "cues": share_of_core(seconds, [(LEVEL_EVERY_MS, script.speech), (CUE_EVERY_MS, script.cue)]),
    }
    pill = frame_ms(overlay)
    overlay.show_cue(CUE)
    overlay.fade.end()
    card = frame_ms(overlay)
    overlay.close()
    return {
        "platform": QGuiApplication.platformName(),
        "seconds": seconds,
        "frame_ms": {
            "pill": {"median": round(pill[0], 3), "p95": round(pill[1], 3)},
            "card": {"median": round(card[0], 3), "p95": round(card[1], 3)},
        },
        "percent_of_a_core": {name: round(share * 100, 2) for name, share in shares.items()},
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=20.0, help="how long each state is watched")
    seconds = parser.parse_args().seconds
    application = make_application()
    apply_theme(application, "light")
    found = measure(seconds)
    for name, frame in found["frame_ms"].items():  # type: ignore[attr-defined]
        print(f"frame, {name:<8} median {frame['median']:6.2f} ms   p95 {frame['p95']:6.2f} ms")
    for name, percent in found["percent_of_a_core"].items():  # type: ignore[attr-defined]
        print(f"core,  {name:<8} {percent:6.2f} %")
    RESULTS.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
