"""The app: the one place where engine, window, overlay and tray are put together."""

from __future__ import annotations

import sys
from contextlib import ExitStack

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QApplication

from coach.events import SessionStarted, SessionStopped
from coach.ports import InputDevice, Services
from ui import text
from ui.bridge import EventBridge
from ui.calls.desk import CallsDesk
from ui.closing import Closing
from ui.commitments.hearing import HeardDesk
from ui.commitments.room import CommitmentsRoom
from ui.cue_settings import CueChoices
from ui.dialogs.about import AboutDialog
from ui.display import platform_arguments
from ui.ear.desk import EarDesk
from ui.feedback.desk import FeedbackDesk
from ui.files import Files
from ui.keys.desk import KeysDesk
from ui.keys.motion import DesktopMotion
from ui.keys.nameplate import APP_ID
from ui.look.theme import dressed_last, icon
from ui.notices import Notices
from ui.overlay import CueOverlay
from ui.overlay_settings import OverlaySettings
from ui.parts.microphones import spoken_name
from ui.playbook.desk import PlaybookDesk
from ui.practice.desk import PracticeDesk
from ui.preferences import Preferences
from ui.readiness import Readiness
from ui.review.desk import ReviewDesk
from ui.running.blackout import BlackOutDesk
from ui.running.call_runner import ENDS, CallRunner
from ui.running.example_desk import ExampleDesk
from ui.running.overlay_desk import OverlayDesk
from ui.running.speech_start import SpeechDesk
from ui.settings.dialog import SHARING
from ui.settings.own_moves_desk import OwnMovesDesk
from ui.state import AppState
from ui.summary.desk import SummaryDesk
from ui.supervisor.desk import TeamDesk
from ui.tray import Tray
from ui.window.main_window import CALLS, NOW, PRACTICE, RECORDINGS, MainWindow
from ui.work import Background, after


