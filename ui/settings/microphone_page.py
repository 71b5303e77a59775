"""Which microphone, where one talks, and whether the customer leaks into it."""

from __future__ import annotations

from typing import get_args

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QPushButton,
    QRadioButton,
    QSizePolicy,
    QWidget,
)

from coach.events import Failure, Level
from coach.ports import InputDevice, OutputDevice
from coach.settings import ListeningSettings, Profile
from ui.look.theme import SPACE_4
from ui.parts.microphones import InputMeter, MicrophoneChoice, device_name
from ui.settings.parts import SettingsPage, button_row, explained, labelled, laid_down, spread, wrapped
from ui.text import count_text

SYSTEM_OUTPUT = "System default"
PROFILES: dict[Profile, tuple[str, str]] = {
    "headset": (
        "With a &headset",
        "A voice that is probably yours is kept, and marked where Sameside is not sure.",
    ),
    "shop-floor": (
        "On the shop &floor, or with others around",
        "A voice that is not clearly yours is dropped unheard. Now and then that costs a word of yours.",
    ),
    "practice": (
        "Recorded &practice",
        "Recordings of training talks: what is more likely yours is kept, the rest dropped unheard.",
    ),
}
_SPEAK = "Say a few words: the bars move with your voice."
_BY_SPEECH = (
    "After ten quiet seconds. Until then the microphone is open and nothing of what it hears is kept. "
    "Undo removes such a call for good. Your silence ends it: the customer is not heard."
)
_QUIET_MINUTES = (0, 2, 5, 10, 15, 30)
_BUSY = "A call is running. It goes on with the microphone you choose."


class MicrophonePage(SettingsPage):
    device_chosen = Signal(str)
    refresh_wanted = Signal()
    profile_chosen = Signal(str)
    output_chosen = Signal(str)
    leak_check_wanted = Signal()
    captured_wanted = Signal()
    kept = Signal(str, object)
    """A name of ``ListeningSettings`` and its new value."""

    def __init__(self, settings: ListeningSettings, parent: QWidget | None = None) -> None:
        super().__init__("Microphone", parent)
        self._settings = settings
        self._running = False
        self._add_microphone()
        self._add_by_itself()
        self._add_profile()
        self._add_leak_check()

    def _add_microphone(self) -> None:
        card = self.add_card("What Sameside listens to")
        self.microphones = MicrophoneChoice()
        self.microphones.box.setMinimumWidth(120)
        self.microphones.box.setMaximumWidth(16_777_215)
        self.microphones.box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.microphones.device_chosen.connect(self.device_chosen)
        self.microphones.refresh_wanted.connect(self.refresh_wanted)
        self.meter = InputMeter()
        row = QHBoxLayout()
        row.setSpacing(SPACE_4)
        row.addWidget(self.meter)
        self.note_label = wrapped(_SPEAK, "muted")
        self.problem_label = wrapped("", "danger")
        self.problem_label.hide()
        row.addWidget(self.note_label, 1)
        card.addWidget(self.microphones)
        card.addLayout(row)
        card.addWidget(self.problem_label)

    def _add_by_itself(self) -> None:
        card = self.add_card("Begin and end by itself")
        self.by_speech = QCheckBox("Begin a call when I spea&k")
        self.by_speech.setChecked(self._settings.start_by_speech)
        self.by_speech.toggled.connect(lambda on: self.kept.emit("start_by_speech", on))
        self.quiet_end = QComboBox()
        chosen = self._settings.end_after_quiet_minutes
        for minutes in sorted({*_QUIET_MINUTES, chosen}):
            self.quiet_end.addItem(count_text(minutes, "minute", "minutes") if minutes else "Never", minutes)
        self.quiet_end.setCurrentIndex(self.quiet_end.findData(chosen))
        self.quiet_end.activated.connect(
            lambda row: self.kept.emit("end_after_quiet_minutes", self.quiet_end.itemData(row))
        )
        spread(self.quiet_end)
        card.addLayout(explained(self.by_speech, _BY_SPEECH))
        card.addWidget(laid_down(self._settings, "start_by_speech", self.by_speech))
        card.addLayout(labelled("E&nd after silence of", self.quiet_end))
        card.addWidget(laid_down(self._settings, "end_after_quiet_minutes", self.quiet_end))

    def _add_profile(self) -> None:
        card = self.add_card("Where you talk")
        self.group = QButtonGroup(self)
        for number, name in enumerate(get_args(Profile)):
            label, words = PROFILES[name]
            choice = QRadioButton(label)
            choice.setChecked(name == self._settings.profile)
            self.group.addButton(choice, number)
            card.addLayout(explained(choice, words))
        card.addWidget(laid_down(self._settings, "profile", *self.group.buttons()))
        self.captured_button = QPushButton("What is captured there…")
        self.captured_button.clicked.connect(self.captured_wanted)
        card.addLayout(button_row(self.captured_button))
        self.group.idClicked.connect(lambda number: self.profile_chosen.emit(get_args(Profile)[number]))

    def _add_leak_check(self) -> None:
        card = self.add_card(
            "Does the customer leak into your microphone?",
            "Sameside plays a short sound where you hear the customer and listens for it in your microphone.",
        )
        self.outputs = QComboBox()
        spread(self.outputs)
        self.outputs.addItem(SYSTEM_OUTPUT, "")
        self.outputs.activated.connect(lambda row: self.output_chosen.emit(self.outputs.itemData(row)))
        self.leak_button = QPushButton("Check for leaks…")
        self.leak_button.clicked.connect(self.leak_check_wanted)
        card.addLayout(labelled("I &hear the customer on", self.outputs))
        card.addLayout(button_row(self.leak_button))

    def show_devices(self, devices: list[InputDevice], chosen: str) -> None:
        self.microphones.show_devices(devices, chosen)

    def show_outputs(self, outputs: list[OutputDevice], chosen: str) -> None:
        """Fill the list; an output that is not plugged in stays chosen, and says so."""
        self.outputs.clear()
        self.outputs.addItem(SYSTEM_OUTPUT, "")
        for output in outputs:
            self.outputs.addItem(output.name, output.key)
        if chosen and self.outputs.findData(chosen) < 0:
            self.outputs.addItem(f"{device_name(chosen)} (not plugged in)", chosen)
        self.outputs.setCurrentIndex(self.outputs.findData(chosen))

    def show_output(self, chosen: str) -> None:
        """It was chosen elsewhere."""
        self.outputs.setCurrentIndex(max(0, self.outputs.findData(chosen)))

    def show_running(self, running: bool) -> None:
        """During a call nothing can be played, and the meter shows what the call hears."""
        self._running = running
        self.note_label.setText(_BUSY if running else _SPEAK)
        self.leak_button.setEnabled(not running)
        self.leak_button.setToolTip("Once the call has stopped" if running else "")

    @Slot(object)
    def show_level(self, level: Level) -> None:
        self.meter.set_level(level)

    @Slot(object)
    def show_problem(self, failure: Failure | None) -> None:
        """Why the microphone cannot be heard; None takes it away."""
        self.meter.clear()
        self.problem_label.setText(failure.message if failure else "")
        self.problem_label.setAccessibleName(failure.message if failure else "")
        self.problem_label.setVisible(failure is not None)
        self.note_label.setVisible(failure is None)
