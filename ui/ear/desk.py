"""Everything about the ear that has a window: settings, voice, leak check, measurement, first steps."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from coach.ports import InputDevice, Services
from ui import text
from ui.bridge import EventBridge
from ui.ear.leak import LeakCheck
from ui.ear.measuring import Measuring
from ui.ear.settings_desk import SettingsDesk
from ui.ear.steps import Steps
from ui.ear.voice import Voice
from ui.parts.microphones import device_name, spoken_name
from ui.readiness import Readiness
from ui.running.call_runner import CallRunner, Phase
from ui.settings.dialog import MICROPHONE
from ui.window.main_window import MainWindow
from ui.work import Background


class EarDesk(QObject):
    """``changed`` after each choice, to be saved; ``failed`` with a ``KnownError`` that no dialog shows."""

    changed = Signal()
    device_chosen = Signal(str)
    refresh_wanted = Signal()
    failed = Signal(object)

    def __init__(
        self,
        services: Services,
        background: Background,
        runner: CallRunner,
        bridge: EventBridge,
        readiness: Readiness,
        window: MainWindow,
    ) -> None:
        super().__init__(window)
        self._readiness = readiness
        self._runner = runner
        self._services = services
        self._window = window
        self._devices: list[InputDevice] = []
        self._missing = False
        self.voice = Voice(services, background, self)
        self.measuring = Measuring(services, self)
        self.leak = LeakCheck(services, background, self)
        self.settings = SettingsDesk(services, background, runner, bridge, self.voice, self.measuring, window)
        self.steps = Steps(
            services.settings.consent, window.live.welcome, self.voice, self.measuring, self.leak, self
        )
        self._looking = Background(self)
        runner.phase_changed.connect(self._give_way)
        self._wire()

    def _wire(self) -> None:
        settings, steps = self.settings, self.steps
        settings.device_chosen.connect(self.device_chosen)
        settings.refresh_wanted.connect(self.refresh_wanted)
        settings.enrol_wanted.connect(self.enrol)
        settings.delete_wanted.connect(lambda: self.voice.ask_to_delete(self._front()))
        settings.leak_check_wanted.connect(self.check_leak)
        self.leak.changed.connect(settings.show_output)
        steps.enrol_wanted.connect(self.enrol)
        steps.leak_check_wanted.connect(self.check_leak)
        for changed in (settings.changed, self.leak.changed, steps.changed):
            changed.connect(self.changed)
        for closed in (self.voice.closed, self.leak.closed):
            closed.connect(settings.listen_again)
        self.measuring.measured.connect(lambda _choice: self.changed.emit())
        for failed in (settings.failed, self.voice.failed, self.leak.failed):
            failed.connect(self.failed)
        self.voice.deleted.connect(lambda: self._window.toast.say("Your voice is deleted, for good."))

    @Slot()
    def open_settings(self, page: str = MICROPHONE) -> None:
        """Once the user agreed to be heard: there is a meter in it."""
        self._readiness.consented(lambda: self.settings.open(page))

    @Slot()
    def enrol(self) -> None:
        """Once the store, which keeps the profile, is open."""

        def opened() -> None:
            if self._runner.running:
                # It began while the passphrase was asked for: the microphone is the call's.
                return
            self.settings.meter.release()
            self.voice.enrol(self.microphone_name(), self._front)

        self._readiness.store_open(opened)

    @Slot()
    def check_leak(self) -> None:
        self.settings.meter.release()
        self.leak.open(self.microphone_name(), self._front)

    def find_channel(self, path: Path, found: Callable[[int | None], None]) -> None:
        """Which channel of a recording carries the enrolled voice; None where it cannot be told."""
        if self._services.settings.listening.own_voice_only:
            self._looking.run(lambda: self._services.agent_channel(path), found, lambda _error: found(None))

    def show_devices(self, devices: list[InputDevice]) -> None:
        """The microphones there are. That there is none is said, and when one has come after that."""
        self._devices = devices
        self.settings.show_devices(devices)
        if not devices:
            self._window.say("No microphone found. Plug one in, then look again.")
        elif self._missing:
            self._window.say(f"Found {text.count_text(len(devices), 'microphone', 'microphones')}.")
        self._missing = not devices

    def microphone_name(self) -> str:
        """What the chosen microphone is called."""
        key = self._services.settings.listening.device
        for device in self._devices:
            if device.key == key or (not key and device.is_default):
                return spoken_name(device.name)
        return spoken_name(device_name(key) or "default")

    @property
    def busy(self) -> bool:
        """Whether something is measured or checked on another thread."""
        threads = (self.measuring.work.background, self.leak.work.background, self._looking)
        return any(thread.busy for thread in threads)

    def close(self) -> None:
        """Let go of every microphone and thread."""
        for held in (self.settings, self.voice, self.measuring.work, self.leak.work, self._looking):
            held.close()

    def _front(self) -> QWidget:
        return self.settings.dialog or self._window

    @Slot(object)
    def _give_way(self, phase: Phase) -> None:
        """A call comes first: it needs the microphone, the loudspeaker and the processor."""
        if phase is not Phase.IDLE:
            self.measuring.cancel()
            self.voice.leave()
            self.leak.leave()
