"""Hearing a turn of one's own again, where the recording of its call is still there."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from coach.errors import KnownError
from coach.ports import Services
from coach.practice.drills import Place
from coach.values.reviewing import Playing, Sound, SoundState
from ui import text
from ui.work import Background

_AROUND_S = 0.3
"""A turn begins and ends a little before and after its words."""
_LOOK_EVERY_MS = 100


class TurnHearing(QObject):
    """One turn at a time. ``found(place, can_be_heard)`` answers ``look_for``."""

    found = Signal(object, bool)
    playing_changed = Signal(bool)
    failed = Signal(object)
    """A ``KnownError``: why it cannot be heard, such as no loudspeaker."""

    def __init__(
        self,
        services: Services,
        background: Background,
        parent: QObject,
        in_call: Callable[[], bool] = lambda: False,
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._background = background
        self._in_call = in_call
        self._sounds: dict[str, Sound] = {}
        self._player: Playing | None = None
        self._timer = QTimer(self, interval=_LOOK_EVERY_MS)
        self._timer.timeout.connect(self._look)

    @property
    def playing(self) -> bool:
        return self._player is not None

    def look_for(self, place: Place) -> None:
        """Whether there is a recording of the turn, asked off the main thread."""

        def answer(sound: Sound) -> None:
            self._sounds[place.call_id] = sound
            self.found.emit(place, sound.state is SoundState.HERE)

        self._background.run(
            lambda: self._services.review.open(place.call_id).sound,
            answer,
            lambda _error: self.found.emit(place, False),
        )

    def toggle(self, place: Place) -> None:
        """Play the turn, or stop."""
        sound = self._sounds.get(place.call_id)
        if self.playing:
            self.stop()
        elif self._in_call():
            self.failed.emit(KnownError(text.IN_CALL, text.NOT_IN_CALL))
        elif sound is not None and sound.path is not None:
            self._player = self._services.review.player(sound.path)
            self._player.play(max(0.0, place.start_s - _AROUND_S), place.end_s + _AROUND_S)
            self._timer.start()
            self.playing_changed.emit(True)

    @Slot()
    def stop(self) -> None:
        player, self._player = self._player, None
        self._timer.stop()
        if player is not None:
            player.pause()
            self._background.run(player.close, _nothing, self.failed.emit)
            self.playing_changed.emit(False)

    def close(self) -> None:
        """Let go of the output, and wait for it."""
        self._timer.stop()
        player, self._player = self._player, None
        if player is not None:
            player.close()

    @Slot()
    def _look(self) -> None:
        if self._player is None:
            return
        playback = self._player.playback
        if not playback.playing:
            problem: KnownError | None = playback.problem
            self.stop()
            if problem is not None:
                self.failed.emit(problem)


_nothing: Callable[[None], None] = lambda _none: None  # noqa: E731
