"""Plays the sound that came with a shared summary: one turn at a time, from memory."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from coach.errors import KnownError
from coach.ports import Services
from coach.values.reviewing import Playing
from coach.values.shares import InboxRow
from ui import text
from ui.supervisor.reading import Reading
from ui.work import Background

TICK_MS = 100


class Clips(QObject):
    """``failed`` with a ``KnownError``. While ``in_call`` nothing is played."""

    failed = Signal(object)

    def __init__(
        self,
        services: Services,
        background: Background,
        reading: Reading,
        parent: QObject,
        in_call: Callable[[], bool] = lambda: False,
    ) -> None:
        super().__init__(parent)
        self._in_call = in_call
        self._services = services
        self._background = background
        self._reading = reading
        self.player: Playing | None = None
        self._wanted: tuple[InboxRow, int] | None = None
        self._tick = QTimer(self, interval=TICK_MS)
        self._tick.timeout.connect(self._follow)
        reading.play_wanted.connect(self._play)
        reading.quiet_wanted.connect(self.stop)

    @Slot()
    def stop(self) -> None:
        self._wanted = None
        self._tick.stop()
        player, self.player = self.player, None
        if player is not None:
            player.pause()
            # Whoever closes it waits for the output.
            self._background.run(player.close, lambda _none: None, self.failed.emit)
        self._reading.show_playing(None)

    def close(self) -> None:
        """Let go of the output, and wait for it."""
        self._wanted = None
        self._tick.stop()
        player, self.player = self.player, None
        if player is not None:
            player.close()

    @Slot(int)
    def _play(self, turn: int) -> None:
        row = self._reading.row
        if row is None:
            return
        if self._in_call():
            # Supervisors take calls too.
            self.failed.emit(KnownError(text.IN_CALL, text.NOT_IN_CALL))
            return
        self.stop()
        self._wanted = wanted = (row, turn)
        self._background.run(self._opening(row, turn), lambda player: self._begin(wanted, player), self._fail)

    def _opening(self, row: InboxRow, turn: int) -> Callable[[], Playing]:
        sharing, review = self._services.sharing, self._services.review
        return lambda: review.clip_player(sharing.clip(row, turn))

    def _begin(self, wanted: tuple[InboxRow, int], player: Playing) -> None:
        if self._wanted is not wanted:
            # Stopped, left, or another turn asked for while it was opened.
            player.close()
            return
        self.player = player
        player.play(0.0)
        self._reading.show_playing(wanted[1])
        self._tick.start()

    def _follow(self) -> None:
        if self.player is not None and not (now := self.player.playback).playing:
            self.stop()
            if now.problem is not None:
                self.failed.emit(now.problem)

    def _fail(self, error: object) -> None:
        self.stop()
        self.failed.emit(error)
