"""Opening recordings: what is asked about them, and the line they go to, one or many."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QFileDialog

from coach.errors import KnownError
from coach.machine.whole_files import is_folder
from coach.ports import Services
from coach.recordings.finding import MANY
from coach.values.batches import BatchItem, BatchState, FoundVoice, Side
from ui.dialogs.recording import FILE_FILTER
from ui.ear.desk import EarDesk
from ui.notices import Notices
from ui.readiness import Readiness
from ui.recordings.desk import RecordingsDesk
from ui.recordings.questions import Questions
from ui.recordings.voices import IN_CALL, Whose
from ui.running.call_runner import CallRunner
from ui.window.main_window import MainWindow
from ui.work import Background

MOST = 100_000
"""More recordings than this are not even listed: a whole disk was dropped by a slip."""


class Files(QObject):
    """Recordings are put in line, a single one as well: each is reviewed once, by the same rules."""

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
        self._runner = runner
        self._window = window
        self._readiness = readiness
        self._notices = notices
        self._ear = ear
        self._background = background
        self.line = RecordingsDesk(services, background, runner, window)
        self.questions = Questions(services, background, ear, runner, window)
        window.recordings.files_wanted.connect(self.ask_for_recording)
        window.recordings.folder_wanted.connect(self.ask_for_folder)
        self.line.side_wanted.connect(self._ask_side)
        self.line.voice_wanted.connect(self._ask_voice)
        self.line.failed.connect(notices.show_error)
        self.questions.failed.connect(notices.show_error)
        ear.voice.changed.connect(lambda day: self.line.ask_no_more() if day is not None else None)

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
        if len(named) == 1 and not is_folder(named[0]):
            self.open_recording(named[0])
            return
        self._background.run(lambda: self._listed(named), self._ask_if_many, self._notices.show_error)

    def close(self) -> None:
        self.questions.close()
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
        else:
            self.questions.many(len(paths), lambda: self._ask(paths))

    def _ask(self, paths: Sequence[Path]) -> None:
        """Where the agent is on them, then whose voice where that is not known."""

        def answered(side: Side, whose: Whose | None) -> None:
            if whose is None:
                self._put_in_line(paths, side)
            elif whose.everyone:
                # It was said of the one that was heard; of the others each is looked at.
                mine = replace(side, everyone=True)
                others = [path for path in paths if path != whose.path]
                more = [(others, side)] if others else []
                self._readiness.before_call(lambda: self.line.add([whose.path], mine, *more))
            else:
                self._put_in_line(paths, side, whose.voice, whose.keep)

        self.questions.where(paths, answered)

    def _ask_side(self, item: BatchItem) -> None:
        """Of one that is in line already."""

        def answered(side: Side, whose: Whose | None) -> None:
            if whose is not None and whose.everyone:
                side = replace(side, everyone=True)
            voice, keep = (None, False) if whose is None else (whose.voice, whose.keep)
            self._with_voice(side, voice, keep, lambda side: self.line.choose_sides({item.id: side}))

        self.questions.where([item.path], answered, item.side)

    def _ask_voice(self, item: BatchItem) -> None:
        """Of one that waits for the answer; others that ask may be answered with it."""
        if self._runner.running:
            self._window.toast.say(IN_CALL)
            return

        def answered(whose: Whose) -> None:
            if whose.everyone:
                self.line.choose_sides({item.id: replace(item.side, everyone=True)})
                return
            same = [item, *(one for one in asking() if whose.others and one.id != item.id)]

            def heard(side: Side) -> None:
                self.line.choose_sides({one.id: replace(one.side, voice_id=side.voice_id) for one in same})

            self._with_voice(item.side, whose.voice, whose.keep, heard)

        def asking() -> list[BatchItem]:
            return [one for one in self.line.page.model.items if one.state is BatchState.ASKING]

        self.questions.who(item, answered, sum(one.id != item.id for one in asking()))

    @property
    def _own(self) -> bool:
        """Whether only the enrolled voice is written down, once there is one."""
        return self._services.settings.listening.own_voice_only

    def _put_in_line(
        self, paths: Sequence[Path], side: Side, voice: FoundVoice | None = None, enrol: bool = False
    ) -> None:
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
