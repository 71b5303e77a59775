"""Takes the pictures in docs/pictures from the real windows, filled with a scripted call.

Run as ``QT_QPA_PLATFORM=offscreen python scripts/screenshots.py [FOLDER]``.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from PySide6.QtCore import QLocale, QSize  # noqa: E402
from PySide6.QtGui import QColor, QPainter, QPixmap  # noqa: E402
from PySide6.QtTest import QTest  # noqa: E402
from PySide6.QtWidgets import QApplication, QWidget  # noqa: E402

from coach.events import Cue, CueEnd, CueEnded, Level, WordsHeard  # noqa: E402
from scripts.commitment_pictures import take_commitments  # noqa: E402
from scripts.ear_pictures import Studio, take_ear, take_interim  # noqa: E402
from scripts.overlay_pictures import take_sheet  # noqa: E402
from scripts.practice_pictures import take_practice  # noqa: E402
from scripts.recording_pictures import take_recordings  # noqa: E402
from scripts.review_pictures import take_review  # noqa: E402
from scripts.sharing_pictures import take_sharing  # noqa: E402
from tests.fakes import sample_call  # noqa: E402
from tests.fakes.services import FakeServices, fill_past_calls  # noqa: E402
from ui.app import App, make_application  # noqa: E402
from ui.look.theme import THEMES, apply_theme, current_theme, theme_keeper  # noqa: E402
from ui.running.call_runner import Phase  # noqa: E402
from ui.window.main_window import CALLS, NOW, PLAYBOOK, SUMMARY  # noqa: E402

SIZE = QSize(1280, 800)
ALTERNATIVES = ("I'm sorry, I made that sound like your fault.",)


def wait_until(app: QApplication, met: Callable[[], bool]) -> None:
    """Let events run until ``met``; the engine's answers come from another thread."""
    for _ in range(2000):
        if met():
            break
        app.processEvents()
        # Unlike Qt's own waiting, this lets the other thread work.
        time.sleep(0.005)
    else:
        raise SystemExit("the window did not get there")
    app.processEvents()


def picture(widget: QWidget, path: Path) -> None:
    QApplication.processEvents()
    widget.grab().save(str(path))
    print(path)


def overlay_picture(desk: App, path: Path) -> None:
    """The overlay on a plain ground: it has no ground of its own."""
    shot = desk.overlay.grab()
    ratio = shot.devicePixelRatio()
    size = desk.overlay.size() + QSize(96, 96)
    ground = QPixmap(size * ratio)
    ground.setDevicePixelRatio(ratio)
    ground.fill(QColor(current_theme().colours.sunken))
    painter = QPainter(ground)
    painter.drawPixmap(48, 48, shot)
    painter.end()
    ground.save(str(path))
    print(path)


def desk_picture(desk: App, path: Path) -> None:
    """The window with the overlay over its bottom right corner, as on a desktop that holds nothing else."""
    QApplication.processEvents()
    shot = desk.window.grab()
    painter = QPainter(shot)
    right, bottom = desk.window.width() - desk.overlay.width(), desk.window.height() - desk.overlay.height()
    painter.drawPixmap(right - 8, bottom - 8, desk.overlay.grab())
    painter.end()
    shot.save(str(path))
    print(path)


