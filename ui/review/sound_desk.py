"""The sound of the window of review: what is played, where it is, and what to say where there is none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QFileDialog

from coach.errors import KnownError
from coach.events import CallSource
from coach.values.reviewing import Picture, Playing, ReviewServices, Sound, SoundState
from ui import text
from ui.dialogs.recording import FILE_FILTER
from ui.review.pictures import Pictures
from ui.review.window import ReviewWindow
from ui.work import Background

TICK_MS = 33
LOST = ("recording-gone", "recording-changed", "file-missing", "file-unreadable", "file-empty", "not-audio")
"""What a player says of a recording that is no longer what it was."""
SOUND, PLAYING = "review-sound", "review-playing"


class SoundDesk(QObject):
    """Belongs to one window. ``player`` is None where there is no sound; everything else works then too.

    While ``in_call`` nothing is played: a customer, and the microphone, would hear another customer.
    """

    def __init__(
        self,
        window: ReviewWindow,
        engine: ReviewServices,
        background: Background,
        pictures: Pictures,
        in_call: Callable[[], bool] = lambda: False,
    ) -> None:
        super().__init__(window)
        self.player: Playing | None = None
        self._window = window
        self._engine = engine
        self._background = background
        self._pictures = pictures
        self._in_call = in_call
        self._loop = self._closed = False
        self._speed = 1.0
        self._tick = QTimer(self, interval=TICK_MS)
        self._tick.timeout.connect(self.follow)
        window.toggle_wanted.connect(self._toggle)
        window.seek_wanted.connect(self._seek)
        window.place_wanted.connect(self._hear_from)
        window.turn_wanted.connect(self._hear_turn)
        window.transport.speed_chosen.connect(self._set_speed)
        window.transport.loop_toggled.connect(self._set_loop)
        pictures.grown.connect(self._show_picture)
        pictures.failed.connect(self._picture_failed)

    def take(self, sound: Sound) -> None:
        """The recording as it was found: play and draw it, or say why not and offer to look for it."""
        window = self._window
        if window.review is None or self._closed:
            # The window was closed while the recording was looked at.
            return
        self._let_go()
        window.show_place(window.wave.at_s, False)
        window.banners.dismiss(SOUND)
        there = sound.state in (SoundState.HERE, SoundState.ALTERED)
        window.transport.set_sound(there)
        if said := sound_words(sound, window.review.record.header.source):
            banner = window.banners.show_message(SOUND, said, "danger" if sound.path else "plain")
            banner.offer("Find it…", self._ask_where)
        if not there or sound.path is None:
            self._pictures.stop()
            window.wave.show_picture(None, "No sound to show" if sound.path else "")
            return
        self.player = self._engine.player(sound.path)
        self.player.set_speed(self._speed)
        window.wave.show_picture(None, "Drawing the waveform…")
        self._pictures.draw(sound.path)

    def point_to(self, path: Path) -> None:
        review = self._window.review
        if review is not None:
            call_id = review.record.header.id
            self._background.run(lambda: self._engine.point_to(call_id, path), self.take, self._fail)

    @Slot()
    def follow(self) -> None:
        """Show where the player is."""
        if self.player is None:
            self._tick.stop()
            return
        now, window = self.player.playback, self._window
        if not now.playing:
            self._tick.stop()
        if now.problem is not None:
            said = f"{now.problem.message} The review works without sound too."
            window.banners.show_message(PLAYING, said)
            self.player.seek(window.wave.at_s)
            window.show_place(window.wave.at_s, False)
            if now.problem.code in LOST:
                self._look_again()
        else:
            window.show_place(now.at_s, now.playing)

    def _look_again(self) -> None:
        """The recording is not what it was when the window was opened: say what is there now."""
        review = self._window.review
        if review is not None:
            call_id = review.record.header.id
            self._background.run(lambda: self._engine.open(call_id).sound, self.take, self._fail)

    def close(self) -> None:
        self._closed = True
        self._pictures.stop()
        self._let_go()

    def _fail(self, error: KnownError) -> None:
        if self._closed:
            return
        self._window.banners.show_message(error.code, error.message)

    def _ask_where(self) -> None:
        dialog = QFileDialog(self._window, "Where is the recording?", "", FILE_FILTER)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self.point_to(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(object)
    def _show_picture(self, picture: Picture) -> None:
        wave = self._window.wave
        wave.show_picture(picture, picture_note(picture))
        self._window.transport.show_place(wave.at_s, wave.scale.total_s)

    @Slot(object)
    def _picture_failed(self, error: KnownError) -> None:
        self._window.wave.show_picture(None, f"No waveform: {error.message}")

    def _toggle(self) -> None:
        window = self._window
        if self.player is None:
            return
        if self.player.playback.playing:
            self.player.pause()
            self.follow()
        elif self._loop and window.turn_index is not None:
            self._hear_turn(window.turn_index)
        else:
            at_s = window.wave.at_s
            self._play(0.0 if at_s >= window.wave.scale.total_s - 0.1 else at_s)

    def quiet(self) -> None:
        """A call begins: its microphone is not to hear what is played."""
        if self.player is not None and self.player.playback.playing:
            self.player.pause()
            self.follow()

    def call_over(self) -> None:
        """It may be played again: nothing is left to say of that."""
        self._window.banners.dismiss(PLAYING)

    def _play(self, from_s: float, until_s: float | None = None, loop: bool = False) -> None:
        if self.player is not None and self._in_call():
            # Looked at all the same: only the sound waits.
            self._seek(from_s)
            self._window.banners.show_message(PLAYING, text.NOT_IN_CALL, "plain")
        elif self.player is not None:
            self._window.banners.dismiss(PLAYING)
            self.player.play(from_s, until_s, loop)
            self._window.show_place(from_s, True)
            self._tick.start()

    def _seek(self, at_s: float) -> None:
        if self.player is not None:
            self.player.seek(at_s)
        self._window.show_place(at_s, self.player is not None and self.player.playback.playing)

    def _hear_from(self, at_s: float, turn_index: int) -> None:
        if turn_index >= 0:
            self._window.look_at(turn_index)
        if self.player is None:
            self._window.show_place(at_s, False)
        else:
            self._play(at_s)

    def _hear_turn(self, turn_index: int) -> None:
        """From its beginning to its end, or again and again."""
        turn = self._window.turn(turn_index)
        if turn is not None:
            self._window.look_at(turn_index)
            self._play(turn.start_s, turn.end_s, self._loop)

    def _set_loop(self, on: bool) -> None:
        self._loop = on
        turn_index = self._window.turn_index
        if on and turn_index is not None:
            self._hear_turn(turn_index)
        elif not on and self.player is not None and self.player.playback.playing:
            self._play(self.player.playback.at_s)

    def _set_speed(self, speed: float) -> None:
        self._speed = speed
        if self.player is not None:
            self.player.set_speed(speed)

    def _let_go(self) -> None:
        self._tick.stop()
        player, self.player = self.player, None
        if player is not None:
            player.pause()
            self._background.run(player.close, lambda _none: None, self._fail)


def sound_words(sound: Sound, source: CallSource) -> str:
    """What there is to say of the recording; empty where it is as it was."""
    if sound.state is SoundState.ALTERED and sound.path is not None:
        return (
            f"{sound.path.name} is not the recording that was heard: it has changed, or is another one. "
            "Words and sound may not fit together."
        )
    if sound.state is SoundState.GONE:
        return (
            f"The recording is not at {sound.path} any more, or cannot be read. Point to it if it was moved. "
            "Everything but the sound is here."
        )
    if sound.state is SoundState.NONE:
        live = "Sameside keeps no sound of a live call. If your phone system recorded it, point to that file."
        return live if source is CallSource.LIVE else "It is not known where the recording of this call is."
    return ""


def picture_note(picture: Picture) -> str:
    """What is wrong with the sound itself, once all of it is in."""
    if not picture.whole:
        return "Drawing the waveform…"
    if picture.silent:
        return "There is only silence in this recording."
    if picture.clipped:
        return "This was recorded too loud: parts of it are clipped, and words there may be misheard."
    return ""
