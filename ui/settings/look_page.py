"""How Sameside looks, and whether anything in it moves."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QRadioButton, QWidget

from coach.settings import AppearanceSettings, Theme
from ui.settings.parts import SettingsPage, explained, wrapped

_THEMES: dict[Theme, tuple[str, str]] = {
    "system": ("As the s&ystem has it", "Light by day and dark by night, where your desktop changes them."),
    "light": ("&Light", ""),
    "dark": ("&Dark", ""),
}
_CONTRAST = "High contrast is taken from the settings of your system, in light and dark."
_MOTION = (
    "Cards appear and go without sliding or fading. So they do where your desktop asks for less movement."
)


class LookPage(SettingsPage):
    theme_chosen = Signal(str)
    motion_chosen = Signal(bool)

    def __init__(self, appearance: AppearanceSettings, parent: QWidget | None = None) -> None:
        super().__init__("Look", parent)
        card = self.add_card("Colours")
        self.themes: dict[Theme, QRadioButton] = {}
        for theme, (words, more) in _THEMES.items():
            button = self.themes[theme] = QRadioButton(words)
            button.setChecked(theme == appearance.theme)
            button.clicked.connect(lambda _on=False, name=theme: self.theme_chosen.emit(name))
            if more:
                card.addLayout(explained(button, more))
            else:
                card.addWidget(button)
        card.addWidget(wrapped(_CONTRAST, "caption"))
        moving = self.add_card("Movement")
        self.motion = QCheckBox("&Reduced motion")
        self.motion.setChecked(appearance.reduced_motion)
        self.motion.clicked.connect(self.motion_chosen)
        moving.addLayout(explained(self.motion, _MOTION))

    def show_theme(self, theme: Theme) -> None:
        self.themes[theme].setChecked(True)

    def show_motion(self, reduced: bool) -> None:
        self.motion.setChecked(reduced)
