"""On a Wayland desktop the overlay keeps its place by way of X11, and the settings say where it cannot."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

import ui.overlay.limits as limits_of
from coach.errors import KnownError
from coach.settings import AppearanceSettings, KeySettings
from ui.cannot_start import CannotStart, is_seen
from ui.display import on_wayland, platform_arguments
from ui.overlay.limits import OLD_XWAYLAND, WAYLAND_PLACE, Limits, limits
from ui.overlay.sharing import CANNOT_HIDE
from ui.settings.overlay_page import LOCK_WORDS, OverlayPage

WAYLAND = {"WAYLAND_DISPLAY": "wayland-0"}
BOTH = WAYLAND | {"DISPLAY": ":0"}


@pytest.mark.parametrize(
    ("environ", "system", "arguments"),
    [
        (BOTH, "linux", ["-platform", "xcb;wayland"]),
        (WAYLAND, "linux", []),
        ({"DISPLAY": ":0"}, "linux", []),
        (BOTH | {"QT_QPA_PLATFORM": "wayland"}, "linux", []),
        (BOTH, "darwin", []),
    ],
)
def test_windows_go_by_way_of_x11_only_where_wayland_offers_it(
    environ: dict[str, str], system: str, arguments: list[str]
) -> None:
    """Wayland without Xwayland, X11 itself and whoever chose by hand are left as they are."""
    assert platform_arguments(environ, system) == arguments


@pytest.mark.parametrize(
    ("platform", "environ", "expected"),
    [
        ("wayland", {}, True),
        ("xcb", BOTH, True),
        ("xcb", {"DISPLAY": ":0"}, False),
        ("offscreen", BOTH, False),
    ],
)
def test_the_desktop_is_known_however_windows_are_drawn(
    platform: str, environ: dict[str, str], expected: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What Wayland gives and forbids depends on the desktop, not on the way there."""
    monkeypatch.setattr(QGuiApplication, "platformName", staticmethod(lambda: platform))
    assert on_wayland(environ) is expected


@pytest.mark.parametrize(
    ("platform", "release", "expected"),
    [
        ("wayland", 0, Limits(place=WAYLAND_PLACE)),
        ("xcb", 1_22_01_009, Limits(lock=OLD_XWAYLAND)),
        ("xcb", 1_24_01_006, Limits()),
        ("xcb", 0, Limits()),
        ("offscreen", 1_22_01_009, Limits()),
    ],
)
def test_what_the_desktop_does_not_allow_is_known(
    platform: str, release: int, expected: Limits, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is said where nothing is missing."""
    monkeypatch.setattr(QGuiApplication, "platformName", staticmethod(lambda: platform))
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    monkeypatch.setattr(limits_of, "_server_release", lambda: release)
    assert limits() == expected


def test_the_settings_say_what_cannot_be_had(qtbot: QtBot) -> None:
    """A choice without effect is not offered, and why is told beside it."""
    page = OverlayPage(
        AppearanceSettings(), KeySettings(), CANNOT_HIDE, Limits("No place.", "Clicks may go.")
    )
    qtbot.addWidget(page)
    page.show()
    page.show_screens([("left", "Screen 1"), ("right", "Screen 2")], "left")
    assert page.place_label.isVisible()
    assert page.place_label.text() == "No place."
    assert not page.screens.isEnabled()
    assert page.lock.accessibleDescription() == f"{LOCK_WORDS} Clicks may go."
    free = OverlayPage(AppearanceSettings(), KeySettings(), CANNOT_HIDE)
    qtbot.addWidget(free)
    free.show()
    free.show_screens([("left", "Screen 1"), ("right", "Screen 2")], "left")
    assert not free.place_label.isVisible()
    assert free.screens.isEnabled()


@pytest.mark.parametrize(
    ("terminal", "environ", "seen"),
    [
        (False, {"DISPLAY": ":0"}, True),
        (False, {"WAYLAND_DISPLAY": "wayland-0"}, True),
        (True, {"DISPLAY": ":0"}, False),
        (False, {}, False),
        (False, {"DISPLAY": ":0", "QT_QPA_PLATFORM": "offscreen"}, False),
    ],
)
def test_what_keeps_sameside_from_starting_is_told_in_a_window_where_nothing_else_does(
    terminal: bool, environ: dict[str, str], seen: bool
) -> None:
    """Started by an icon, nobody reads a terminal; where there is no display, a window would be an error."""
    stderr = io.StringIO()
    stderr.isatty = lambda: terminal  # type: ignore[method-assign]
    assert is_seen(stderr, environ, "linux") is seen


def test_a_faulty_settings_file_leads_to_its_folder(qtbot: QtBot, tmp_path: Path) -> None:
    """What is wrong, and the way to mend it."""
    opened: list[str] = []

    def show(url: QUrl) -> bool:
        opened.append(url.toLocalFile())
        return True

    error = KnownError("settings-damaged", "settings.toml cannot be read. Mend or delete it.")
    dialog = CannotStart(error, tmp_path, show)
    qtbot.addWidget(dialog)
    dialog.open()
    assert dialog.words_label.text() == error.message
    dialog.folder_button.click()
    assert opened == [str(tmp_path)]
    dialog.close_button.click()
    assert not dialog.isVisible()
