"""The card: one line to say, why on demand, and a thank-you when it was said."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from coach.events import Cue
from ui import text
from ui.look.theme import SPACE_1, SPACE_2, SPACE_3, SPACE_4, SPACE_5, Theme, icon, icon_pixmap, set_role
from ui.parts.label import Label

CARD_WIDTH_PX = 496
_ICON_PX = 22
_SMALL_ICON_PX = 16


class WrappedLabel(Label):
    """A label of fixed width whose height always fits its text."""

    def __init__(self, width_px: int, role: str) -> None:
        super().__init__()
        self.setWordWrap(True)
        self.setFixedWidth(width_px)
        set_role(self, role)

    def sizeHint(self) -> QSize:
        return QSize(self.width(), self.heightForWidth(self.width()))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


class CardView(QWidget):
    """Shows one cue at a time. Its size hint follows its content."""

    said_it_pressed = Signal()
    not_now_pressed = Signal()
    unfair_pressed = Signal()
    content_resized = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cue: Cue | None = None
        self._lines: tuple[str, ...] = ("",)
        self._line = 0
        self._thanks = False
        self._drawn_for: Theme | None = None
        inner = CARD_WIDTH_PX - 2 * SPACE_5
        self.icon_label = Label()
        self.icon_label.setFixedSize(_ICON_PX, _ICON_PX)
        self.title_label = Label()
        self.elapsed_label = Label(text.clock(0))
        set_role(self.elapsed_label, "muted")
        self.say_label = WrappedLabel(inner, "cue")
        self.why_panel = self._why_parts(inner)
        self.buttons = self._button_row()
        head = QHBoxLayout()
        head.setSpacing(SPACE_2)
        head.addWidget(self.icon_label)
        head.addWidget(self.title_label, 1)
        head.addWidget(self.elapsed_label)
        reading = QVBoxLayout()
        reading.setContentsMargins(SPACE_2, 0, SPACE_2, 0)
        reading.setSpacing(SPACE_3)
        reading.addLayout(head)
        reading.addWidget(self.say_label)
        reading.addWidget(self.why_panel)
        self._column = column = QVBoxLayout(self)
        # Buttons have padding of their own: their icons then stand under the text.
        column.setContentsMargins(SPACE_5 - SPACE_2, SPACE_4, SPACE_5 - SPACE_2, SPACE_3)
        column.setSpacing(SPACE_3)
        column.addLayout(reading)
        column.addWidget(self.buttons)

    @property
    def cue(self) -> Cue | None:
        return self._cue

    def show_cue(self, cue: Cue, theme: Theme) -> None:
        self._cue, self._line, self._thanks = cue, 0, False
        self._lines = (cue.say, *cue.alternatives)
        self.title_label.setText(cue.title)
        self.title_label.setAccessibleName(f"Cue: {cue.title}")
        self._show_line()
        self.why_label.setText(cue.why)
        self.words_label.setText(f"{text.YOU_SAID}: “{cue.because.words}”")
        self.flag_label.setVisible(bool(cue.because.words))
        self.words_label.setVisible(bool(cue.because.words))
        self.context_label.setText(cue.because.context)
        self.context_label.setVisible(bool(cue.because.context))
        self.sources_label.setText(text.sources_text(cue.because.sources))
        self.sources_label.setVisible(bool(cue.because.sources))
        self.why_button.setChecked(False)
        self.another_button.setVisible(bool(cue.alternatives))
        for part in (self.say_label, self.buttons, self.elapsed_label):
            part.show()
        self.restyle(theme)

    def show_thanks(self, repaired_by: str, theme: Theme) -> None:
        """The green card: nothing to read or press. ``repaired_by`` names the repair, or is empty."""
        self._thanks = True
        self.title_label.setText(
            f"{text.NICELY_REPAIRED}: {repaired_by.lower()}" if repaired_by else text.NICELY_REPAIRED
        )
        self.title_label.setAccessibleName(self.title_label.text())
        for part in (self.say_label, self.why_panel, self.buttons, self.elapsed_label):
            part.hide()
        self.restyle(theme)

    def fitted_size(self) -> QSize:
        """The size its content needs now, hidden parts left out."""
        self._column.activate()
        return self._column.sizeHint()

    def show_keys(self, keys: Mapping[str, str]) -> None:
        """Tell on hover, and to a screen reader, the key of each button that has one."""
        for name, button in self._by_name().items():
            words = button.property("does")
            hint = f"{words} ({keys[name]})" if keys.get(name) else words
            button.setToolTip(hint)
            button.setAccessibleDescription(hint)

    def _by_name(self) -> dict[str, QPushButton]:
        return {
            "why": self.why_button,
            "another": self.another_button,
            "said_it": self.said_it_button,
            "not_now": self.not_now_button,
            "unfair": self.unfair_button,
        }

    def set_elapsed(self, seconds: float) -> None:
        self.elapsed_label.setText(text.clock(seconds))
        self.elapsed_label.setAccessibleName(f"Elapsed time {text.spoken_clock(seconds)}")

    def restyle(self, theme: Theme) -> None:
        colours = theme.colours
        tint = colours.repaired if self._thanks else colours.accent
        name = "repair" if self._thanks else "mark"
        self.icon_label.setPixmap(icon_pixmap(name, tint, _ICON_PX, self.devicePixelRatioF()))
        ratio = self.devicePixelRatioF()
        self.flag_label.setPixmap(icon_pixmap("flag", colours.flag, _SMALL_ICON_PX, ratio))
        set_role(self.title_label, "repaired" if self._thanks else "accent")
        if theme is not self._drawn_for:
            self._drawn_for = theme
            self._draw_buttons(colours.text_muted)

    def _draw_buttons(self, tint: str) -> None:
        """Once for each theme: a cue must not wait for five drawings in nine sizes."""
        for button, drawing in (
            (self.why_button, "why"),
            (self.another_button, "another"),
            (self.said_it_button, "check"),
            (self.not_now_button, "close"),
            (self.unfair_button, "unfair"),
        ):
            button.setIcon(icon(drawing, tint))

    def _why_parts(self, inner: int) -> QWidget:
        panel = QWidget()
        column = QVBoxLayout(panel)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_2)
        rule = QFrame()
        set_role(rule, "line")
        self.why_label = WrappedLabel(inner, "")
        self.flag_label = Label()
        self.flag_label.setAccessibleName(text.FLAGGED)
        beside = inner - _SMALL_ICON_PX - SPACE_2
        self.words_label = WrappedLabel(beside, "muted")
        self.context_label = WrappedLabel(inner, "muted")
        said = QHBoxLayout()
        said.setSpacing(SPACE_2)
        said.addWidget(self.flag_label, 0, Qt.AlignmentFlag.AlignTop)
        said.addWidget(self.words_label)
        self.sources_label = WrappedLabel(inner, "caption")
        column.addWidget(rule)
        column.addWidget(self.why_label)
        column.addLayout(said)
        column.addWidget(self.context_label)
        column.addWidget(self.sources_label)
        panel.hide()
        return panel

    def _button_row(self) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(SPACE_1)
        self.why_button = self._button(text.WHY, "Show why this line, and its sources")
        self.why_button.setCheckable(True)
        self.why_button.toggled.connect(self._toggle_why)
        self.another_button = self._button(text.ANOTHER_LINE, "Show another way to say it")
        self.another_button.clicked.connect(self.next_line)
        self.said_it_button = self._button(text.SAID_IT, "I said it, or something like it")
        self.said_it_button.clicked.connect(self.said_it_pressed)
        self.not_now_button = self._button(text.NOT_NOW, "Put this cue away")
        self.not_now_button.clicked.connect(self.not_now_pressed)
        self.unfair_button = self._button(text.UNFAIR, "Put this cue away and mark it as unfair")
        self.unfair_button.clicked.connect(self.unfair_pressed)
        line.addWidget(self.why_button)
        line.addWidget(self.another_button)
        line.addStretch(1)
        line.addWidget(self.said_it_button)
        line.addWidget(self.not_now_button)
        line.addWidget(self.unfair_button)
        return row

    def _button(self, name: str, description: str) -> QPushButton:
        button = QPushButton(name)
        button.setAccessibleName(name)
        button.setAccessibleDescription(description)
        button.setToolTip(description)
        button.setProperty("does", description)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        set_role(button, "small")
        return button

    def _show_line(self) -> None:
        self.say_label.setText(self._lines[self._line % len(self._lines)])
        self.say_label.setAccessibleName(f"Say: {self.say_label.text()}")
        self.say_label.updateGeometry()

    def next_line(self) -> None:
        """The next way to say it; after the last the first again."""
        self._line += 1
        self._show_line()
        self.content_resized.emit()

    def _toggle_why(self, shown: bool) -> None:
        self.why_panel.setVisible(shown)
        self.content_resized.emit()
