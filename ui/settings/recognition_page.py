"""Which model turns speech into words, and how much of the machine it may use."""

from __future__ import annotations

import os

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QProgressBar, QPushButton, QSizePolicy, QWidget

from coach.ports import ModelChoice, ModelOption
from coach.settings import ListeningSettings
from ui import text
from ui.look.theme import SPACE_3
from ui.settings.parts import SettingsPage, labelled, laid_down, spread, wrapped

AUTOMATIC = "Automatic (measured on this machine)"
MAX_THREADS = 16
SLOW_S = 2.0
"""Words later than this come too late to repair what was said."""
_SLOW = "That is slow: close other programs and measure again, or choose a smaller model."
_STEPS = 1000
MEASURE_LATER = (
    "Nothing is measured during a call: it would slow its words. Choose it once the call has stopped."
)
_KEEP_STILL = "Leave your other programs as they are on a call."


class RecognitionPage(SettingsPage):
    """``model_chosen(name)``; the empty name asks for the automatic choice."""

    model_chosen = Signal(str)
    threads_chosen = Signal(int)
    measure_wanted = Signal()
    cancel_wanted = Signal()

    def __init__(self, settings: ListeningSettings, parent: QWidget | None = None) -> None:
        super().__init__("Recognition", parent)
        self._settings = settings
        self._measuring = False
        card = self.add_card(
            "Speech model",
            "A bigger model makes fewer mistakes, a smaller one is quicker. Sameside can measure which is "
            "the best that keeps up on this machine; that takes about ten seconds.",
        )
        self.models = QComboBox()
        spread(self.models)
        self.models.activated.connect(lambda row: self.model_chosen.emit(self.models.itemData(row)))
        self.measure_button = QPushButton("Measure now")
        self.measure_button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.measure_button.clicked.connect(self._press)
        self.bar = QProgressBar()
        self.bar.setRange(0, _STEPS)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("Measurement progress")
        self.bar.hide()
        self.result_label = wrapped("", "muted")
        self.result_label.hide()
        self.problem_label = wrapped("", "danger")
        self.problem_label.hide()
        measure = QHBoxLayout()
        measure.setSpacing(SPACE_3)
        measure.addWidget(self.measure_button)
        measure.addWidget(self.bar, 1)
        measure.addStretch(0)
        card.addLayout(labelled("&Model", self.models))
        card.addWidget(laid_down(settings, "model", self.models, self.measure_button))
        card.addLayout(measure)
        card.addWidget(self.result_label)
        card.addWidget(self.problem_label)
        self._add_threads()
        self.show_models([])

    def _add_threads(self) -> None:
        card = self.add_card(
            "Share of this machine",
            "One thread is the most frugal. More may be quicker with a large model where nothing else is "
            "busy, and leave less for your other programs. Measure, then compare.",
        )
        self.threads = QComboBox()
        most = max(self._settings.threads, min(MAX_THREADS, os.cpu_count() or 2))
        for count in range(1, most + 1):
            self.threads.addItem(str(count), count)
        self.threads.setCurrentIndex(self.threads.findData(self._settings.threads))
        self.threads.activated.connect(lambda row: self.threads_chosen.emit(self.threads.itemData(row)))
        card.addLayout(labelled("Processor &threads", self.threads))
        card.addWidget(laid_down(self._settings, "threads", self.threads))

    def show_models(self, options: list[ModelOption]) -> None:
        """Fill the list: the automatic choice, the models, and a folder of one's own where one is set."""
        chosen = self._settings
        self.models.clear()
        automatic = f"Automatic: {chosen.model}" if chosen.model_automatic else AUTOMATIC
        self.models.addItem(automatic, "")
        for option in options:
            self.models.addItem(_described(option), option.name)
        if self.models.findData(chosen.model) < 0:
            self.models.addItem(chosen.model, chosen.model)
        row = 0 if chosen.model_automatic else self.models.findData(chosen.model)
        self.models.setCurrentIndex(row)

    def show_running(self, running: bool) -> None:
        """During a call a measurement would slow its words, and find the machine slower than it is."""
        self.measure_button.setEnabled(not running and not self._settings.is_laid_down("model"))
        self.measure_button.setToolTip("Once the call has stopped" if running else "")

    def show_measuring(self, measuring: bool) -> None:
        self._measuring = measuring
        self.measure_button.setText(text.CANCEL if measuring else "Measure now")
        self.bar.setVisible(measuring)
        self.bar.setValue(0)
        self.models.setEnabled(not measuring and not self._settings.is_laid_down("model"))
        if measuring:
            self.problem_label.hide()
            self._say(f"Measuring. {_KEEP_STILL}")

    def show_progress(self, what: str, done: float, total: float) -> None:
        if what:
            self._say(f"Measuring {what}. {_KEEP_STILL}")
        self.bar.setRange(0, _STEPS if total else 0)
        self.bar.setValue(round(_STEPS * done / total) if total else 0)

    def show_choice(self, choice: ModelChoice) -> None:
        """What the measurement came to, and every model it tried."""
        tried = ", ".join(f"{name} {text.tenths(delay_s)}" for name, delay_s in choice.tried)
        self._say(
            f"{choice.model}: words about {text.tenths(choice.delay_s)} after you stop speaking."
            + (f" {_SLOW}" if choice.delay_s > SLOW_S else "")
            + (f" Measured: {tried}." if tried else "")
        )

    def show_problem(self, message: str) -> None:
        self._say("")
        self.problem_label.setText(message)
        self.problem_label.setAccessibleName(message)
        self.problem_label.setVisible(bool(message))

    def _say(self, words: str) -> None:
        self.result_label.setText(words)
        self.result_label.setVisible(bool(words))

    def _press(self) -> None:
        (self.cancel_wanted if self._measuring else self.measure_wanted).emit()


def _described(option: ModelOption) -> str:
    size = f"{option.size_bytes / 1e6:.0f} MB" if option.size_bytes else ""
    where = size if option.here else f"{size}, downloaded before the next call".lstrip(", ")
    return f"{option.name} ({where})" if where else option.name
