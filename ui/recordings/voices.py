"""Whose voice is the agent's, where nobody is enrolled: voices of a recording, to be heard and chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QSize, QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QRadioButton,
    QWidget,
)

from coach.errors import KnownError
from coach.ports import Services
from coach.values.batches import FoundVoice, Side
from coach.values.file_names import shown_name
from coach.values.reviewing import Playing
from ui import text
from ui.dialogs.frame import PlainDialog
from ui.ear.slow_work import SlowWork
from ui.look.theme import SPACE_3, Theme, icon, set_role
from ui.look.themed import follow_theme
from ui.parts.label import Label
from ui.running.call_runner import CallRunner


@dataclass(frozen=True, slots=True, eq=False)
class Whose:
    """What was answered of the recording ``path``, in which voices were looked for.

    ``voice`` None: ``everyone`` is the agent, or no second voice was found. ``keep``: it is the agent's from
    now on; ``others``: it counts for others that ask the same.
    """

    path: Path
    voice: FoundVoice | None = None
    keep: bool = False
    everyone: bool = False
    others: bool = False


Answered = Callable[[Whose | None], None]
"""Told the answer; None where it was left at that."""
IN_CALL = f"{text.NOT_IN_CALL} Answer when the call is over."
_LOOK_EVERY_MS = 100
_TELEPHONE = "It was heard over a telephone: read the text aloud in the settings for a better profile."


class PickVoiceDialog(PlainDialog):
    """First it waits for the voices, then each can be heard; accepted it has ``everyone``, or ``picked``.

    ``others``: how many more ask the same.
    """

    play_wanted = Signal(int)

    def __init__(
        self, name: str, parent: QWidget | None = None, enrolled: bool = False, others: int = 0
    ) -> None:
        super().__init__("Which voice is yours?", "", parent)
        self._enrolled = enrolled
        self._others = others
        self.everyone = False
        self.name(name)
        self.voices: Sequence[FoundVoice] = ()
        self.group = QButtonGroup(self)
        self.play_buttons: list[QPushButton] = []
        self.status_label = Label("Listening for voices…")
        set_role(self.status_label, "muted")
        self.bar = QProgressBar()
        self.bar.setRange(0, 100)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("How far it has listened")
        self.keep_check = QCheckBox("Keep it as my voice from now on")
        self.keep_check.hide()
        more = "one more recording that asks" if others == 1 else f"{others} more recordings that ask"
        self.others_check = QCheckBox(f"It is my voice for {more}, too")
        self.others_check.setChecked(True)
        self.others_check.hide()
        self.telephone_label = Label(_TELEPHONE)
        self.telephone_label.setWordWrap(True)
        set_role(self.telephone_label, "muted")
        self.telephone_label.hide()
        for widget in (self.status_label, self.bar):
            self.body.addWidget(widget)
        self.cancel_button = self.add_button(text.CANCEL)
        self.all_button = self.add_button("All are mine")
        self.all_button.setToolTip("Nobody else speaks in this recording: everything said in it is yours")
        self.use_button = self.add_button("Use this voice", "primary")
        self.use_button.setEnabled(False)
        self.cancel_button.clicked.connect(self.reject)
        self.all_button.clicked.connect(self._take_all)
        self.use_button.clicked.connect(self.accept)
        self.group.idClicked.connect(lambda _number: self._offer())
        self.keep_check.toggled.connect(lambda _on: self._offer())
        follow_theme(self, self._restyle)

    def name(self, name: str) -> None:
        """Which recording is listened to."""
        why = "" if self._enrolled else "Nobody is enrolled, so "
        self.words_label.setText(
            f"{why}Sameside listens who speaks in {name}. Only the voice you choose is "
            "written down; the others are dropped before a word is recognised."
        )

    def show_voices(self, voices: Sequence[FoundVoice]) -> None:
        self.voices = voices
        self.bar.hide()
        self.status_label.setText("Hear them, then choose yours.")
        for number, voice in enumerate(voices):
            choice = QRadioButton(f"Voice {number + 1}: speaks for {text.seconds(voice.speech_s)}")
            play = QPushButton("Hear it")
            play.setIconSize(QSize(18, 18))
            play.setAccessibleName(f"Hear voice {number + 1}")
            play.clicked.connect(lambda _checked=False, number=number: self.play_wanted.emit(number))
            row = QHBoxLayout()
            row.setSpacing(SPACE_3)
            row.addWidget(choice, 1)
            row.addWidget(play)
            self.body.addLayout(row)
            for widget in (choice, play):
                # Else it is shown some time later, and has no height until then.
                widget.show()
            self.group.addButton(choice, number)
            self.play_buttons.append(play)
        self.body.addWidget(self.others_check)
        self.body.addWidget(self.keep_check)
        self.others_check.setVisible(self._others > 0)
        self.body.addWidget(self.telephone_label)
        # A voice that was read aloud is not given up for one of a recording.
        self.keep_check.setVisible(not self._enrolled)
        follow_theme(self, self._restyle)
        self.play_buttons[0].setFocus()
        self.fit()

    @property
    def picked(self) -> FoundVoice | None:
        number = self.group.checkedId()
        return self.voices[number] if number >= 0 else None

    @property
    def keep(self) -> bool:
        return self.picked is not None and self.keep_check.isChecked()

    def show_playing(self, number: int | None) -> None:
        """Which of them is heard now."""
        for place, button in enumerate(self.play_buttons):
            button.setText("Stop" if place == number else "Hear it")
            button.setAccessibleName(f"{'Stop' if place == number else 'Hear'} voice {place + 1}")

    @Slot()
    def _take_all(self) -> None:
        self.everyone = True
        self.group.setExclusive(False)
        for button in self.group.buttons():
            button.setChecked(False)
        self.accept()

    def _offer(self) -> None:
        self.use_button.setEnabled(self.picked is not None)
        narrow = self.picked is not None and self.picked.narrow and self.keep_check.isChecked()
        if self.telephone_label.isVisibleTo(self) != narrow:
            self.telephone_label.setVisible(narrow)
            self.fit()

    def _restyle(self, theme: Theme) -> None:
        for button in self.play_buttons:
            button.setIcon(icon("loudspeaker", theme.colours.text))


class VoicePicker(QObject):
    """``ask`` listens to a recording and lets the agent choose; of one voice alone nothing is asked.

    ``failed`` with a ``KnownError``, such as no loudspeaker.
    """

    failed = Signal(object)

    def __init__(self, services: Services, runner: CallRunner, window: QWidget) -> None:
        super().__init__(window)
        self._services = services
        self._runner = runner
        self._window = window
        self._path = Path()
        self._player: Playing | None = None
        self._number: int | None = None
        self._timer = QTimer(self, interval=_LOOK_EVERY_MS)
        self._timer.timeout.connect(self._look)
        self.work = SlowWork(self)
        self.dialog: PickVoiceDialog | None = None
        self.work.progressed.connect(self._show_progress)

    def ask(
        self,
        paths: Sequence[Path],
        then: Answered,
        enrolled: bool = False,
        others: int = 0,
        side: Side | None = None,
    ) -> None:
        """Of the first of ``paths`` that can be read, where it is read by ``side``.

        ``enrolled``: there is a voice already, not in use.
        """
        self._path = paths[0]
        self.dialog = dialog = PickVoiceDialog(shown_name(paths[0].name), self._window, enrolled, others)
        dialog.finished.connect(lambda result: self._finished(dialog, bool(result), then))
        dialog.play_wanted.connect(lambda number: self._hear(dialog, number))
        dialog.open()
        self._listen(dialog, list(paths), side)

    def close(self) -> None:
        """Let go of the output, and wait for it."""
        self._timer.stop()
        player, self._player = self._player, None
        if player is not None:
            player.close()
        self.work.close()

    def quiet(self) -> None:
        """A call begins: its microphone is not to hear what is played."""
        if self._player is not None:
            self._player.pause()

    def _listen(self, dialog: PickVoiceDialog, paths: list[Path], side: Side | None) -> None:
        self._path = path = paths.pop(0)
        dialog.name(shown_name(path.name))

        def found(voices: list[FoundVoice]) -> None:
            if self.dialog is not dialog:
                return
            if len(voices) < 2:
                dialog.accept()
                return
            dialog.show_voices(voices)
            self._player = self._services.review.player(path)

        def refused(_error: KnownError) -> None:
            if self.dialog is not dialog:
                return
            if paths:
                self._listen(dialog, paths, side)
            else:
                # What is wrong with it is told when it is read.
                dialog.accept()

        self.work.run(lambda progress: self._services.batch.voices(path, progress, side), found, refused)

    @Slot(str, float, float)
    def _show_progress(self, _what: str, done: float, _total: float) -> None:
        if self.dialog is not None:
            self.dialog.bar.setValue(round(done))

    def _hear(self, dialog: PickVoiceDialog, number: int) -> None:
        player, voice = self._player, dialog.voices[number]
        if player is None:
            return
        if self._runner.running:
            dialog.show_error(IN_CALL)
            return
        if self._number == number and player.playback.playing:
            player.pause()
            self._number = None
        else:
            player.play(voice.start_s, voice.end_s)
            self._number = number
            self._timer.start()
        dialog.show_playing(self._number)

    @Slot()
    def _look(self) -> None:
        player = self._player
        if player is None or not player.playback.playing:
            self._timer.stop()
            self._number = None
            if self.dialog is not None:
                self.dialog.show_playing(None)
                if player is not None and player.playback.problem is not None:
                    self.dialog.show_error(player.playback.problem.message)

    def _finished(self, dialog: PickVoiceDialog, accepted: bool, then: Answered) -> None:
        self.dialog = None
        self.work.cancel()
        self._let_go()
        answer = Whose(
            self._path, dialog.picked, dialog.keep, dialog.everyone, dialog.others_check.isChecked()
        )
        then(answer if accepted else None)

    def _let_go(self) -> None:
        self._timer.stop()
        player, self._player, self._number = self._player, None, None
        if player is not None:
            player.pause()
            # Whoever closes it waits for the output.
            self.work.background.run(player.close, lambda _none: None, self.failed.emit)
