"""The app: the one place where engine, window, overlay and tray are put together."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog

from coach.errors import KnownError
from coach.events import CallRecord, CallSummary, CueEnd, Failure, SessionStarted, SessionStopped
from coach.ports import InputDevice, Services
from ui import text
from ui.bridge import EventBridge
from ui.call_runner import CallRunner, Phase
from ui.calls.desk import CallsDesk
from ui.dialogs.about import AboutDialog
from ui.dialogs.consent import ConsentDialog
from ui.dialogs.quit import QuitDialog
from ui.dialogs.recording import FILE_FILTER, RecordingDialog
from ui.main_window import CALLS, NOW, MainWindow
from ui.overlay import CueOverlay
from ui.readiness import Readiness
from ui.summary.sharing import file_name, save_markdown
from ui.theme import apply_theme, icon
from ui.tray import Tray
from ui.work import Background

_STORE_CODES = ("store-", "disk-", "passphrase-", "keyring-")
_KEPT_IN_TRAY = "Sameside keeps listening. You find it in the tray."


class App(QObject):
    """``closed`` is the last thing it says: by then no thread, timer or window of it is left."""

    closed = Signal()

    def __init__(self, services: Services, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.services = services
        self.bridge = EventBridge(self)
        self.background = Background(self)
        self.runner = CallRunner(services, self.bridge, self.background, self)
        self.window = MainWindow()
        self.overlay = CueOverlay(services.settings.appearance)
        self.tray = Tray(self)
        self.readiness = Readiness(services, self.background, self.window)
        self.desk = CallsDesk(services, self.background, self.window.calls, self.window.toast, self)
        self._quitting = False
        self._told_of_tray = False
        self._wire_call()
        self._wire_events()
        self._wire_window()
        self._wire_tray()

    def open(self) -> None:
        """Show the window and bring in what the machine has: calls, microphones."""
        self.window.show()
        self.tray.show()
        self.find_microphones()
        self.readiness.consented(lambda: self.readiness.store_open(self._recover))

    def start(self) -> None:
        self.window.go_to(NOW)
        self.readiness.before_call(self.runner.start_live)

    def open_recording(self, path: Path) -> None:
        """Ask which channel, then review the file."""
        if self.runner.running:
            self.show_error(KnownError("call-running", "Stop the running call first, then open a recording."))
            return
        dialog = RecordingDialog(path, self.window)
        dialog.accepted.connect(lambda: self._review(path, dialog.channel))
        dialog.open()

    def find_microphones(self) -> None:
        self.background.run(self.services.devices, self._show_microphones, self.show_error)

    def show_error(self, error: KnownError) -> None:
        """A banner; where it is about the store it offers to try again."""
        banner = self.window.banners.show_message(error.code, error.message)
        if error.code.startswith(_STORE_CODES):
            banner.offer(text.TRY_AGAIN, lambda: self._retry(error.code))

    def quit(self) -> None:
        """Leave; a running call is stopped and saved first."""
        self._quitting = True
        if self.runner.running:
            self.window.say("Saving the call before leaving")
            self.runner.stop()
        else:
            self._close()

    def _wire_call(self) -> None:
        runner, window = self.runner, self.window
        runner.phase_changed.connect(self._on_phase)
        runner.state_changed.connect(self._on_state)
        runner.elapsed_changed.connect(window.call_bar.show_elapsed)
        runner.elapsed_changed.connect(self.overlay.set_elapsed)
        runner.refused.connect(self.show_error)
        self.readiness.failed.connect(self.show_error)
        self.desk.failed.connect(self.show_error)
        self.desk.opened.connect(window.show_summary)

    def _wire_events(self) -> None:
        bridge, overlay = self.bridge, self.overlay
        self.window.live.follow(bridge)
        bridge.level_changed.connect(self.window.call_bar.meter.set_level)
        bridge.file_progressed.connect(self.window.call_bar.show_file_progress)
        bridge.level_changed.connect(overlay.set_level)
        bridge.cue_raised.connect(overlay.show_cue)
        bridge.cue_ended.connect(overlay.end_cue)
        bridge.session_started.connect(self._on_started)
        bridge.session_stopped.connect(self._on_stopped)
        bridge.failure_raised.connect(self._on_failure)
        overlay.cue_dismissed.connect(lambda cue_id: self.runner.end_cue(cue_id, CueEnd.DISMISSED))
        overlay.cue_contested.connect(lambda cue_id: self.runner.end_cue(cue_id, CueEnd.UNFAIR))
        overlay.placed.connect(self._save_settings)

    def _wire_window(self) -> None:
        window, bar = self.window, self.window.call_bar
        bar.start_wanted.connect(self.start)
        bar.stop_wanted.connect(self.runner.stop)
        bar.pause_toggled.connect(self.runner.toggle_pause)
        bar.microphones.device_chosen.connect(self._choose_microphone)
        bar.microphones.refresh_wanted.connect(self.find_microphones)
        window.live.welcome.start_wanted.connect(self.start)
        window.live.welcome.open_wanted.connect(self._ask_for_file)
        window.file_dropped.connect(self.open_recording)
        window.close_wanted.connect(self._on_close_wanted)
        window.summary.back_wanted.connect(lambda: window.go_to(CALLS))
        window.summary.save_wanted.connect(self._ask_where_to_save)
        window.summary.copied.connect(lambda: window.toast.say("Summary copied."))
        actions = window.actions_
        actions.connect_all(
            {
                actions.start_stop: self._start_or_stop,
                actions.pause: self.runner.toggle_pause,
                actions.open_recording: self._ask_for_file,
                actions.quit: self.quit,
                actions.now: lambda: window.go_to(NOW),
                actions.calls: lambda: window.go_to(CALLS),
                actions.search: self._search,
                actions.jump: window.live.view.jump_to_latest,
                actions.back: window.go_back,
                actions.privacy: lambda: ConsentDialog(window, read_again=True).open(),
                actions.about: lambda: AboutDialog(window).open(),
            }
        )
        actions.overlay.toggled.connect(self._show_overlay)

    def _wire_tray(self) -> None:
        tray = self.tray
        tray.start_chosen.connect(self._start_from_tray)
        tray.stop_chosen.connect(self.runner.stop)
        tray.pause_chosen.connect(self.runner.pause)
        tray.resume_chosen.connect(self.runner.resume)
        tray.window_chosen.connect(self._raise_window)
        tray.quit_chosen.connect(self.quit)
        tray.overlay_toggled.connect(self.window.actions_.overlay.setChecked)

    def _recover(self) -> None:
        def found(call_ids: list[str]) -> None:
            if call_ids:
                calls = text.count_text(len(call_ids), "call that was", "calls that were")
                message = f"Sameside finished {calls} cut off last time. Nothing that was heard is lost."
                banner = self.window.banners.show_message("recovered", message, "good")
                banner.offer("Show calls", lambda: self.window.go_to(CALLS))
            self.desk.refresh()

        self.background.run(self.services.recover, found, self.show_error)

    def _show_microphones(self, devices: list[InputDevice]) -> None:
        chosen = self.services.settings.listening.device
        self.window.call_bar.microphones.show_devices(devices, chosen)
        if not devices:
            self.window.say("No microphone found. Plug one in, then look again.")

    def _choose_microphone(self, key: str) -> None:
        self.services.settings.listening.device = key
        self._save_settings()

    def _save_settings(self) -> None:
        self.background.run(self.services.save_settings, lambda _none: None, self.show_error)

    def _start_or_stop(self) -> None:
        if self.runner.running:
            self.runner.stop()
        else:
            self.start()

    def _start_from_tray(self) -> None:
        if self.services.settings.consent.first_run_done:
            self.start()
        else:
            self._raise_window()
            self.start()

    def _search(self) -> None:
        self.window.go_to(CALLS)
        self.window.calls.focus_search()

    def _ask_for_file(self) -> None:
        dialog = QFileDialog(self.window, "Open a recording", "", FILE_FILTER)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self.open_recording(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _review(self, path: Path, channel: int | None) -> None:
        self.window.go_to(NOW)
        self.readiness.before_call(lambda: self.runner.open_file(path, channel))

    def _ask_where_to_save(self) -> None:
        record, summary = self.window.summary.record, self.window.summary.summary
        if record is None or summary is None:
            return
        dialog = QFileDialog(self.window, "Save the summary", file_name(record), "Markdown (*.md)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("md")
        dialog.fileSelected.connect(lambda name: self.save_summary(record, summary, Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def save_summary(self, record: CallRecord, summary: CallSummary, path: Path) -> None:
        self.background.run(
            lambda: save_markdown(record, summary, path),
            lambda _none: self.window.toast.say(f"Saved as {path.name}."),
            self.show_error,
        )

    def _show_overlay(self, shown: bool) -> None:
        self.overlay.setVisible(shown)
        self.tray.set_overlay_shown(shown)

    def _raise_window(self) -> None:
        self.window.showNormal() if self.window.isMinimized() else self.window.show()
        self.window.raise_()
        self.window.activateWindow()

    def _on_phase(self, phase: Phase) -> None:
        self._show_call(phase)
        if phase is Phase.IDLE and self._quitting and not self._awaiting_stop:
            self._close()

    def _on_state(self, state: object) -> None:
        self.overlay.set_state(self.runner.state)
        self.tray.set_state(self.runner.state)
        self._show_call(self.runner.phase)

    def _show_call(self, phase: Phase) -> None:
        self.window.show_phase(phase, self.runner.state, self.runner.from_file)