class App(QObject):
    """``closed`` is the last thing it says: by then no thread, timer or window of it is left open."""

    closed = Signal()

    def __init__(self, services: Services, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.services = services
        self.bridge = EventBridge(self)
        self.background = Background(self)
        self.window = dressed_last(MainWindow)
        self.overlay = CueOverlay(services.settings.appearance)
        self.tray = Tray(self)
        # Made before the runner listens: it must hear of an unsaved call first.
        self.runner = CallRunner(services, self.bridge.sink, self)
        self.black_out = BlackOutDesk(self.runner, self.bridge, self.window)
        self.closing = Closing(self.runner, self.bridge, self.window, self.tray)
        self.runner.follow(self.bridge)
        self.notices = Notices(services, self.background, self.window)
        self.readiness = Readiness(services, self.background, self.window)
        self.desk = CallsDesk(services, self.background, self.window, self)
        self.preferences = Preferences(services, self.window, self.overlay, self.runner)
        self.overlay_desk = OverlayDesk(self.overlay, services.settings.cues, self.runner, self.bridge, self)
        self.heard = HeardDesk(services, self.runner, self.bridge, self.window, self.overlay)
        self.keys = KeysDesk(
            services.settings.keys, self.runner, self.overlay, self.window.actions_, self._start_or_stop, self
        )
        self.ear = EarDesk(services, self.background, self.runner, self.bridge, self.readiness, self.window)
        self.feedback = FeedbackDesk(services, self.background, self.runner, self.bridge, self.window)
        self.summary_desk = SummaryDesk(services, self.background, self.window)
        self.files = Files(
            services, self.window, self.runner, self.readiness, self.notices, self.ear, self.background
        )
        self.overlay_settings = OverlaySettings(
            services.settings, self.overlay, self.keys.hotkeys, self.window.actions_, self
        )
        self.cue_choices = CueChoices(services.settings.cues, self.window.actions_, self)
        self.own_moves = OwnMovesDesk(services.own_moves, self)
        self.practice = PracticeDesk(
            services, self.readiness, self.runner, self.window.practice, self.window.toast, self
        )
        self.commitments = CommitmentsRoom(
            services, self.background, self.runner, self.bridge, self.window, self.tray
        )
        self.review = ReviewDesk(services, self, lambda: self.runner.running)
        self.speech = SpeechDesk(
            services, self.background, self.runner, self.bridge, self.window, self.overlay, self.readiness
        )
        self.team = TeamDesk(services, self.window, lambda: self.runner.running)
        self._wire_call()
        self._wire_overlay()
        self._wire_window()
        self._wire_menus()
        self._wire_tray()
        self._wire_ear()

    def open(self) -> None:
        """Show the window and bring in what this machine has: microphones, calls, calls cut off."""
        self.window.show()
        self.window.live.welcome.start_button.setFocus()
        self.tray.show()
        self.keys.hotkeys.apply()
        self.motion.ask()
        self.notices.tell_policy()
        self.find_microphones()
        self.readiness.consented(self.readiness.open_store)

    @Slot()
    def start(self) -> None:
        """Listen to the microphone, once consent, model files and store are there."""
        if not self.runner.running:
            self.window.go_to(NOW)
            self.readiness.before_call(self.runner.start_live)

    @Slot()
    def _hush(self) -> None:
        """A call begins, perhaps by a key or by speaking: no recording plays on into its microphone."""
        if self.runner.running:
            self.team.clips.stop()
        else:
            self.window.banners.dismiss(text.IN_CALL)
        if (sound := self.review.sound) is not None:
            (sound.quiet if self.runner.running else sound.call_over)()

    @Slot()
    def find_microphones(self) -> None:
        self.background.run(self.services.devices, self._show_microphones, self.notices.show_error)

    def _wire_call(self) -> None:
        runner, bridge, window = self.runner, self.bridge, self.window
        window.live.follow(bridge)
        window.status.follow(bridge)
        bridge.level_changed.connect(window.call_bar.meter.set_level)
        bridge.session_started.connect(self._on_started)
        bridge.session_stopped.connect(self._on_stopped)
        runner.running_changed.connect(self.notices.call_runs)
        bridge.failure_raised.connect(self.notices.show_failure)
        runner.phase_changed.connect(self._show_state)
        runner.state_changed.connect(self._show_state)
        runner.phase_changed.connect(self._hush)
        runner.running_changed.connect(window.actions_.overlay.setChecked)
        runner.hearing_changed.connect(window.live.welcome.show_hearing)
        runner.elapsed_changed.connect(window.call_bar.show_elapsed)
        for failed in (
            runner.refused,
            self.desk.failed,
            self.practice.failed,
            self.review.failed,
        ):
            failed.connect(self.notices.show_error)
        self.notices.follow(self.readiness)
        self.readiness.opened.connect(self._take_up)
        self.desk.opened.connect(window.show_summary)
        self.commitments.failed.connect(self.notices.show_error)
        self.commitments.answered.connect(self.desk.refresh)
        self.heard.answered_late.connect(self.commitments.desk.give)
        self.desk.changed.connect(self.commitments.refresh)
        self.closing.ready_to_close.connect(self._close)

    def _wire_overlay(self) -> None:
        self.bridge.cue_raised.connect(self.preferences.show_cue)
        self.motion = DesktopMotion(self)
        self.motion.changed.connect(lambda: self.overlay.fade.set_desktop_still(self.motion.reduced))
        self.overlay_desk.placed.connect(self._save_settings)
        self.preferences.changed.connect(self._save_settings)
        self.overlay_settings.changed.connect(self._save_settings)
        self.cue_choices.changed.connect(self._save_settings)
        for chosen in (self.cue_choices.changed, self.preferences.cues_chosen):
            chosen.connect(self.overlay_desk.choose_cues)
        self.cue_choices.counts_chosen.connect(self.window.live.glance.show_counts)
        self.commitments.settings_changed.connect(self._save_settings)

    def _wire_window(self) -> None:
        window, bar = self.window, self.window.call_bar
        window.toast.settled = after(self.background, self.practice.background, self.team.sharing.background)
        bar.start_wanted.connect(self.start)
        bar.stop_wanted.connect(self.runner.stop)
        bar.pause_toggled.connect(self.runner.toggle_pause)
        bar.microphones.device_chosen.connect(self._choose_microphone)
        bar.microphones.refresh_wanted.connect(self.find_microphones)
        window.live.welcome.start_wanted.connect(self.start)
        window.live.welcome.open_wanted.connect(self.files.ask_for_recording)
        self.example = ExampleDesk(self.services, self.background, window, self.start)
        window.room_entered.connect(self._follow_room)
        line = self.files.line
        line.kept.connect(self.desk.refresh)
        line.kept.connect(self.commitments.desk.refresh)
        line.summary_wanted.connect(lambda call_id: self.desk.open(call_id, RECORDINGS))
        line.review_wanted.connect(self.review.open)
        window.file_dropped.connect(self.files.open_recording)
        window.files_dropped.connect(self.files.open_recordings)
        window.summary.back_wanted.connect(window.leave_summary)
        self.summary_desk.failed.connect(self.notices.show_error)
        self.summary_desk.chosen.connect(self._save_settings)
        self.summary_desk.promises.changed.connect(self.commitments.refresh)
        self.commitments.desk.changed.connect(self.summary_desk.refresh_if_shown)
        window.summary.review_wanted.connect(self.review.open)
        self.review.changed.connect(window.summary.show_again)
        self.review.judged.connect(self.feedback.refresh)
        window.summary.copied.connect(lambda: window.toast.say("Summary copied."))

    def _wire_menus(self) -> None:
        window, actions = self.window, self.window.actions_
        actions.connect_all(
            {
                actions.start_stop: self._start_or_stop,
                actions.pause: self.runner.toggle_pause,
                actions.open_recording: self.files.ask_for_recording,
                actions.open_folder: self.files.ask_for_folder,
                actions.export: self.summary_desk.ask_where_again,
                actions.review: window.summary.ask_for_review,
                actions.settings: self.ear.open_settings,
                actions.confirm: self.heard.confirm,
                actions.drop: self.heard.drop,
                actions.quit: self.closing.quit,
                actions.search: window.search,
                actions.jump: window.live.view.jump_to_latest,
                actions.back: window.go_back,
                actions.undo: window.undo,
                actions.keys: self.keys.show_all,
                actions.privacy: self.readiness.read_again,
                actions.about: lambda: AboutDialog(window).open(),
            }
        )
        actions.connect_rooms(window.ask_for)
        actions.overlay.toggled.connect(self._show_overlay)

    def _wire_tray(self) -> None:
        tray = self.tray
        tray.start_chosen.connect(self._start_from_tray)
        tray.stop_chosen.connect(self.runner.stop)
        tray.pause_chosen.connect(self.runner.pause)
        tray.resume_chosen.connect(self.runner.resume)
        tray.window_chosen.connect(self.window.bring_forward)
        tray.quit_chosen.connect(self.closing.quit)
        tray.overlay_toggled.connect(self.window.actions_.overlay.setChecked)
        tray.follow_lock(self.window.actions_.lock_overlay)

    def _wire_ear(self) -> None:
        ear = self.ear
        ear.changed.connect(self._save_settings)
        ear.changed.connect(self.speech.refresh)
        self.speech.failed.connect(self.notices.show_error)
        self.speech.forgotten.connect(self.desk.refresh)
        for fill in (self.overlay_settings.fill, self.preferences.fill, self.cue_choices.fill):
            ear.settings.opened.connect(fill)
        for fill in (self.commitments.choices.fill, self.practice.voice.fill, self.own_moves.attach):
            ear.settings.opened.connect(fill)
        for fill in (self.summary_desk.model.attach, self.team.sharing.attach, self.feedback.attach):
            ear.settings.opened.connect(fill)
        self.team.sharing.settings_wanted.connect(ear.open_settings)
        self.team.sharing.failed.connect(self.notices.show_error)
        self.team.sharing.changed.connect(self._save_settings)
        self.team.failed.connect(self.notices.show_error)
        ear.settings.captured_wanted.connect(self.readiness.read_again)
        ear.device_chosen.connect(self._choose_microphone)
        ear.refresh_wanted.connect(self.find_microphones)
        ear.failed.connect(self.notices.show_error)
        self.feedback.failed.connect(self.notices.show_error)
        self.notices.microphone_wanted.connect(ear.open_settings)
        self.window.navigation.settings_wanted.connect(ear.open_settings)
        self.window.team_room_wanted.connect(lambda: ear.open_settings(SHARING))
        self.playbook = PlaybookDesk(self.services, self.window, ear)

    def _take_up(self) -> None:
        """The store is open: what was cut off, whose voice is known, and what a first start offers."""
        self._recover()
        self.desk.retire()
        self.ear.voice.refresh()
        self.ear.steps.offer()
        self.speech.begin()
        self.commitments.begin()
        self.files.line.begin()
        self.team.sharing.begin()

    def _recover(self) -> None:
        def found(call_ids: list[str]) -> None:
            if call_ids:
                calls = text.count_text(len(call_ids), "call that was", "calls that were")
                message = f"Sameside finished {calls} cut off last time. Nothing it had heard is lost."
                banner = self.window.banners.show_message("recovered", message, "good")
                banner.offer("Show calls", lambda: self.window.go_to(CALLS))
            self.desk.refresh()

        self.background.run(self.services.recover, found, self.notices.show_error)

    def _show_microphones(self, devices: list[InputDevice]) -> None:
        chosen = self.services.settings.listening.device
        self.window.call_bar.microphones.show_devices(devices, chosen)
        self.ear.show_devices(devices)

    @property
    def _hears(self) -> bool:
        """Whether it can be said that the microphone is listened to."""
        return self.runner.state is AppState.LISTENING and not self.black_out.active

    def _choose_microphone(self, key: str) -> None:
        self.services.settings.listening.device = key
        self.window.call_bar.microphones.show_chosen(key)
        if self.runner.use_microphone(key) and self._hears:
            self.window.say(f"Listening to {self.ear.microphone_name()}")
        self.speech.refresh()
        self._save_settings()

    @Slot(str)
    def _follow_room(self, room: str) -> None:
        if room == PRACTICE:
            self.practice.enter()
        else:
            self.practice.leave()

    @Slot()
    def _save_settings(self) -> None:
        self.background.run(self.services.save_settings, lambda _none: None, self.notices.show_error)

    def _start_or_stop(self) -> None:
        if self.runner.running:
            self.runner.stop()
        else:
            self._start_from_tray()

    @Slot()
    def _start_from_tray(self) -> None:
        settings = self.services.settings
        if not settings.consent.covers(settings.listening.profile):
            self.window.bring_forward()
        self.start()

    @Slot(bool)
    def _show_overlay(self, shown: bool) -> None:
        self.overlay.ask_for(shown)
        self.tray.set_overlay_shown(shown)

    @Slot(object)
    def _show_state(self, _news: object) -> None:
        runner = self.runner
        self.window.show_phase(runner.phase, runner.state, runner.begun)
        self.overlay.set_state(runner.state)
        self.tray.set_state(runner.state, ending=runner.phase in ENDS)

    @Slot(object)
    def _on_started(self, started: SessionStarted) -> None:
        if self._hears:
            self.window.say(f"Listening to {spoken_name(started.device)}")
        self.window.live.glance.show_balance(self.services.settings.listening.other_talk_time)
        self.window.live.glance.show_counts(self.services.settings.cues.counts)

    @Slot(object)
    def _on_stopped(self, stopped: SessionStopped) -> None:
        self.window.live.show_welcome()
        self.team.sharing.add_new(stopped)
        if self.speech.discards(stopped):
            self.window.go_to(NOW)
        elif stopped.record.turns:
            self.window.show_summary(stopped.record, stopped.summary)
        else:
            self.window.toast.say(self.window.status.why_no_summary())
        self.desk.refresh()

    @Slot()
    def _close(self) -> None:
        # Out of sight first: models that load are waited for.
        self.tray.hide()
        self.overlay.close()
        self.window.hide()
        self.readiness.close()
        first = (self.files, self.keys, self.motion, self.speech, self.runner, self.ear, self.own_moves)
        parts = (*first, self.summary_desk, self.practice, self.commitments, self.review, self.team)
        # What was chosen or written last is kept, though something else is before it.
        then = (self.background.finish, self.services.close, self.window.close_for_good, self.closed.emit)
        with ExitStack() as ends:  # each of them, though one before it fails
            for end in reversed((*(part.close for part in parts), *then)):
                ends.callback(end)


def make_application() -> QApplication:
    """The ``QApplication`` with its name, icon, font and theme; the one there is, in tests."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication([*sys.argv[:1], *platform_arguments()])
    app.setApplicationName(text.PRODUCT)
    app.setApplicationDisplayName(text.PRODUCT)
    app.setDesktopFileName(APP_ID)
    app.setWindowIcon(icon("logo", "#000000"))
    app.setQuitOnLastWindowClosed(False)
    return app
