"""Opening recordings: the dialogs, and what follows them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QFileDialog

from coach.errors import KnownError
from coach.ports import Services
from coach.recordings.finding import MANY
from coach.values.batches import BatchItem, FoundVoice, Side
from ui.call_runner import CallRunner
from ui.dialogs.many import ManyDialog
from ui.dialogs.recording import FILE_FILTER, RecordingDialog
from ui.ear.desk import EarDesk
from ui.main_window import NOW, MainWindow
from ui.notices import Notices
from ui.readiness import Readiness
from ui.recordings.desk import RecordingsDesk
from ui.recordings.voices import VoicePicker
from ui.work import Background

MOST = 100_000
"""More recordings than this are not even listed: a whole disk was dropped by a slip."""
_TRIED_FOR_VOICES = 5
Answered = Callable[[Sequence[Path], Side, FoundVoice | None, bool], None]


class Files(QObject):
    """One recording is heard at once, in the room of calls that run; several are put in line."""

    def __init__(
        self,
        services: Services,
        window: MainWindow,
        runner: CallRunner,
        readiness: Readiness,
        notices: Notices,
        ear: EarDesk,
        background: Background,
    ) -> None:
        super().__init__(window)
        self._services = services
        self._window = window
        self._runner = runner
        self._readiness = readiness
        self._notices = notices
        self._ear = ear
        self._background = background
        self.line = RecordingsDesk(services, background, runner, window)
        self.picker = VoicePicker(services, window)
        self.recording_dialog: RecordingDialog | None = None
        self.many_dialog: ManyDialog | None = None
        window.recordings.files_wanted.connect(self.ask_for_recording)
        window.recordings.folder_wanted.connect(self.ask_for_folder)
        self.line.side_wanted.connect(self._ask_side)
        self.line.failed.connect(notices.show_error)
        self.picker.failed.connect(notices.show_error)
        runner.phase_changed.connect(lambda _phase: self.picker.quiet())

    @Slot()
    def ask_for_recording(self) -> None:
        dialog = QFileDialog(self._window, "Open recordings", "", FILE_FILTER)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(lambda names: self.open_recordings([Path(name) for name in names]))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot()
    def ask_for_folder(self) -> None:
        dialog = QFileDialog(self._window, "Review a folder of recordings")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(lambda name: self.open_recordings([Path(name)]))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def open_recording(self, path: Path) -> None:
        """Ask which channel, then review the file; while something runs it waits in line."""
        self._ask([path])

    def open_recordings(self, named: Sequence[Path]) -> None:
        """Several files, or all in a folder: ask once which channel, then review one after the other."""
        if len(named) == 1 and not named[0].is_dir():
            self.open_recording(named[0])
            return
        self._background.run(lambda: self._listed(named), self._ask_if_many, self._notices.show_error)

    def close(self) -> None:
        self.picker.close()
        self.line.close()

    def _listed(self, named: Sequence[Path]) -> list[Path]:
        try:
            return self._services.batch.find(named, MOST)
        except KnownError as error:
            if error.code != "many-recordings":
                raise
            message = f"There are more than {MOST} recordings in there. Choose a smaller folder."
            raise KnownError(error.code, message) from error

    def _ask_if_many(self, paths: Sequence[Path]) -> None:
        if len(paths) <= MANY:
            self._ask(paths)
            return
        self.many_dialog = dialog = ManyDialog(len(paths), self._window)

        def answered(result: int) -> None:
            self.many_dialog = None
            if result:
                self._ask(paths)

        dialog.finished.connect(answered)
        dialog.open()

    def _ask(self, paths: Sequence[Path]) -> None:
        """Where the agent is on them, then whose voice where that is not known."""
        if len(paths) == 1 and not self._busy:
            self._ask_where(paths, self._open)
        else:
            self._ask_where(paths, self._put_in_line)

    def _ask_side(self, item: BatchItem) -> None:
        """Of one that is in line already."""

        def answered(_paths: Sequence[Path], side: Side, voice: FoundVoice | None, enrol: bool) -> None:
            self._with_voice(side, voice, enrol, lambda side: self.line.choose_side(item.id, side))

        self._ask_where([item.path], answered)

    @property
    def _busy(self) -> bool:
        return self._runner.running or self.line.running

    def _ask_where(self, paths: Sequence[Path], then: Answered) -> None:
        """One recording is looked at for the voice; of several each is, if the voice is known."""
        if len(paths) == 1:
            self._suggest(self._show_dialog(paths, then, may_find=False))
            return
        self._is_enrolled(lambda enrolled: self._show_dialog(paths, then, may_find=enrolled and self._own))

    def _show_dialog(self, paths: Sequence[Path], then: Answered, *, may_find: bool) -> RecordingDialog:
        dialog = RecordingDialog(paths[0], self._window, count=len(paths), may_find=may_find)
        self.recording_dialog = dialog
        dialog.finished.connect(lambda result: self._chosen(dialog, paths, bool(result), then))
        dialog.open()
        return dialog

    def _suggest(self, dialog: RecordingDialog) -> None:
        def found(channel: int | None) -> None:
            if self.recording_dialog is dialog:
                dialog.suggest(channel)

        self._ear.find_channel(dialog.path, found)

    @property
    def _own(self) -> bool:
        """Whether only the enrolled voice is written down, once there is one."""
        return self._services.settings.listening.own_voice_only

    def _is_enrolled(self, then: Callable[[bool], None]) -> None:
        self._background.run(
            lambda: self._services.voice_enrolled() is not None, then, lambda _error: then(False)
        )

    def _chosen(self, dialog: RecordingDialog, paths: Sequence[Path], accepted: bool, then: Answered) -> None:
        self.recording_dialog = None
        if not accepted:
            return
        side = dialog.side

        def known(enrolled: bool) -> None:
            if (enrolled and self._own) or self._runner.running:
                then(paths, side, None, False)
            else:
                # Two people may be on it, and nothing tells which of them is the agent.
                first = paths[:_TRIED_FOR_VOICES]
                self.picker.ask(first, lambda voice, enrol: then(paths, side, voice, enrol), enrolled)

        if side == Side():
            self._is_enrolled(known)
        else:
            then(paths, side, None, False)

    def _open(self, paths: Sequence[Path], side: Side, voice: FoundVoice | None, enrol: bool) -> None:
        def opened() -> None:
            picked = None if voice is None else voice.profile
            if self._busy:
                # A call began while the questions were answered: the recording waits for its end.
                self._put_in_line(paths, side, voice, enrol)
            elif voice is not None and enrol:
                alone = None if self._own else picked
                self._enrol(voice, lambda: self._runner.open_file(paths[0], side.channel, alone))
            else:
                self._runner.open_file(paths[0], side.channel, picked)

        self._window.go_to(NOW)
        self._readiness.before_call(opened)

    def _put_in_line(self, paths: Sequence[Path], side: Side, voice: FoundVoice | None, enrol: bool) -> None:
        self._readiness.before_call(
            lambda: self._with_voice(side, voice, enrol, lambda side: self.line.add(paths, side))
        )

    def _with_voice(
        self, side: Side, voice: FoundVoice | None, enrol: bool, then: Callable[[Side], None]
    ) -> None:
        """``side`` with the voice that was picked, once it is kept."""
        if voice is None:
            then(side)
            return

        if enrol:
            # Where every voice is heard by choice, the enrolled one would not keep the others out by itself.
            still = None if self._own else voice
            self._enrol(voice, lambda: self._with_voice(side, still, False, then))
            return
        self._background.run(
            lambda: self._services.batch.keep_voice(voice, False),
            lambda voice_id: then(replace(side, voice_id=voice_id)),
            self._notices.show_error,
        )

    def _enrol(self, voice: FoundVoice, then: Callable[[], None]) -> None:
        def kept(_number: int) -> None:
            self._ear.voice.refresh()
            then()

        self._background.run(
            lambda: self._services.batch.keep_voice(voice, True), kept, self._notices.show_error
        )
