"""How the overlay looks, where it stands, who sees it, and the keys that work in any window."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QKeySequenceEdit,
    QLabel,
    QPushButton,
    QSlider,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from coach.settings import AppearanceSettings, KeySettings
from ui.keys.combos import ACTIONS, wanted
from ui.look.theme import SPACE_2, SPACE_4, Theme, icon, set_role
from ui.look.themed import follow_theme
from ui.overlay.limits import Limits
from ui.overlay.sharing import CANNOT_HIDE, WORDS
from ui.parts.flow import Flow
from ui.parts.label import Label
from ui.settings.parts import SettingsPage, button_row, explained, labelled, laid_down, spread, wrapped

LOCK_WORDS = (
    "Every click goes to the window beneath. Unlock it here, from the tray, in the View menu, or by its key."
)
_KEYS_WORDS = (
    "They work whatever window you are in. Most of them are taken only while a call runs; "
    "no other key you press ever reaches Sameside."
)
_DESKTOP_KEYS_WORDS = "They work whatever window you are in; no other key you press ever reaches Sameside."
_GIVEN_WORDS = (
    "Here the desktop gives the keys, and most do something only while a call runs. Choose others in its "
    "settings, where it lists the keys of programs."
)
_CONFIGURE_WORDS = (
    "Here the desktop gives the keys, and most do something only while a call runs. "
    "It has a window of its own to choose others in."
)
_PORTABLE = QKeySequence.SequenceFormat.PortableText
_LEAST, _MOST = 50, 100


class OverlayPage(SettingsPage):
    """``key_chosen(action, keys)``; ``recording(True)`` while a key is waited for and must reach the page."""

    opacity_chosen = Signal(float)
    screen_chosen = Signal(str)
    lock_chosen = Signal(bool)
    private_chosen = Signal(bool)
    keys_switched = Signal(bool)
    key_chosen = Signal(str, str)
    recording = Signal(bool)
    configure_wanted = Signal()

    def __init__(
        self,
        appearance: AppearanceSettings,
        keys: KeySettings,
        ability: str,
        limits: Limits = Limits(),  # noqa: B008
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("Overlay and keys", parent)
        self._add_look(appearance, limits)
        self._add_sharing(appearance, ability)
        self._add_keys(keys)

    def _add_look(self, appearance: AppearanceSettings, limits: Limits) -> None:
        card = self.add_card("The overlay")
        self.screens = QComboBox()
        spread(self.screens)
        self.screens.activated.connect(lambda row: self.screen_chosen.emit(self.screens.itemData(row)))
        self.opacity = QSlider(Qt.Orientation.Horizontal)
        self.opacity.setRange(_LEAST, _MOST)
        self.opacity.setPageStep(5)
        self.opacity.setValue(round(appearance.overlay_opacity * 100))
        self.opacity_label = Label()
        self._say_opacity(self.opacity.value())
        self.opacity.valueChanged.connect(self._say_opacity)
        self.opacity.valueChanged.connect(lambda percent: self.opacity_chosen.emit(percent / 100))
        row = labelled("How &solid it is", self.opacity)
        row.addWidget(self.opacity_label)
        self.lock = QCheckBox("&Lock it, so that clicks go through")
        self.lock.setChecked(appearance.overlay_locked)
        self.lock.toggled.connect(self.lock_chosen)
        self._placed_elsewhere = bool(limits.place)
        self.place_label = wrapped(limits.place, "muted")
        self.place_label.setVisible(self._placed_elsewhere)
        card.addLayout(labelled("It stands &on", self.screens))
        card.addWidget(self.place_label)
        card.addLayout(row)
        card.addLayout(explained(self.lock, f"{LOCK_WORDS} {limits.lock}".rstrip()))

    def _add_sharing(self, appearance: AppearanceSettings, ability: str) -> None:
        card = self.add_card("When you share your screen")
        self.private = QCheckBox("&Hide the overlay from others")
        self.private.setChecked(appearance.overlay_private and ability != CANNOT_HIDE)
        self.private.setEnabled(ability != CANNOT_HIDE)
        self.private.toggled.connect(self.private_chosen)
        card.addLayout(explained(self.private, WORDS[ability]))
        card.addWidget(laid_down(appearance, "overlay_private", self.private))

    def _add_keys(self, keys: KeySettings) -> None:
        card = self.add_card("Keys for any window", _KEYS_WORDS)
        self._keys_words = card.itemAt(0).layout().itemAt(1).widget()
        self.keys_on = QCheckBox("Use &keys in any window")
        self.keys_on.setChecked(keys.enabled)
        self.keys_on.toggled.connect(self.keys_switched)
        self.why_off_label = wrapped("", "flag")
        self.why_off_label.hide()
        self.given_label = wrapped("", "muted")
        self.configure_button = QPushButton("&Choose keys in the desktop's window…")
        self.configure_button.clicked.connect(self.configure_wanted)
        card.addWidget(self.keys_on)
        card.addWidget(laid_down(keys, "enabled", self.keys_on))
        card.addWidget(self.why_off_label)
        card.addWidget(self.given_label)
        card.addLayout(button_row(self.configure_button))
        rows = QVBoxLayout()
        rows.setSpacing(SPACE_2)
        self.edits: dict[str, QKeySequenceEdit] = {}
        self.clear_buttons: dict[str, QToolButton] = {}
        self.given_labels: dict[str, QLabel] = {}
        self.problem_labels: dict[str, QLabel] = {}
        chosen = wanted(keys)
        headings = [self._add_key(rows, *action, chosen.get(action[0], "")) for action in ACTIONS.items()]
        width = max(heading.sizeHint().width() for heading in headings)
        for heading in headings:
            heading.setMinimumWidth(width)
        card.addLayout(rows)
        follow_theme(self, self._restyle)

    def _restyle(self, theme: Theme) -> None:
        for button in self.clear_buttons.values():
            button.setIcon(icon("close", theme.colours.text_muted))

    def _add_key(self, rows: QVBoxLayout, name: str, label: str, keys: str) -> QLabel:
        edit = self.edits[name] = QKeySequenceEdit(QKeySequence(keys, _PORTABLE))
        edit.setMaximumSequenceLength(1)
        edit.setFixedWidth(190)
        edit.setAccessibleName(f"Key for: {label}")
        for inner in edit.findChildren(QWidget):
            inner.setAccessibleName(f"Key for: {label}")
        edit.keySequenceChanged.connect(
            lambda sequence: self.key_chosen.emit(name, sequence.toString(_PORTABLE))
        )
        _Focus(edit, self.recording.emit)
        clear = self.clear_buttons[name] = QToolButton()
        clear.setAccessibleName(f"No key for: {label}")
        clear.setToolTip("No key")
        clear.clicked.connect(edit.clear)
        set_role(clear, "quiet-icon")
        heading = Label(label)
        heading.setBuddy(edit)
        problem = self.problem_labels[name] = wrapped("", "danger")
        problem.hide()
        given = self.given_labels[name] = Label()
        set_role(given, "strong")
        field = QWidget()
        beside = QHBoxLayout(field)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(SPACE_4)
        for widget in (edit, clear, given):
            beside.addWidget(widget)
        beside.addStretch(1)
        rows.addLayout(Flow(heading, field, across=SPACE_4, down=0))
        rows.addWidget(problem)
        return heading

    def show_screens(self, screens: Sequence[tuple[str, str]], chosen: str) -> None:
        """``screens`` are name and what to call it; a choice only where there are several."""
        self.screens.clear()
        for name, words in screens:
            self.screens.addItem(words, name)
        self.screens.setCurrentIndex(max(0, self.screens.findData(chosen)))
        self.screens.setEnabled(len(screens) > 1 and not self._placed_elsewhere)

    def show_keys(self, why_off: str, problems: Mapping[str, str]) -> None:
        """Why no key works, or what is wrong with single ones; what was set is kept all the same."""
        self.why_off_label.setText(why_off)
        self.why_off_label.setVisible(bool(why_off))
        for name, edit in self.edits.items():
            usable = self.keys_on.isChecked() and not why_off
            edit.setEnabled(usable)
            self.clear_buttons[name].setEnabled(usable and not edit.keySequence().isEmpty())
            label, words = self.problem_labels[name], problems.get(name, "")
            label.setText(words)
            label.setVisible(bool(words))
            edit.setAccessibleDescription(words)

    def show_given(self, given: Mapping[str, str] | None, can_configure: bool) -> None:
        """What the desktop has given, where the keys are chosen there (None: they are chosen here)."""
        from_desktop = given is not None
        if isinstance(self._keys_words, QLabel):
            self._keys_words.setText(_DESKTOP_KEYS_WORDS if from_desktop else _KEYS_WORDS)
        self.given_label.setText(_CONFIGURE_WORDS if can_configure else _GIVEN_WORDS)
        self.given_label.setVisible(bool(given))
        self.configure_button.setVisible(can_configure)
        for name, label in self.given_labels.items():
            label.setText((given or {}).get(name, "") or "—")
            label.setVisible(bool(given))
            self.edits[name].setVisible(not from_desktop)
            self.clear_buttons[name].setVisible(not from_desktop)

    @Slot(bool)
    def show_locked(self, locked: bool) -> None:
        self.lock.setChecked(locked)

    def _say_opacity(self, percent: int) -> None:
        self.opacity_label.setText(f"{percent} %")
        self.opacity.setAccessibleDescription(self.opacity_label.text())


class _Focus(QObject):
    """Tells when ``watched`` gets the keyboard and loses it; a child of it."""

    def __init__(self, watched: QWidget, tell: Callable[[bool], None]) -> None:
        super().__init__(watched)
        self._tell = tell
        watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn:
            self._tell(True)
        elif event.type() == QEvent.Type.FocusOut:
            self._tell(False)
        return super().eventFilter(watched, event)
