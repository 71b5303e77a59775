"""Colours people can read, a look that follows the user and the system, icons that exist."""

from __future__ import annotations

from dataclasses import asdict

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QFontInfo, QIcon, QImage, QPalette, QRegion
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QListWidget,
    QPushButton,
    QRadioButton,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from coach.resources import asset
from ui.look.theme import (
    DARK,
    LIGHT,
    LIGHT_CONTRAST,
    SIGN_PAIRS,
    TEXT_PAIRS,
    THEMES,
    Theme,
    apply_theme,
    current_theme,
    dressed_last,
    icon,
    icon_pixmap,
    set_role,
    theme_keeper,
)

ICONS = sorted(path.stem for path in asset("icons").glob("*.svg"))


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    lighter, darker = sorted((luminance(first), luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
@pytest.mark.parametrize("pair", TEXT_PAIRS, ids="-on-".join)
def test_all_text_can_be_read(theme: Theme, pair: tuple[str, str]) -> None:
    """Every text has a contrast of 4.5 to 1 (WCAG AA); 7 to 1 in high contrast."""
    colours = asdict(theme.colours)
    assert contrast(colours[pair[0]], colours[pair[1]]) >= (7.0 if theme.high_contrast else 4.5)


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
@pytest.mark.parametrize("pair", SIGN_PAIRS, ids="-on-".join)
def test_all_signs_can_be_seen(theme: Theme, pair: tuple[str, str]) -> None:
    """Every icon and outline that carries meaning has a contrast of 3 to 1 (WCAG 1.4.11)."""
    colours = asdict(theme.colours)
    assert contrast(colours[pair[0]], colours[pair[1]]) >= 3.0


def test_the_users_choice_is_put_on_the_application(qapp: QApplication) -> None:
    """Palette and current theme follow the choice."""
    assert apply_theme(qapp, "dark") is DARK
    assert qapp.palette().color(QPalette.ColorRole.Window) == QColor(DARK.colours.window)
    assert apply_theme(qapp, "light") is LIGHT
    assert current_theme() is LIGHT
    assert qapp.palette().color(QPalette.ColorRole.Window) == QColor(LIGHT.colours.window)


def test_a_change_of_look_is_told_to_those_who_paint(qapp: QApplication, qtbot: QtBot) -> None:
    """Widgets that tint icons themselves hear of every change."""
    keeper = theme_keeper(qapp)
    with qtbot.waitSignal(keeper.theme_changed) as told:
        apply_theme(qapp, "dark")
    assert told.args == [DARK]


def test_the_system_is_followed_only_when_asked(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    """A system that turns dark changes the look only of who chose "system"; high contrast changes all."""
    keeper = theme_keeper(qapp)
    apply_theme(qapp, "light")
    monkeypatch.setattr(keeper, "system_is_dark", lambda: True)
    keeper.follow_system()
    assert current_theme() is LIGHT
    apply_theme(qapp, "system")
    assert current_theme() is DARK
    monkeypatch.setattr(keeper, "system_is_dark", lambda: False)
    monkeypatch.setattr(keeper, "system_wants_contrast", lambda: True)
    keeper.follow_system()
    assert current_theme() is LIGHT_CONTRAST


def test_what_is_on_already_is_not_put_on_again(qapp: QApplication) -> None:
    """It would be worked out anew for every widget there is, for nothing; a look that was taken off is."""
    apply_theme(qapp, "light")
    told: list[Theme] = []
    theme_keeper(qapp).theme_changed.connect(told.append)
    apply_theme(qapp, "light")
    assert told == []
    qapp.setStyleSheet("")
    apply_theme(qapp, "light")
    assert told == [LIGHT]
    apply_theme(qapp, "dark")
    assert told == [LIGHT, DARK]
    assert qapp.styleSheet()
    theme_keeper(qapp).theme_changed.disconnect(told.append)


def test_windows_made_before_they_are_dressed_look_like_others(qapp: QApplication, qtbot: QtBot) -> None:
    """The first gets the style sheet as a whole, and is the same picture; a later one never lacks it."""
    apply_theme(qapp, "light")
    sheet = qapp.styleSheet()

    def made() -> QPushButton:
        button = QPushButton("Start")
        set_role(button, "primary")
        qtbot.addWidget(button)
        return button

    sheets: list[str] = []

    def fails() -> None:
        sheets.append(qapp.styleSheet())
        raise ValueError("no window")

    with pytest.raises(ValueError, match="no window"):
        dressed_last(fails)
    assert (sheets, qapp.styleSheet()) == ([""], sheet)
    late = dressed_last(made)
    assert qapp.styleSheet() == sheet
    with pytest.raises(ValueError, match="no window"):
        dressed_last(fails)
    assert sheets == ["", sheet]
    usual = made()
    assert late.grab().toImage() == usual.grab().toImage()


def test_the_bundled_font_is_used_in_three_weights(qapp: QApplication) -> None:
    """Text is set in the font that ships with Sameside, whatever the system has."""
    apply_theme(qapp, "light")
    assert QFontInfo(qapp.font()).family() == "Inter"
    assert (asset("fonts", "Inter-LICENSE.txt")).read_text(encoding="utf-8").startswith("Copyright")


def test_roles_reach_the_widgets(qapp: QApplication, qtbot: QtBot) -> None:
    """A role changes the look, also of a widget that has been shown already."""
    theme = apply_theme(qapp, "light")
    label, button = QLabel("Flagged"), QPushButton("Start")
    for widget in (label, button):
        qtbot.addWidget(widget)
        widget.show()
    set_role(label, "flag")
    set_role(button, "primary")
    assert label.palette().color(QPalette.ColorRole.WindowText) == QColor(theme.colours.flag_text)
    assert button.grab().toImage().pixelColor(button.width() // 2, 4) == QColor(theme.colours.accent)


@pytest.mark.parametrize("kind", [QPushButton, QToolButton, QCheckBox, QRadioButton, QComboBox])
@pytest.mark.parametrize("role", ["", "primary", "quiet", "small", "quiet-icon", "danger"])
def test_the_focus_is_shown_once(qapp: QApplication, qtbot: QtBot, kind: type[QWidget], role: str) -> None:
    """By our border. Qt's own frame inside of it, once one goes by the keys, would be a second."""
    apply_theme(qapp, "light")
    window = QWidget()
    qtbot.addWidget(window)
    made = kind(window)
    set_role(made, role)
    if isinstance(made, QComboBox):
        made.addItem("Speak")
    else:
        made.setText("Speak")
    made.resize(160, 40)
    window.show()
    qtbot.waitExposed(window)
    plain = made.grab().toImage()
    window.activateWindow()
    made.setFocus()
    qtbot.waitUntil(made.hasFocus)
    by_mouse = made.grab().toImage()
    window.setAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)
    by_keys = made.grab().toImage()
    assert bool(by_keys == by_mouse)
    assert bool(by_mouse != plain), "the focus is not seen"


@pytest.mark.parametrize("name", ICONS)
def test_every_icon_draws_something(qtbot: QtBot, name: str) -> None:
    """No drawing is empty or broken."""
    image = icon_pixmap(name, "#0f6b62", 24).toImage()
    drawn = sum(image.pixelColor(x, y).alpha() > 100 for x in range(24) for y in range(24))
    assert drawn >= 12


def test_an_icon_takes_its_colour_and_greys_when_disabled(qtbot: QtBot) -> None:
    """Icons are tinted; the disabled one is fainter; sharp on dense screens."""
    made = icon("stop", "#b3372a")
    centre = made.pixmap(24).toImage().pixelColor(12, 12)
    assert centre == QColor("#b3372a")
    assert made.pixmap(24, QIcon.Mode.Disabled).toImage().pixelColor(12, 12).alpha() < 160
    assert icon_pixmap("stop", "#b3372a", 20, 2.0).width() == 40


def picture(widget: QWidget, theme: Theme) -> QImage:
    """On the ground of the sidebar, against which signs stand out least."""
    image = QImage(widget.size(), QImage.Format.Format_RGB32)
    image.fill(QColor(theme.colours.sunken))
    widget.render(image, QPoint(), QRegion(), QWidget.RenderFlag.DrawChildren)
    return image


def told_apart(one: QImage, other: QImage, ratio: float) -> int:
    """How many pixels differ by that contrast."""
    return sum(
        contrast(one.pixelColor(x, y).name(), other.pixelColor(x, y).name()) >= ratio
        for x in range(one.width())
        for y in range(one.height())
    )


def told_apart_disabled(button: QAbstractButton, theme: Theme, ratio: float) -> int:
    """How many of its pixels differ by that contrast once it cannot be used."""
    with_it = picture(button, theme)
    button.setEnabled(False)
    return told_apart(with_it, picture(button, theme), ratio)


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
@pytest.mark.parametrize("chosen", [False, True], ids=["", "chosen"])
@pytest.mark.parametrize("kind", [QCheckBox, QRadioButton, QPushButton])
def test_what_cannot_be_used_looks_so_in_every_theme(
    qapp: QApplication, qtbot: QtBot, theme: Theme, kind: type[QAbstractButton], chosen: bool
) -> None:
    """Its outline is another, at twice the contrast: in high contrast there is no grey to tell it by."""
    theme_keeper(qapp).put_on(theme)
    button = kind()
    button.setCheckable(True)
    button.setChecked(chosen)
    button.setFixedSize(60, 40)
    qtbot.addWidget(button)
    assert told_apart_disabled(button, theme, 2.0) >= 12


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
@pytest.mark.parametrize("role", ["quiet", "small", "danger"])
def test_a_button_of_every_kind_shows_that_it_cannot_be_used(
    qapp: QApplication, qtbot: QtBot, theme: Theme, role: str
) -> None:
    """By fainter words or another outline, also one that has no outline otherwise."""
    theme_keeper(qapp).put_on(theme)
    button = QPushButton("Delete all of them")
    set_role(button, role)
    button.setFixedSize(180, 44)
    qtbot.addWidget(button)
    assert told_apart_disabled(button, theme, 1.5) >= 12


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
@pytest.mark.parametrize("role", ["", "quiet", "small"])
def test_what_is_chosen_is_seen_without_hues(
    qapp: QApplication, qtbot: QtBot, theme: Theme, role: str
) -> None:
    """By a bar at its edge of 3 to 1 (WCAG 1.4.11) to the ground: the tint of its own is no lighter."""
    theme_keeper(qapp).put_on(theme)
    button = QPushButton()
    set_role(button, role)
    button.setCheckable(True)
    button.setFixedSize(90, 44)
    qtbot.addWidget(button)
    plain = picture(button, theme)
    button.setChecked(True)
    assert told_apart(plain, picture(button, theme), 3.0) >= 60
    button.setText("To keep")
    chosen = button.sizeHint()
    button.setChecked(False)
    assert button.sizeHint() == chosen, "it would be cut off, or move what is around it"


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_the_chosen_line_of_a_list_is_seen_without_the_focus(
    qapp: QApplication, qtbot: QtBot, theme: Theme
) -> None:
    """As the page of the settings that is open, once the keyboard is in the page."""
    theme_keeper(qapp).put_on(theme)
    made = QListWidget()
    qtbot.addWidget(made)
    made.addItems([" ", " "])
    made.setFixedSize(120, 90)
    plain = picture(made, theme)
    made.setCurrentRow(0)
    assert told_apart(plain, picture(made, theme), 3.0) >= 12


def test_only_the_logo_is_drawn_for_the_size_of_a_windows_icon(qtbot: QtBot) -> None:
    """A button's icon is sharp up to 64 pixels; thirty icons at 128 would take 14 MB for nothing."""
    sizes = {
        name: max(size.width() for size in icon(name, "#0f6b62").availableSizes())
        for name in ("stop", "logo")
    }
    assert sizes == {"stop": 64, "logo": 128}


def test_a_window_made_anew_draws_no_icon_again(qtbot: QtBot) -> None:
    """One drawing serves every window; another colour is another."""
    assert icon("stop", "#b3372a").cacheKey() == icon("stop", "#b3372a").cacheKey()
    assert icon("stop", "#b3372a").cacheKey() != icon("stop", "#0f6b62").cacheKey()


def test_a_missing_icon_is_a_bug_that_shows(qtbot: QtBot) -> None:
    """A misspelt name fails instead of drawing nothing."""
    with pytest.raises(FileNotFoundError):
        icon("no-such-icon", "#000000")


def test_flag_and_repair_differ_in_shape() -> None:
    """Colour is never the only sign: the two marks are different drawings."""
    shapes = {name: asset("icons", f"{name}.svg").read_text(encoding="utf-8") for name in ("flag", "repair")}
    assert shapes["flag"] != shapes["repair"]
