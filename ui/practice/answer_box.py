"""Where an answer is given: typed, or spoken into the microphone."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QElapsedTimer, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut, QTextCursor
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from coach.events import Level
from coach.values.answers import AnswerBegun, AnswerEvent, AnswerFailed, AnswerHeard, AnswerWords
from ui.look.theme import SPACE_2, SPACE_3, SPACE_4, SPACE_5, Theme, current_theme, icon, set_role
from ui.look.themed import follow_theme
from ui.parts.announce import announce
from ui.parts.microphones import InputMeter, spoken_name
from ui.practice.parts import label, primary

_HIGH_PX, _LOW_PX = 84, 52
"""Three lines, or one and a half."""
SPEAK_KEYS = "Ctrl+M"
HELD_MS = 400
"""A button held down for longer than this is let go of when the answer is over."""

_TYPE_OR_SPEAK = f"Type it, or press Speak ({SPEAK_KEYS}) and say it aloud."
_OPENING = "One moment, the microphone is being opened."
_LISTENING = "Speak now. A pause of two seconds ends it, or press Done."
_HEARING = "Writing it down."
_NOTHING = "Nothing was heard. Try again a little closer to the microphone, or type it."
_SO_FAR = "Go on typing, or say it again."
_OTHER = "Another voice was heard, not yours, so nothing was written down. Try again, or type it."


class Mouth(Enum):
    """What the microphone of a box is doing."""

    SHUT = "shut"
    OPENING = "opening"
    LISTENING = "listening"
    HEARING = "hearing"


class AnswerBox(QFrame):
    """Asks by signals; ``take`` shows what the microphone sends. A spoken answer is given by itself."""

    answered = Signal(str)
    speak_wanted = Signal()
    done_wanted = Signal()
    """What was said so far is the answer."""
    leave_wanted = Signal()
    """There is no spoken answer: the microphone is let go."""

    def __init__(self, name: str, send: str = "Answer", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "card")
        self.mouth = Mouth.SHUT
        self._held = QElapsedTimer()
        self._kept = self._trouble = ""
        self.edit = _Edit()
        self.edit.setAccessibleName(name)
        self.edit.setPlaceholderText(_TYPE_OR_SPEAK)
        self.speak_button = QPushButton("Speak")
        self.speak_button.setMinimumWidth(104)
        self.meter = InputMeter()
        self.status = label("", "muted")
        self.send_button = primary(send)
        self.send_button.setToolTip(f"{send} (Enter; Shift+Enter begins a new line)")
        for button in (self.speak_button, self.send_button):
            button.setIconSize(QSize(18, 18))
        self._lay_out()
        self.edit.entered.connect(self.send)
        self.edit.textChanged.connect(self._offer)
        self.send_button.clicked.connect(self.send)
        self.speak_button.pressed.connect(self._press)
        self.speak_button.released.connect(self._release)
        self._shortcut = QShortcut(
            QKeySequence(SPEAK_KEYS), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut
        )
        self._shortcut.activated.connect(self.toggle_speaking)
        self._why_not = ""
        self._show(Mouth.SHUT)
        follow_theme(self, self._restyle)

    def _lay_out(self) -> None:
        self.extra = QHBoxLayout()
        self.extra.setSpacing(SPACE_2)
        bottom = QHBoxLayout()
        bottom.setSpacing(SPACE_3)
        bottom.addWidget(self.speak_button)
        bottom.addWidget(self.meter)
        bottom.addWidget(self.status, 1)
        bottom.addLayout(self.extra)
        bottom.addWidget(self.send_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_5, SPACE_4, SPACE_5, SPACE_4)
        column.setSpacing(SPACE_3)
        column.addWidget(self.edit)
        column.addLayout(bottom)

    @property
    def text(self) -> str:
        return self.edit.toPlainText().strip()

    def clear(self) -> None:
        """Empty, for the next answer."""
        self.leave()
        self._kept = ""
        self.edit.clear()
        self.status.clear()

    def set_low(self, low: bool) -> None:
        """In a low window there is more of what is answered, and less of what it is typed in."""
        self.edit.setFixedHeight(_LOW_PX if low else _HIGH_PX)

    def set_speaking_allowed(self, why_not: str) -> None:
        """``why_not`` says why the microphone cannot be used now; empty where it can."""
        self._why_not = why_not
        self.edit.setPlaceholderText(why_not or _TYPE_OR_SPEAK)
        self._show(self.mouth)

    def toggle_speaking(self) -> None:
        """Begin to speak, or say that it is done."""
        if self.mouth is Mouth.SHUT:
            if self.speak_button.isEnabled():
                self._begin()
        elif self.mouth is not Mouth.HEARING:
            self._finish()

    def leave(self) -> bool:
        """Give up a spoken answer; what was typed before is back. False where none was being given."""
        if self.mouth is Mouth.SHUT:
            return False
        self.leave_wanted.emit()
        self.edit.setPlainText(self._kept)
        self.status.clear()
        self._show(Mouth.SHUT)
        return True

    @Slot()
    def send(self) -> None:
        if self.mouth is Mouth.LISTENING:
            self._finish()
        elif self.mouth is Mouth.SHUT and self.text:
            self.answered.emit(self.text)

    @Slot(object)
    def take(self, event: AnswerEvent) -> None:
        """One event of the microphone."""
        if self.mouth is Mouth.SHUT:
            return
        if isinstance(event, Level):
            self.meter.set_level(event)
        elif isinstance(event, AnswerBegun):
            if self.mouth is Mouth.OPENING:
                self._say(_LISTENING)
                self.meter.setToolTip(f"Listening to {spoken_name(event.device)}")
                self._show(Mouth.LISTENING)
        elif isinstance(event, AnswerWords):
            self.edit.setPlainText(event.words)
        elif isinstance(event, AnswerHeard):
            self._take_answer(event)
        elif isinstance(event, AnswerFailed):
            self.edit.setPlainText(self._kept)
            self._show(Mouth.SHUT)
            self._say(event.message, trouble=True)
        elif event.recovered:
            self._trouble = ""
            self._say(_LISTENING)
        else:
            self._trouble = event.message
            self._say(event.message, trouble=True)

    def _take_answer(self, heard: AnswerHeard) -> None:
        self._show(Mouth.SHUT)
        if heard.text and heard.broken_off:
            # Half an answer is no try: it may be finished first.
            self.edit.setPlainText(heard.text)
            self.edit.moveCursor(QTextCursor.MoveOperation.End)
            self._say(f"{heard.broken_off} {_SO_FAR}", trouble=True)
        elif heard.text:
            self.status.clear()
            self.edit.setPlainText(heard.text)
            self.answered.emit(heard.text)
        else:
            self.edit.setPlainText(self._kept)
            # What is wrong with the microphone tells more than that nothing was heard.
            self._say(_OTHER if heard.other_voice else self._trouble or _NOTHING, trouble=True)

    def _press(self) -> None:
        if self.mouth is Mouth.SHUT:
            self._held.start()
            self._begin()
        elif self.mouth is not Mouth.HEARING:
            self._held.invalidate()
            self._finish()

    def _release(self) -> None:
        """Held down while speaking, as a walkie-talkie is: let go, the answer is over."""
        held = self._held.isValid() and self._held.elapsed() >= HELD_MS
        self._held.invalidate()
        if held and self.mouth is Mouth.LISTENING:
            self._finish()

    def _begin(self) -> None:
        self._kept, self._trouble = self.edit.toPlainText(), ""
        self._say(_OPENING)
        self._show(Mouth.OPENING)
        self.speak_wanted.emit()

    def _finish(self) -> None:
        if self.mouth is Mouth.OPENING:
            self.leave()
            return
        self._say(_HEARING)
        self._show(Mouth.HEARING)
        self.done_wanted.emit()

    def _say(self, words: str, trouble: bool = False) -> None:
        self.status.setText(words)
        set_role(self.status, "danger" if trouble else "muted")
        announce(self.status, words)

    def _offer(self) -> None:
        self.send_button.setEnabled(
            self.mouth is Mouth.LISTENING or (self.mouth is Mouth.SHUT and bool(self.text))
        )

    def _show(self, mouth: Mouth) -> None:
        self.mouth = mouth
        shut = mouth is Mouth.SHUT
        if mouth is Mouth.HEARING and self.speak_button.hasFocus():
            # Disabled it would hand the focus on, to a button that nobody meant.
            self.edit.setFocus()
        self.speak_button.setText("Speak" if shut else "Cancel" if mouth is Mouth.OPENING else "Done")
        self.speak_button.setEnabled(
            (shut and not self._why_not) or mouth in (Mouth.OPENING, Mouth.LISTENING)
        )
        tip = self._why_not or f"Say it aloud ({SPEAK_KEYS}), or hold it down while you speak"
        self.speak_button.setToolTip(tip)
        self.speak_button.setAccessibleDescription(tip)
        self.edit.setReadOnly(not shut)
        self.meter.setVisible(not shut)
        if shut:
            self.meter.clear()
        self._offer()
        self._restyle(current_theme())

    def _restyle(self, theme: Theme) -> None:
        colours = theme.colours
        sign = "microphone" if self.mouth is Mouth.SHUT else "stop"
        self.speak_button.setIcon(icon(sign, colours.text))


class _Edit(QPlainTextEdit):
    """Enter gives the answer, Shift+Enter begins a line, Tab goes on."""

    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setFixedHeight(_HIGH_PX)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            self.entered.emit()
            return
        super().keyPressEvent(event)
