"""Opening recordings: the dialogs, and what follows them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from coach.errors import KnownError
from coach.recordings.finding import MANY, recordings_in
from ui.bridge import EventBridge
from ui.call_runner import CallRunner
from ui.dialogs.recording import FILE_FILTER, RecordingDialog
from ui.ear.desk import EarDesk
from ui.main_window import NOW, MainWindow
from ui.notices import Notices
from ui.readiness import Readiness
from ui.recordings import RecordingQueue
from ui.work import Background


class Files(QObject):
    def __init__(
        self,
        window: MainWindow,
        runner: CallRunner,
        readiness: Readiness,
        notices: Notices,
        ear: EarDesk,
        background: Background,
        bridge: EventBridge,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._runner = runner
        self._readiness = readiness
        self._notices = notices
        self._ear = ear
        self._background = background
        self.queue = RecordingQueue(runner, bridge, window)
        self.recording_dialog: RecordingDialog | None = None

    def ask_for_recording(self) -> None:
        dialog = QFileDialog(self._window, "Open recordings", "", FILE_FILTER)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(lambda names: self.open_recordings([Path(name) for name in names]))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def open_recording(self, path: Path) -> None:
        """Ask which channel, then review the file."""
        self._ask([path])

    def open_recordings(self, named: Sequence[Path]) -> None:
        """Several files, or all in a folder: ask once which channel, then review one after the other."""
        if len(named) == 1 and not named[0].is_dir():
            self.open_recording(named[0])
            return
        self._background.run(lambda: _listed(named), self._ask, self._notices.show_error)

    def _ask(self, paths: Sequence[Path]) -> None:
        if self._runner.running or self.queue.running:
            self._notices.show_error(
                KnownError("call-running", "A call is running. Stop it first, then open the recording.")
            )
            return
        path = paths[0]
        self.recording_dialog = dialog = RecordingDialog(path, self._window, count=len(paths))
        dialog.finished.connect(lambda result: self._review(dialog, paths, bool(result)))
        dialog.open()

        def found(channel: int | None) -> None:
            if self.recording_dialog is dialog:
                dialog.suggest(channel)

        self._ear.find_channel(path, found)

    def _review(self, dialog: RecordingDialog, paths: Sequence[Path], accepted: bool) -> None:
        self.recording_dialog = None
        if not accepted:
            return
        channel = dialog.channel
        self._window.go_to(NOW)
        if len(paths) == 1:
            self._readiness.before_call(lambda: self._runner.open_file(paths[0], channel))
        else:
            self._readiness.before_call(lambda: self.queue.start(paths, channel))


def _listed(named: Sequence[Path]) -> list[Path]:
    try:
        return recordings_in(named)
    except KnownError as error:
        if error.code != "many-recordings":
            raise
        raise KnownError(
            error.code,
            f"There are more than {MANY} recordings in there. Choose a smaller folder; for all at once "
            "there is the command 'sameside review --save --all FOLDER'.",
        ) from error
