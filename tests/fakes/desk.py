"""The whole app over fake services, for tests of the windows."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLineEdit,
    QProgressBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.fakes.services import FakeServices, ScriptedCall, fill_past_calls
from ui.app import App
from ui.dialogs.recording import RecordingDialog
from ui.running.call_runner import Phase


class Desk:
    """An opened app; ``settle`` waits until the other threads have nothing left to answer."""

    def __init__(self, qtbot: QtBot, services: FakeServices) -> None:
        self.qtbot = qtbot
        self.services = services
        self.app = App(services)
        self.window = self.app.window
        self.closed = False
        self.app.closed.connect(self._note_closed)

    def _note_closed(self) -> None:
        self.closed = True

    def open(self) -> None:
        self.app.open()
        self.settle()

    def settle(self) -> None:
        QCoreApplication.processEvents()
        self.qtbot.waitUntil(lambda: not self.busy)
        QCoreApplication.processEvents()

    @property
    def busy(self) -> bool:
        app = self.app
        listening = app.files.questions.picker.work.background.busy
        # While a call runs, recordings in line stand still.
        reading = app.runner.phase is Phase.IDLE and self.services.batch.running
        return app.background.busy or app.ear.busy or app.practice.busy or listening or reading

    def asked_where(self) -> RecordingDialog:
        """The question where the agent is on recordings, once it is asked."""
        questions = self.app.files.questions
        self.qtbot.waitUntil(lambda: questions.recording_dialog is not None)
        assert questions.recording_dialog is not None
        return questions.recording_dialog

    def start(self) -> ScriptedCall:
        self.app.start()
        self.qtbot.waitUntil(lambda: self.app.runner.phase is Phase.RUNNING)
        assert self.services.call is not None
        return self.services.call

    def stop(self) -> None:
        self.app.runner.stop()
        self.qtbot.waitUntil(lambda: self.app.runner.phase is Phase.IDLE)
        self.settle()

    def close(self) -> None:
        if not self.closed:
            self.app.closing.leave()
            self.qtbot.waitUntil(lambda: self.closed)
        for widget in (self.window, self.app.overlay, self.app.tray.menu):
            widget.deleteLater()
        self.app.deleteLater()


@pytest.fixture
def services() -> FakeServices:
    made = FakeServices()
    made.settings.appearance.reduced_motion = True
    fill_past_calls(made.memory)
    return made


@pytest.fixture
def desk(qtbot: QtBot, qapp: QApplication, services: FakeServices) -> Iterator[Desk]:
    made = Desk(qtbot, services)
    made.open()
    yield made
    made.close()


@pytest.fixture
def unopened_desk(qtbot: QtBot, qapp: QApplication, services: FakeServices) -> Iterator[Desk]:
    made = Desk(qtbot, services)
    yield made
    made.close()


def unnamed_controls(root: QWidget) -> list[str]:
    """Controls a screen reader could not name."""
    kinds = (QAbstractButton, QAbstractItemView, QComboBox, QLineEdit, QProgressBar)
    found = []
    for widget in root.findChildren(QWidget):
        inner = widget.objectName().startswith("qt_") or widget.window() is not root
        if isinstance(widget, kinds) and not inner and not widget.isHidden():
            seen = QAccessible.queryAccessibleInterface(widget)
            if seen is None or not seen.text(QAccessible.Text.Name).strip():
                found.append(f"{type(widget).__name__} in {type(widget.parentWidget()).__name__}")
    return found
