"""Leaving the app without losing a word: to the tray, or out after the call is saved."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QApplication

from coach.events import SessionStopped
from ui import text
from ui.bridge import EventBridge
from ui.dialogs.frame import PlainDialog
from ui.running.call_runner import CallRunner, Phase
from ui.tray import Tray
from ui.window.main_window import MainWindow

KEPT_IN_TRAY = "Sameside keeps listening. Open it again from its icon in the tray."
SAVE_FIRST = "Save this, or cancel it: then Sameside closes."


class QuitDialog(PlainDialog):
    """Asked where there is no tray to go to while a call runs."""

    def __init__(self, window: MainWindow, begun: bool) -> None:
        super().__init__("", "", window)
        self.stay_button = self.add_button("Keep listening")
        self.stop_button = self.add_button("", "primary")
        self.show_call(begun)
        self.stay_button.clicked.connect(self.reject)
        self.stop_button.clicked.connect(self.accept)
        self.stay_button.setFocus()

    def show_call(self, begun: bool) -> None:
        """One that still gets ready has nothing to save."""
        title = "A call is running" if begun else "A call is getting ready"
        self.setWindowTitle(title)
        self.heading.setText(title)
        self.words_label.setText(
            "Sameside can stop the call, save it with its summary, and then close."
            if begun
            else "Sameside can let go of the microphone and close. Nothing of the call is kept."
        )
        self.stop_button.setText("Stop, save and close" if begun else "Stop and close")


def unsaved_dialog() -> PlainDialog | None:
    """The window in front that holds words nobody has saved."""
    for widget in QApplication.topLevelWidgets():
        if isinstance(widget, PlainDialog) and widget.isVisible() and widget.has_unsaved_words():
            return widget
    return None


class Closing(QObject):
    """``ready_to_close`` once nothing runs any more and the last call is saved."""

    ready_to_close = Signal()

    def __init__(self, runner: CallRunner, bridge: EventBridge, window: MainWindow, tray: Tray) -> None:
        super().__init__(window)
        self._runner = runner
        self._window = window
        self._tray = tray
        self._quitting = False
        self._told = False
        self.dialog: QuitDialog | None = None
        window.close_wanted.connect(self.close_window)
        # Before the runner's own news that it is idle: an unsaved call keeps the app open.
        bridge.session_stopped.connect(self._keep_open_if_unsaved)
        runner.phase_changed.connect(self._on_phase)

    @Slot()
    def close_window(self) -> None:
        """The window's close button: to the tray while a call runs; without a tray, ask."""
        if not self._runner.running:
            self.quit()
        elif self._tray.is_available():
            self._window.hide()
            if not self._told:
                self._told = True
                self._tray.tell(text.PRODUCT, KEPT_IN_TRAY)
        elif self.dialog is None:
            self.dialog = QuitDialog(self._window, self._runner.begun)
            self.dialog.finished.connect(self._answered)
            self.dialog.open()

    @Slot()
    def quit(self) -> None:
        """Leave, once a window that somebody writes in is saved or cancelled."""
        written_in = unsaved_dialog()
        if written_in is None:
            self.leave()
            return
        self._window.show()
        written_in.raise_()
        written_in.activateWindow()
        written_in.show_error(SAVE_FIRST)
        written_in.finished.connect(self.quit, Qt.ConnectionType.UniqueConnection)

    @Slot()
    def leave(self) -> None:
        """Leave now; a running call is stopped and saved first."""
        self._quitting = True
        if self._runner.running:
            begun = self._runner.begun
            self._runner.stop()
            self._window.say("Saving the call before closing" if begun else "Closing in a moment")
        else:
            self.ready_to_close.emit()

    def _answered(self, result: int) -> None:
        self.dialog = None
        if result:
            self.quit()

    @Slot(object)
    def _keep_open_if_unsaved(self, stopped: SessionStopped) -> None:
        if self._quitting and not stopped.saved:
            self._quitting = False
            self._window.show()
            self._window.raise_()

    @Slot(object)
    def _on_phase(self, phase: Phase) -> None:
        if self.dialog is not None:
            if phase is Phase.IDLE:
                # The call is over by itself: there is nothing to be asked any more.
                self.dialog.reject()
            else:
                self.dialog.show_call(self._runner.begun)
        if self._quitting and phase is Phase.IDLE:
            self.ready_to_close.emit()
