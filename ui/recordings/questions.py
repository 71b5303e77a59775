"""What is asked before recordings are read: where the agent is on them, and which voice is theirs."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from coach.errors import KnownError
from coach.ports import Services
from coach.values.batches import BatchItem, Side
from ui.dialogs.many import ManyDialog
from ui.dialogs.recording import RecordingDialog
from ui.ear.desk import EarDesk
from ui.recordings.voices import VoicePicker, Whose
from ui.running.call_runner import CallRunner
from ui.work import Background

_TRIED_FOR_VOICES = 5
Answered = Callable[[Side, Whose | None], None]
"""Told where the agent is, and whose voice counts where that was asked."""


class Questions(QObject):
    """One is asked at a time: what is dropped meanwhile waits its turn. ``failed`` with a ``KnownError``."""

    failed = Signal(object)

    def __init__(
        self, services: Services, background: Background, ear: EarDesk, runner: CallRunner, window: QObject
    ) -> None:
        super().__init__(window)
        self._services = services
        self._background = background
        self._ear = ear
        self._runner = runner
        self._window = window
        self.picker = VoicePicker(services, runner, window)
        self.picker.failed.connect(self.failed)
        self.recording_dialog: RecordingDialog | None = None
        self.many_dialog: ManyDialog | None = None
        self._open = False
        self._next: deque[Callable[[], None]] = deque()
        runner.phase_changed.connect(lambda _phase: self.picker.quiet())

    def many(self, count: int, then: Callable[[], None]) -> None:
        """Whether very many are meant."""

        def ask() -> None:
            self.many_dialog = dialog = ManyDialog(count, self._window)
            dialog.finished.connect(answered)
            dialog.open()

        def answered(result: int) -> None:
            self.many_dialog = None
            if result:
                then()
            self._done()

        self._ask(ask)

    def where(self, paths: Sequence[Path], then: Answered, before: Side | None = None) -> None:
        """Where the agent is on them, and then whose voice, where nothing tells. ``before``: as it is set.

        One recording is looked at for its channels and the voice; of several each is, if the voice is known.
        """

        def ask() -> None:
            if len(paths) == 1:
                self._where_on(paths, then, before)
            else:
                self._is_enrolled(
                    lambda enrolled: self._show(paths, then, before, may_find=enrolled and self._own)
                )

        self._ask(ask)

    def who(self, item: BatchItem, then: Callable[[Whose], None], others: int = 0) -> None:
        """Whose voice it is; ``others`` that ask the same may be answered with it."""

        def ask() -> None:
            self._is_enrolled(lambda enrolled: self._pick([item.path], then, enrolled, others, item.side))

        self._ask(ask)

    def close(self) -> None:
        self.picker.close()

    def _ask(self, ask: Callable[[], None]) -> None:
        if self._open:
            self._next.append(ask)
        else:
            self._open = True
            ask()

    def _done(self) -> None:
        self._open = bool(self._next)
        if self._next:
            self._next.popleft()()

    def _where_on(self, paths: Sequence[Path], then: Answered, before: Side | None) -> None:
        """Nobody is asked for a channel of a recording that has but one."""

        def found(channels: int) -> None:
            if channels == 1 and before is None:
                self._is_enrolled(lambda enrolled: self._whose(paths, Side(), then, enrolled))
            else:
                dialog = self._show(paths, then, before, may_find=False, channels=channels)
                self._suggest(dialog)

        def refused(error: KnownError) -> None:
            if before is None:
                # What is wrong with it is told when it is read.
                then(Side(), None)
            else:
                # It is in line, perhaps reviewed: nobody asked for it to be read again.
                self.failed.emit(error)
            self._done()

        self._background.run(lambda: self._services.batch.channels(paths[0]), found, refused)

    def _show(
        self,
        paths: Sequence[Path],
        then: Answered,
        before: Side | None,
        *,
        may_find: bool,
        channels: int = 0,
    ) -> RecordingDialog:
        dialog = RecordingDialog(paths, self._window, may_find=may_find, before=before, channels=channels)
        self.recording_dialog = dialog
        dialog.finished.connect(lambda result: self._chosen(dialog, paths, bool(result), then))
        dialog.open()
        return dialog

    def _suggest(self, dialog: RecordingDialog) -> None:
        def found(channel: int | None) -> None:
            if self.recording_dialog is dialog:
                dialog.suggest(channel)

        self._ear.find_channel(dialog.path, found)

    def _chosen(self, dialog: RecordingDialog, paths: Sequence[Path], accepted: bool, then: Answered) -> None:
        self.recording_dialog = None
        side = dialog.side
        if not accepted:
            self._done()
        elif side == Side():
            self._is_enrolled(lambda enrolled: self._whose(paths, side, then, enrolled))
        else:
            then(side, None)
            self._done()

    def _whose(self, paths: Sequence[Path], side: Side, then: Answered, enrolled: bool) -> None:
        """Two people may be on it, and nothing tells which of them is the agent."""
        if (enrolled and self._own) or self._runner.running:
            # In a call nothing is played or listened to: the recording asks when it is its turn.
            then(side, None)
            self._done()
        else:
            self._pick(paths[:_TRIED_FOR_VOICES], lambda whose: then(side, whose), enrolled)

    def _pick(
        self,
        paths: Sequence[Path],
        then: Callable[[Whose], None],
        enrolled: bool,
        others: int = 0,
        side: Side | None = None,
    ) -> None:
        def answered(whose: Whose | None) -> None:
            if whose is not None:
                then(whose)
            self._done()

        self.picker.ask(paths, answered, enrolled, others, side)

    @property
    def _own(self) -> bool:
        """Whether only the enrolled voice is written down, once there is one."""
        return self._services.settings.listening.own_voice_only

    def _is_enrolled(self, then: Callable[[bool], None]) -> None:
        self._background.run(
            lambda: self._services.voice_enrolled() is not None, then, lambda _error: then(False)
        )