def take(app: QApplication, theme: str, folder: Path) -> None:
    apply_theme(app, "dark" if theme == "dark" else "light")
    services = FakeServices()
    services.settings.appearance.reduced_motion = True
    services.settings.appearance.overlay_opacity = 1.0
    fill_past_calls(services.memory)
    del services.memory.calls["sample"]
    desk = App(services)
    desk.window.resize(SIZE)
    desk.open()
    wait_until(app, lambda: desk.window.calls.model.rowCount() > 0)
    studio = Studio(desk, services, theme, folder, lambda met: wait_until(app, met), picture)
    take_ear(studio)
    take_commitments(studio)
    take_practice(studio)
    take_recordings(studio)
    take_playbook(desk, theme, folder)
    desk.window.go_to(NOW)
    begin_call(app, desk, services)
    take_interim(studio)
    desk.runner.stop()
    wait_until(app, lambda: desk.window.summary.record is not None)
    begin_call(app, desk, services)
    live_pictures(app, desk, services, theme, folder)
    desk.runner.stop()
    wait_until(app, lambda: not desk.runner.running and desk.window.room == SUMMARY)
    wait_until(app, lambda: desk.window.calls.model.rowCount() == 6)
    desk.window.summary.show_turn(3)
    picture(desk.window, folder / f"summary-{theme}.png")
    desk.window.go_to(CALLS)
    desk.window.calls.search.setText("call")
    wait_until(app, lambda: bool(desk.window.calls.model.call_at(0).snippet))
    desk.window.calls.select_row(0)
    picture(desk.window, folder / f"calls-{theme}.png")
    take_review(theme, folder, lambda met: wait_until(app, met), picture)
    desk.closing.quit()
    app.processEvents()
    take_sharing(studio)


def take_playbook(desk: App, theme: str, folder: Path) -> None:
    """The room, and the example that the first page offers at the step of its cue."""
    desk.window.go_to(PLAYBOOK)
    desk.window.playbook.go_to("blaming")
    QTest.qWait(100)
    picture(desk.window, folder / f"playbook-{theme}.png")
    desk.window.go_to(NOW)
    desk.example.open()
    dialog = desk.example.dialog
    assert dialog is not None
    while not dialog.next_button.isEnabled():
        QTest.qWait(5)
    dialog.go_on()
    picture(dialog, folder / f"example-{theme}.png")
    dialog.close()


def begin_call(app: QApplication, desk: App, services: FakeServices) -> None:
    desk.start()
    wait_until(app, lambda: desk.runner.phase is Phase.RUNNING and services.call is not None)


def live_pictures(app: QApplication, desk: App, services: FakeServices, theme: str, folder: Path) -> None:
    assert services.call is not None
    shown = 0
    for event in sample_call.events():
        if isinstance(event, Cue):
            event = replace(event, alternatives=ALTERNATIVES)
        services.call.send(event)
        if isinstance(event, WordsHeard) and event.turn_index == 9:
            break
        shown += isinstance(event, Cue)
        if isinstance(event, Cue) and shown == 2:
            services.call.send(Level(46.0, -22.0, -10.0))
            wait_until(app, lambda: desk.overlay.cue is not None)
            overlay_picture(desk, folder / f"overlay-{theme}.png")
            desk_picture(desk, folder / f"live-cue-{theme}.png")
        if isinstance(event, CueEnded) and event.end is CueEnd.REPAIRED and shown == 2:
            services.call.send(Level(72.0, -22.0, -10.0))
            wait_until(app, lambda: desk.overlay.cue is None)
            desk_picture(desk, folder / f"green-{theme}.png")
    services.call.send(Level(203.0, -22.0, -10.0))
    app.processEvents()
    picture(desk.window, folder / f"main-window-{theme}.png")


def take_sheets(app: QApplication, folder: Path) -> None:
    """Every state of the overlay, in each of the four themes."""
    keeper = theme_keeper(app)
    for theme in THEMES:
        keeper.put_on(theme)
        take_sheet(folder / f"overlay-states-{theme.name}.png")


def take_doubled(folder: Path) -> None:
    """The states once more as on a screen at 200 %, for which the app has to be started anew."""
    code = (
        "import sys; from pathlib import Path; from scripts.overlay_pictures import take_sheet; "
        "from ui.app import make_application; from ui.look.theme import apply_theme; "
        "apply_theme(make_application(), 'light'); take_sheet(Path(sys.argv[1]))"
    )
    target = folder / "overlay-states-light-200.png"
    subprocess.run(
        [sys.executable, "-c", code, str(target)],
        check=True,
        cwd=ROOT,
        env={**os.environ, "QT_SCALE_FACTOR": "2"},
    )


def main() -> int:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "pictures"
    folder.mkdir(parents=True, exist_ok=True)
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    app = make_application()
    for theme in ("light", "dark"):
        take(app, theme, folder)
    take_sheets(app, folder)
    take_doubled(folder)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
