"""Fetching the model files, with a bar and a way out."""

from __future__ import annotations

import threading

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QProgressBar, QWidget

from coach.errors import KnownError
from coach.ports import Services
from ui import text
from ui.dialogs.frame import PlainDialog
from ui.look.theme import set_role
from ui.parts.label import Label
from ui.work import Background, CancelledError

_STEPS = 1000


class ModelsDialog(PlainDialog):
    """``accepted`` when every file is here. Cancelled, it keeps what has arrived."""

    _progressed = Signal(str, float, float)

    def __init__(
        self, services: Services, missing: list[str], background: Background, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            "One download before the first call",
            "Sameside needs a speech model to turn your words into text on this machine. "
            "It is fetched once; after that Sameside works without a network.",
            parent,
        )
        self._services = services
        self._background = background
        self._cancelled = threading.Event()
        self.status_label = Label(f"Missing: {', '.join(missing)}")
        set_role(self.status_label, "muted")
        self.bar = QProgressBar()
        self.bar.setRange(0, _STEPS)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("Download progress")
        self.body.addWidget(self.bar)
        self.body.addWidget(self.status_label)
        self.cancel_button = self.add_button(text.CANCEL)
        self.fetch_button = self.add_button("Download", "primary")
        self.cancel_button.clicked.connect(self.reject)
        self.fetch_button.clicked.connect(self.fetch)
        self._progressed.connect(self._show_progress, Qt.ConnectionType.QueuedConnection)

    @Slot()
    def fetch(self) -> None:
        self.error_label.hide()
        self.fetch_button.setEnabled(False)
        self._background.run(
            lambda: self._services.fetch_models(self._report), lambda _none: self._finish(), self._fail
        )

    def reject(self) -> None:
        self._cancelled.set()
        super().reject()

    def _report(self, what: str, done: int, total: int) -> None:
        """Called on the working thread; the one place where a download can be left."""
        if self._cancelled.is_set():
            raise CancelledError
        # As floats: a file of more than 2 GiB does not fit the int of a signal.
        self._progressed.emit(what, float(done), float(total))

    @Slot(str, float, float)
    def _show_progress(self, what: str, done: float, total: float) -> None:
        # The names of packages mean nothing to those who wait for them.
        what = "Downloading" if what.startswith("downloading") else what[:1].upper() + what[1:]
        self.bar.setRange(0, _STEPS if total else 0)
        if total:
            self.bar.setValue(round(_STEPS * done / total))
            self.status_label.setText(f"{what}: {done / 1e6:.0f} of {total / 1e6:.0f} MB")
        else:
            self.status_label.setText(f"{what}: {done / 1e6:.0f} MB")

    def _finish(self) -> None:
        if not self._cancelled.is_set():
            self.accept()

    def _fail(self, error: KnownError) -> None:
        if not self._cancelled.is_set():
            self.show_error(error.message)
            self.fetch_button.setText(text.TRY_AGAIN)
            self.fetch_button.setEnabled(True)
