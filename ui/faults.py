"""A fault of our own that nobody caught: Qt goes on after one in a slot, and so does everything else."""

from __future__ import annotations

import logging
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Qt, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices

from ui.bridge import EventBridge
from ui.overlay import CueOverlay
from ui.parts.banner import BannerArea
from ui.work import TOLD

log = logging.getLogger(__name__)

CODE = "fault"
AGAIN_AFTER_S = 60.0
"""A fault in something that happens often is told once, not with every mouse move."""


class Faults(QObject):
    """The log keeps each, standard error shows it, and the user is told: calmly, and never while a cue waits
    to be said."""

    _met = Signal()

    def __init__(
        self,
        banners: BannerArea,
        overlay: CueOverlay,
        bridge: EventBridge,
        log_folder: Path,
        clock: Callable[[], float] = time.monotonic,
        open_folder: Callable[[QUrl], bool] = QDesktopServices.openUrl,
    ) -> None:
        super().__init__(banners)
        self._banners = banners
        self._overlay = overlay
        self._log_folder = log_folder
        self._clock = clock
        self._open_folder = open_folder
        self._told_at: float | None = None
        self._waiting = False
        # Queued: never in the middle of what went wrong, and always on the main thread.
        self._met.connect(self._tell, Qt.ConnectionType.QueuedConnection)
        for over in (bridge.cue_ended, bridge.session_stopped):
            over.connect(self._tell_if_waiting)

    def take(self, kind: type[BaseException], bug: BaseException | None, where: TracebackType | None) -> None:
        """``sys.excepthook``, for any thread."""
        keep(kind, bug, where)
        if TOLD not in getattr(bug, "__notes__", ()):
            with suppress(RuntimeError):  # the window is gone
                self._met.emit()

    @Slot()
    def _tell(self) -> None:
        now = self._clock()
        if self._told_at is not None and now - self._told_at < AGAIN_AFTER_S:
            return
        if self._overlay.cue is not None:
            self._waiting = True
            return
        self._waiting, self._told_at = False, now
        banner = self._banners.show_message(
            CODE,
            "Something in Sameside did not work. It goes on, and what was kept before is still there; what "
            f"you just did may not be done. The log says what it was: {self._log_folder / 'sameside.log'}",
            "plain",
        )
        folder = QUrl.fromLocalFile(str(self._log_folder))
        banner.offer("Show the log", lambda: self._open_folder(folder))

    @Slot()
    def _tell_if_waiting(self) -> None:
        if self._waiting:
            self._tell()


def keep(kind: type[BaseException], bug: BaseException | None, where: TracebackType | None) -> None:
    """In the log, and on standard error."""
    bug = kind() if bug is None else bug
    log.error("a bug", exc_info=(kind, bug, where))
    sys.__excepthook__(kind, bug, where)


def watch(taken: Callable[[type[BaseException], BaseException | None, TracebackType | None], None]) -> None:
    """``taken`` hears of every fault that nobody catches, on any thread."""
    sys.excepthook = taken
    threading.excepthook = lambda args: taken(args.exc_type, args.exc_value, args.exc_traceback)
