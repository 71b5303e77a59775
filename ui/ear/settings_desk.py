"""Opens the settings and keeps what is chosen there."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from coach.errors import KnownError
from coach.events import Failure, Level
from coach.ports import EnrolmentEvent, InputDevice, ModelOption, OutputDevice, Services
from coach.settings import ListeningSettings
from ui.bridge import EventBridge
from ui.ear.measuring import Measuring
from ui.ear.voice import Voice
from ui.running.call_runner import CallRunner
from ui.running.held_microphone import HeldMicrophone
from ui.settings.dialog import MICROPHONE, SettingsDialog
from ui.settings.recognition_page import MEASURE_LATER
from ui.state import NOT_HEARING_CODES
from ui.work import Background


class SettingsDesk(QObject):
    """``changed`` after each choice, to be saved. The meter listens only while its page is shown."""

    changed = Signal()
    opened = Signal(object)
    """The ``SettingsDialog``, for those who keep pages of their own."""
    device_chosen = Signal(str)
    refresh_wanted = Signal()
    enrol_wanted = Signal()
    delete_wanted = Signal()
    leak_check_wanted = Signal()
    captured_wanted = Signal()
    failed = Signal(object)

    def __init__(
        self,
        services: Services,
        background: Background,
        runner: CallRunner,
        bridge: EventBridge,
        voice: Voice,
        measuring: Measuring,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._services = services
        self._background = background
        self._runner = runner
        self._voice = voice
        self._measuring = measuring
        self._window = window
        self._unsaved = False
        self.dialog: SettingsDialog | None = None
        self.meter = HeldMicrophone(self)
        self.meter.arrived.connect(self._meter_says)
        bridge.level_changed.connect(self._call_heard)
        runner.phase_changed.connect(lambda _phase: self._show_running())
        voice.changed.connect(self._show_voice)
        measuring.started.connect(lambda: self._show_measuring(True))
        measuring.ended.connect(lambda: self._show_measuring(False))
        measuring.failed.connect(self._show_unmeasured)

    @property
    def _chosen(self) -> ListeningSettings:
        return self._services.settings.listening

    def open(self, page: str = MICROPHONE) -> None:
        """Show a page; the dialog that is open already is used again."""
        if self.dialog is not None:
            self.dialog.raise_()
        else:
            self.dialog = dialog = SettingsDialog(self._services.settings, self._window)
            self._wire(dialog)
            self._fill(dialog)
            self.opened.emit(dialog)
        self.dialog.go_to(page)
        self.dialog.open()

    def show_devices(self, devices: list[InputDevice]) -> None:
        if self.dialog is not None:
            self.dialog.microphone.show_devices(devices, self._chosen.device)

    def close(self) -> None:
        """With the dialog, for what is saved when it closes."""
        if self.dialog is not None:
            self.dialog.accept()
        self.meter.close()

    def listen_again(self) -> None:
        """Take the meter's microphone anew: after another was chosen, or a dialog that used it has gone."""
        shown = self.dialog is not None and self.dialog.page == MICROPHONE
        if not shown or self._runner.running:
            self.meter.release()
            return
        device = self._chosen.device or None
        self.meter.hold(lambda sink: self._services.watch_level(device, sink))
        if self.dialog is not None:
            self.dialog.microphone.show_problem(None)

    def _wire(self, dialog: SettingsDialog) -> None:
        dialog.page_entered.connect(lambda _page: self.listen_again())
        dialog.finished.connect(self._closed)
        page, voice, words = dialog.microphone, dialog.voice, dialog.words
        page.device_chosen.connect(self._choose_device)
        page.refresh_wanted.connect(self.refresh_wanted)
        page.profile_chosen.connect(lambda profile: self._keep("profile", profile))
        page.kept.connect(self._keep)
        page.output_chosen.connect(lambda key: self._keep("output_device", key))
        page.leak_check_wanted.connect(self.leak_check_wanted)
        page.captured_wanted.connect(self.captured_wanted)
        voice.enrol_wanted.connect(self.enrol_wanted)
        voice.delete_wanted.connect(self.delete_wanted)
        voice.own_voice_chosen.connect(lambda own: self._keep("own_voice_only", own))
        voice.talk_time_chosen.connect(lambda count: self._keep("other_talk_time", count))
        words.terms_changed.connect(lambda terms: self._keep("vocabulary", terms, later=True))
        dialog.privacy.names_chosen.connect(lambda hide: self._keep_private("hide_names", hide))
        dialog.privacy.references_chosen.connect(lambda hide: self._keep_private("hide_references", hide))
        dialog.privacy.keep_days_chosen.connect(lambda days: self._keep_private("keep_days", days))
        recognition = dialog.recognition
        recognition.model_chosen.connect(self._choose_model)
        recognition.threads_chosen.connect(lambda count: self._keep("threads", count))
        recognition.measure_wanted.connect(self._measuring.start)
        recognition.cancel_wanted.connect(self._measuring.cancel)
        self._measuring.progressed.connect(recognition.show_progress)
        self._measuring.measured.connect(recognition.show_choice)

    def _fill(self, dialog: SettingsDialog) -> None:
        """Bring what this machine has: microphones, outputs, models, the voice."""

        def outputs_found(outputs: list[OutputDevice]) -> None:
            if self.dialog is not None:
                self.dialog.microphone.show_outputs(outputs, self._chosen.output_device)

        self.refresh_wanted.emit()
        self._background.run(self._services.outputs, outputs_found, self.failed.emit)
        self._list_models()
        self._say_running(dialog)
        dialog.voice.show_enrolled(self._voice.enrolled_on)
        dialog.recognition.show_measuring(self._measuring.running)

    def _list_models(self) -> None:
        def found(options: list[ModelOption]) -> None:
            if self.dialog is not None:
                self.dialog.recognition.show_models(options)

        self._background.run(self._services.models, found, self.failed.emit)

    def _keep(self, name: str, value: object, later: bool = False) -> None:
        """Put a choice into the settings; what changes with every key is saved once the dialog closes."""
        setattr(self._chosen, name, value)
        if later:
            self._unsaved = True
        else:
            self.changed.emit()

    def _keep_private(self, name: str, value: bool | int) -> None:
        setattr(self._services.settings.privacy, name, value)
        self.changed.emit()

    def _choose_device(self, key: str) -> None:
        self.device_chosen.emit(key)
        self.listen_again()

    def _choose_model(self, name: str) -> None:
        """The empty name asks for the automatic choice, which is a measurement."""
        if not name:
            if self._runner.running:
                self._list_models()
                self._show_unmeasured(KnownError("call-runs", MEASURE_LATER))
            else:
                self._measuring.start()
            return
        self._chosen.model, self._chosen.model_automatic = name, False
        self.changed.emit()

    @Slot(object)
    def _meter_says(self, event: EnrolmentEvent) -> None:
        if self.dialog is None:
            return
        if isinstance(event, Level):
            self.dialog.microphone.show_level(event)
        elif isinstance(event, Failure):
            self.dialog.microphone.show_problem(None if event.recovered else event)
            if event.code not in NOT_HEARING_CODES:
                self.meter.release()

    @Slot(object)
    def _call_heard(self, level: Level) -> None:
        if self.dialog is not None:
            self.dialog.microphone.show_level(level)

    @Slot()
    def _show_running(self) -> None:
        if self.dialog is not None:
            self._say_running(self.dialog)
            if self._runner.running == self.meter.held:
                self.listen_again()

    def _say_running(self, dialog: SettingsDialog) -> None:
        running = self._runner.running
        for page in (dialog.microphone, dialog.voice, dialog.recognition):
            page.show_running(running)

    @Slot()
    def show_output(self) -> None:
        """It was chosen in the leak check, which stands over this."""
        if self.dialog is not None:
            self.dialog.microphone.show_output(self._chosen.output_device)

    @Slot(object)
    def _show_voice(self, on: dt.date | None) -> None:
        if self.dialog is not None:
            self.dialog.voice.show_enrolled(on)

    def _show_measuring(self, measuring: bool) -> None:
        if self.dialog is not None:
            self.dialog.recognition.show_measuring(measuring)
            if not measuring:
                self._list_models()

    @Slot(object)
    def _show_unmeasured(self, error: KnownError) -> None:
        if self.dialog is not None:
            self.dialog.recognition.show_problem(error.message)
        else:
            self.failed.emit(error)

    @Slot(int)
    def _closed(self, _result: int) -> None:
        self.dialog = None
        self.meter.release()
        if self._unsaved:
            self._unsaved = False
            self.changed.emit()
