"""Shows the example call when it is asked for, and leads on to a call of one's own."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Slot

from coach.errors import KnownError
from coach.ports import Services
from coach.values.example import Example
from ui.dialogs.example import ExampleDialog
from ui.window.main_window import MainWindow
from ui.work import Background


class ExampleDesk(QObject):
    """``start`` begins a call."""

    def __init__(
        self, services: Services, background: Background, window: MainWindow, start: Callable[[], object]
    ) -> None:
        super().__init__(window)
        self._services, self._background, self._window, self._start = services, background, window, start
        self.dialog: ExampleDialog | None = None
        window.live.welcome.example_wanted.connect(self.open)
        window.actions_.example.triggered.connect(lambda _checked=False: self.open())

    @Slot()
    def open(self) -> None:
        if self.dialog is not None:
            self.dialog.activateWindow()
            return
        dialog = self.dialog = ExampleDialog(self._window)
        dialog.start_wanted.connect(self._start)
        dialog.finished.connect(self._closed)
        dialog.open()

        def show(example: Example) -> None:
            # One that was asked for by a window that is closed by now is not for the next.
            if self.dialog is dialog:
                dialog.show_example(example)

        def fail(error: KnownError) -> None:
            if self.dialog is dialog:
                dialog.show_trouble(error.message)

        self._background.run(self._services.example, show, fail)

    def _closed(self, _result: int) -> None:
        self.dialog = None
