"""The themes put on the application. Widgets import tokens, themes and icons from here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from coach.resources import asset
from ui.look.icons import icon, icon_pixmap
from ui.look.stylesheet import style_sheet
from ui.look.tokens import (
    CONTROL_HEIGHT,
    DARK,
    DARK_CONTRAST,
    FONT_FAMILY,
    LIGHT,
    LIGHT_CONTRAST,
    RADIUS_L,
    RADIUS_M,
    RADIUS_S,
    SIGN_PAIRS,
    SPACE_1,
    SPACE_2,
    SPACE_3,
    SPACE_4,
    SPACE_5,
    SPACE_6,
    SPACE_8,
    SPACE_12,
    TEXT_BODY_PX,
    TEXT_CAPTION_PX,
    TEXT_CUE_PX,
    TEXT_DISPLAY_PX,
    TEXT_LARGE_PX,
    TEXT_PAIRS,
    TEXT_READING_PX,
    TEXT_TITLE_PX,
    THEMES,
    Colours,
    Theme,
)

__all__ = [
    "CONTROL_HEIGHT",
    "DARK",
    "DARK_CONTRAST",
    "FONT_FAMILY",
    "LIGHT",
    "LIGHT_CONTRAST",
    "RADIUS_L",
    "RADIUS_M",
    "RADIUS_S",
    "SIGN_PAIRS",
    "SPACE_1",
    "SPACE_2",
    "SPACE_3",
    "SPACE_4",
    "SPACE_5",
    "SPACE_6",
    "SPACE_8",
    "SPACE_12",
    "TEXT_BODY_PX",
    "TEXT_CAPTION_PX",
    "TEXT_CUE_PX",
    "TEXT_DISPLAY_PX",
    "TEXT_LARGE_PX",
    "TEXT_PAIRS",
    "TEXT_READING_PX",
    "TEXT_TITLE_PX",
    "THEMES",
    "Colours",
    "Theme",
    "ThemeChoice",
    "ThemeKeeper",
    "apply_theme",
    "current_theme",
    "dressed_last",
    "icon",
    "icon_pixmap",
    "load_font",
    "palette",
    "set_role",
    "theme_keeper",
]

ThemeChoice = Literal["system", "light", "dark"]
Made = TypeVar("Made")

_FONT_FILES = ("Inter-Regular.otf", "Inter-Medium.otf", "Inter-SemiBold.otf")


class ThemeKeeper(QObject):
    """Keeps the look in step with the user's choice and the system. A child of the application."""

    theme_changed = Signal(object)
    """The new ``Theme``."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self.theme = LIGHT
        self._app = app
        self._choice: ThemeChoice = "system"
        load_font()
        app.setStyle("Fusion")
        # Both are kept: PySide6 takes the second for deleted once nobody holds the first.
        self._hints = app.styleHints()
        self._accessibility = self._hints.accessibility()
        self._hints.colorSchemeChanged.connect(self.follow_system)
        self._accessibility.contrastPreferenceChanged.connect(self.follow_system)

    def choose(self, choice: ThemeChoice) -> Theme:
        self._choice = choice
        if choice == "system":
            self._hints.unsetColorScheme()
        else:
            self._hints.setColorScheme(Qt.ColorScheme.Dark if choice == "dark" else Qt.ColorScheme.Light)
        self.put_on(self._wanted())
        return self.theme

    def system_is_dark(self) -> bool:
        return self._hints.colorScheme() == Qt.ColorScheme.Dark

    def system_wants_contrast(self) -> bool:
        return self._accessibility.contrastPreference() == Qt.ContrastPreference.HighContrast

    def follow_system(self) -> None:
        """Take up what changed in the system, as far as the user's choice leaves it to the system."""
        if self._wanted() is not self.theme:
            self.put_on(self._wanted())

    def _wanted(self) -> Theme:
        dark = self._choice == "dark" or (self._choice == "system" and self.system_is_dark())
        if self.system_wants_contrast():
            return DARK_CONTRAST if dark else LIGHT_CONTRAST
        return DARK if dark else LIGHT

    def put_on(self, theme: Theme) -> None:
        """Give the whole application one look, until the next choice. What is on already is left as it is."""
        sheet = style_sheet(theme)
        if self.theme is theme and self._app.styleSheet() == sheet:
            return
        self.theme = theme
        font = QFont(FONT_FAMILY)
        font.setPixelSize(TEXT_BODY_PX)
        self._app.setFont(font)
        self._app.setPalette(palette(theme))
        self._app.setStyleSheet(sheet)
        self.theme_changed.emit(theme)


def load_font() -> None:
    """Make the bundled font known to Qt. Text falls back to the system's font where it cannot be read."""
    for name in _FONT_FILES:
        QFontDatabase.addApplicationFont(str(asset("fonts", name)))


def theme_keeper(app: QApplication) -> ThemeKeeper:
    """The application's keeper, made when first asked for."""
    found = app.findChild(ThemeKeeper)
    return found if isinstance(found, ThemeKeeper) else ThemeKeeper(app)


def apply_theme(app: QApplication, choice: ThemeChoice) -> Theme:
    """Put the chosen look on the whole application; "system" follows the system from then on."""
    return theme_keeper(app).choose(choice)


def dressed_last(make: Callable[[], Made]) -> Made:
    """The first window, made by ``make``: it gets the style sheet all at once when it is whole.

    Qt would work it out again for a whole branch of widgets each time the branch is put into another.
    Where there are windows already, it stays on: Qt does not survive every one of them losing it and going.
    """
    app = QApplication.instance()
    sheet = app.styleSheet() if isinstance(app, QApplication) and not app.topLevelWidgets() else ""
    if not sheet:
        return make()
    app.setStyleSheet("")
    try:
        return make()
    finally:
        app.setStyleSheet(sheet)


def current_theme() -> Theme:
    """The look in force; light before ``apply_theme``."""
    app = QApplication.instance()
    found = app.findChild(ThemeKeeper) if app is not None else None
    return found.theme if isinstance(found, ThemeKeeper) else LIGHT


def set_role(widget: QWidget, role: str) -> None:
    """Give a widget its part in the style sheet (see ``ui/look/stylesheet.py``), also after it was shown."""
    widget.setProperty("role", role)
    # One that was never shown takes its look up as it is: now it would be for nothing, once for every widget.
    if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def palette(theme: Theme) -> QPalette:
    """The theme as Qt's own colour roles, for everything the style sheet does not name."""
    colours = theme.colours
    role = QPalette.ColorRole
    made = QPalette()
    for which, colour in (
        (role.Window, colours.window),
        (role.WindowText, colours.text),
        (role.Base, colours.surface),
        (role.AlternateBase, colours.sunken),
        (role.Text, colours.text),
        (role.PlaceholderText, colours.text_muted),
        (role.Button, colours.surface),
        (role.ButtonText, colours.text),
        (role.BrightText, colours.danger_text),
        (role.ToolTipBase, colours.surface),
        (role.ToolTipText, colours.text),
        (role.Highlight, colours.accent),
        (role.HighlightedText, colours.on_accent),
        (role.Accent, colours.accent),
        (role.Link, colours.accent),
        (role.LinkVisited, colours.accent),
        (role.Mid, colours.border),
        (role.Dark, colours.control_border),
    ):
        made.setColor(which, QColor(colour))
    for which in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, which, QColor(colours.text_muted))
    return made
