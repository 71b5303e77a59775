"""Does the microphone hear the customer? A sound is played, measured, and judged in words."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from coach.ports import LeakVerdict, OutputDevice
from ui import text
from ui.dialogs.frame import PlainDialog
from ui.look.theme import SPACE_1, SPACE_3, SPACE_4, Theme, current_theme, icon_pixmap, set_role
from ui.look.themed import follow_theme
from ui.parts.announce import announce
from ui.parts.label import Label
from ui.settings.parts import labelled, spread, wrapped

TITLES = {
    "safe": "Safe",
    "headset-needed": "Headset needed",
    "could-not-tell": "Could not tell",
}
_SIGNS = {"safe": "check", "headset-needed": "warning", "could-not-tell": "why"}
_STEPS = 1000


class LeakCheckDialog(PlainDialog):
    """Asks by ``check_wanted(output key)``; closing it ends a check that runs."""

    check_wanted = Signal(str)

    def __init__(
        self, outputs: list[OutputDevice], chosen: str, microphone: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            "Check for leaks",
            "Sameside plays a short sound where you hear the customer, and listens whether your microphone "
            "hears it: then it would hear the customer too.",
            parent,
        )
        self._verdict = ""
        self.outputs = QComboBox()
        spread(self.outputs)
        self.outputs.addItem("System default", "")
        for output in outputs:
            self.outputs.addItem(output.name, output.key)
        self.outputs.setCurrentIndex(max(0, self.outputs.findData(chosen)))
        self.hint_label = wrapped(
            f"Microphone: {microphone}. Set the volume as you have it on a call, and be quiet for a moment.",
            "muted",
        )
        self.bar = QProgressBar()
        self.bar.setRange(0, _STEPS)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("Leak check progress")
        policy = self.bar.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.bar.setSizePolicy(policy)
        self.bar.hide()
        self.body.addLayout(labelled("I &hear the customer on", self.outputs))
        self.body.addWidget(self.hint_label)
        self.body.addWidget(self.bar)
        self.body.addWidget(self._verdict_card())
        self.close_button = self.add_button(text.CLOSE)
        self.play_button = self.add_button("Play the sound", "primary")
        self.close_button.clicked.connect(self.reject)
        self.play_button.clicked.connect(self._check)
        self.play_button.setFocus()
        follow_theme(self, self._restyle)

    def _verdict_card(self) -> QFrame:
        self.card = QFrame()
        self.verdict_sign, self.verdict_label = Label(), Label()
        set_role(self.verdict_label, "subtitle")
        self.why_label, self.advice_label = wrapped("", ""), wrapped("", "muted")
        words = QVBoxLayout()
        words.setSpacing(SPACE_1)
        for label in (self.verdict_label, self.why_label, self.advice_label):
            words.addWidget(label)
        row = QHBoxLayout(self.card)
        row.setContentsMargins(SPACE_4, SPACE_3, SPACE_4, SPACE_3)
        row.setSpacing(SPACE_4)
        row.addWidget(self.verdict_sign)
        row.addLayout(words, 1)
        self.card.hide()
        return self.card

    def show_progress(self, _what: str, done: float, total: float) -> None:
        self.bar.setRange(0, _STEPS if total else 0)
        self.bar.setValue(round(_STEPS * done / total) if total else 0)

    def show_verdict(self, verdict: LeakVerdict) -> None:
        self._end()
        self._verdict = verdict.verdict
        title = TITLES[verdict.verdict]
        self.verdict_label.setText(title)
        self.why_label.setText(verdict.why)
        self.advice_label.setText(verdict.advice)
        self.advice_label.setVisible(bool(verdict.advice))
        self.card.setAccessibleName(f"{title}. {verdict.why} {verdict.advice}".strip())
        self._restyle(current_theme())
        announce(self.card, self.card.accessibleName())
        self.card.show()
        self.fit()

    def show_failed(self, message: str) -> None:
        self._end()
        self.show_error(message)

    def _check(self) -> None:
        self.error_label.hide()
        self.card.hide()
        self.play_button.setEnabled(False)
        self.outputs.setEnabled(False)
        self.bar.setValue(0)
        self.bar.show()
        self.close_button.setText(text.CANCEL)
        self.check_wanted.emit(self.outputs.currentData())

    def _end(self) -> None:
        self.bar.hide()
        self.outputs.setEnabled(True)
        self.play_button.setEnabled(True)
        self.play_button.setText("Play it again")
        self.close_button.setText(text.CLOSE)

    def _restyle(self, theme: Theme) -> None:
        if not self._verdict:
            return
        c = theme.colours
        role, tint = {
            "safe": ("banner-good", c.repaired),
            "headset-needed": ("banner-flag", c.flag),
        }.get(self._verdict, ("sunken", c.text_muted))
        set_role(self.card, role)
        self.verdict_sign.setPixmap(icon_pixmap(_SIGNS[self._verdict], tint, 32, self.devicePixelRatioF()))
