"""Customers' lines, read aloud by a voice of the machine where there is one: never beside a call."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from coach.errors import KnownError
from coach.ports import Services
from coach.values.aloud import Saying, Speaker
from ui import text
from ui.practice.answer_box import Mouth
from ui.practice.page import DRILL, PLAYING, PracticePage
from ui.practice.words import ROLE_PLAY, TODAY
from ui.running.call_runner import CallRunner
from ui.settings.dialog import SettingsDialog
from ui.work import Background

_LOOK_EVERY_MS = 50
_SHOWN_WITH = {DRILL: (DRILL, TODAY), PLAYING: (PLAYING, ROLE_PLAY)}
"""Where a line of each part may come: it is filled a moment before it is entered."""


class CustomerVoice(QObject):
    """Serves the room of practice: one line at a time, new ones where the agent has that switched on."""

    playing_changed = Signal(bool)
    failed = Signal(object)
    """A ``KnownError``: why lines are not heard. Told once; after that they are text."""

    def __init__(
        self,
        services: Services,
        runner: CallRunner,
        background: Background,
        page: PracticePage,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._runner = runner
        self._background = background
        self._page = page
        self._part = ""
        self._saying: Saying | None = None
        self._told = self._away = False
        self._timer = QTimer(self, interval=_LOOK_EVERY_MS)
        self._timer.timeout.connect(self._look)
        runner.phase_changed.connect(lambda _phase: self.stop())
        self._wire(page)
        page.show_voice(self.name, self._on, self._laid_down)

    def _wire(self, page: PracticePage) -> None:
        drill, play = page.drill, page.role_play
        drill.customer_shown.connect(lambda words: self._say(DRILL, words))
        drill.say_wanted.connect(lambda words: self._toggle(DRILL, words))
        drill.answered.connect(lambda _drill, _words: self.stop())
        play.customer_said.connect(lambda words: self._say(PLAYING, words))
        play.say_wanted.connect(lambda words: self._toggle(PLAYING, words))
        play.said.connect(lambda _scenario, _standing, _words: self.stop())
        for box in (drill.box, play.box):
            # What is read would be heard by the microphone.
            box.speak_wanted.connect(self.stop)
        self.playing_changed.connect(drill.show_saying)
        self.playing_changed.connect(play.show_saying)
        page.part_entered.connect(self._enter)
        page.speak_toggled.connect(self._switch)

    @property
    def name(self) -> str:
        """Of the voice; empty where none is installed."""
        return self._services.aloud.voice

    @property
    def playing(self) -> bool:
        return self._saying is not None

    @property
    def _on(self) -> bool:
        return self._services.settings.practice.customers_speak

    @property
    def _laid_down(self) -> bool:
        return self._services.settings.practice.is_laid_down("customers_speak")

    def _say(self, part: str, words: str) -> None:
        """A new line has come: the one before is over."""
        self.stop()
        # An answer that was judged meanwhile brings a line also where the agent has gone elsewhere.
        here = not self._away and self._page.part in _SHOWN_WITH[part]
        if here and self._on and not self._told:
            self._begin(part, words)

    def _toggle(self, part: str, words: str) -> None:
        """Read the line, or stop."""
        if self.playing:
            self.stop()
        elif self._runner.running:
            self.failed.emit(KnownError(text.IN_CALL, text.NOT_IN_CALL))
        else:
            self._told = False
            self._begin(part, words)

    def enter(self) -> None:
        """The room is entered."""
        self._away = False

    def leave(self) -> None:
        """Another room is entered: nothing is read there."""
        self._away = True
        self.stop()

    def _enter(self, part: str) -> None:
        if part != self._part:
            self.stop()

    @Slot(object)
    def fill(self, dialog: SettingsDialog) -> None:
        """A settings dialog was opened."""
        dialog.practice.show_voice(self.name)
        dialog.practice.kept.connect(self._keep)

    def _switch(self, on: bool) -> None:
        self._keep("customers_speak", on)

    def _keep(self, name: str, value: object) -> None:
        setattr(self._services.settings.practice, name, value)
        self._told = False
        if not self._on:
            self.stop()
        self._page.show_voice(self.name, self._on, self._laid_down)
        try:
            # At once: what waits behind an answer that is judged is dropped where the app is closed.
            self._services.save_settings()
        except KnownError as error:
            self.failed.emit(error)

    @Slot()
    def stop(self) -> None:
        saying, self._saying = self._saying, None
        self._timer.stop()
        if saying is not None:
            saying.stop()
            self._background.run(saying.close, lambda _none: None, self.failed.emit)
            self.playing_changed.emit(False)

    def close(self) -> None:
        """Let go of the output, and wait for it."""
        self._timer.stop()
        saying, self._saying = self._saying, None
        if saying is not None:
            saying.close()

    def _begin(self, part: str, words: str) -> None:
        boxes = (self._page.drill.box, self._page.role_play.box)
        spoken_to = any(box.mouth is not Mouth.SHUT for box in boxes)
        if not (self.name and words) or self._runner.running or spoken_to:
            return
        scenario = self._page.role_play.scenario if part == PLAYING else None
        self._part = part
        self._saying = self._services.aloud.say(words, scenario.voice if scenario else Speaker.ANYBODY)
        self._timer.start()
        self.playing_changed.emit(True)

    @Slot()
    def _look(self) -> None:
        if self._saying is None:
            return
        playback = self._saying.playback
        if not playback.playing:
            problem: KnownError | None = playback.problem
            self.stop()
            if problem is not None:
                self._told = True
                self.failed.emit(problem)
