"""Opening a recording: the dialogs, and what follows them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from coach.errors import KnownError
from ui.call_runner import CallRunner
from ui.dialogs.recording import FILE_FILTER, RecordingDialog
from ui.ear.desk import EarDesk
from ui.main_window import NOW, MainWindow
from ui.notices import Notices
from ui.readiness import Readiness


class Files(QObject):
    def __init__(
        self,
        window: MainWindow,
        runner: CallRunner,
        readiness: Readiness,
        notices: Notices,
        ear: EarDesk,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._runner = runner
        self._readiness = readiness
        self._notices = notices
        self._ear = ear
        self.recording_dialog: RecordingDialog | None = None

    def ask_for_recording(self) -> None:
        dialog = QFileDialog(self._window, "Open a recording", "", FILE_FILTER)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self.open_recording(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def open_recording(self, path: Path) -> None:
        """Ask which channel, then review the file."""
        if self._runner.running:
            self._notices.show_error(
                KnownError("call-running", "A call is running. Stop it first, then open the recording.")
            )
            return
        self.recording_dialog = dialog = RecordingDialog(path, self._window)
        dialog.finished.connect(lambda result: self._review(dialog, bool(result)))
        dialog.open()

        def found(channel: int | None) -> None:
            if self.recording_dialog is dialog:
                dialog.suggest(channel)

        self._ear.find_channel(path, found)

    def _review(self, dialog: RecordingDialog, accepted: bool) -> None:
        self.recording_dialog = None
        if accepted:
            path, channel = dialog.path, dialog.channel
            self._window.go_to(NOW)
            self._readiness.before_call(lambda: self._runner.open_file(path, channel))
