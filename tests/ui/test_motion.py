"""Cards move only where neither the agent nor the desktop asks for less movement."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from jeepney import DBusAddress, HeaderFields, MessageType, message_bus, new_method_return, new_signal
from jeepney.io.blocking import DBusConnection, open_dbus_connection
from pytestqt.qtbot import QtBot

from coach.settings import AppearanceSettings
from scripts.overlay_pictures import CUE
from tests.fakes.portal import private_bus
from ui.keys.motion import DesktopMotion, wants_less
from ui.overlay import CueOverlay

PORTAL = "org.freedesktop.portal.Desktop"
SETTINGS = DBusAddress("/org/freedesktop/portal/desktop", PORTAL, "org.freedesktop.portal.Settings")
GNOME = "org.gnome.desktop.interface"


@pytest.fixture
def portal(monkeypatch: pytest.MonkeyPatch) -> Iterator[DBusConnection]:
    """A connection that owns the portal's name; it answers where the test lets it."""
    with private_bus() as address:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        connection = open_dbus_connection(address)
        connection.send_and_get_reply(message_bus.RequestName(PORTAL))
        yield connection
        connection.close()


def answer(portal: DBusConnection, **values: tuple[str, Any]) -> None:
    """The next question gets what GNOME would say."""
    while True:
        asked = portal.receive(timeout=10)
        fields = asked.header.fields
        if asked.header.message_type is MessageType.method_call and fields[HeaderFields.member] == "ReadAll":
            keys = {key.replace("_", "-"): value for key, value in values.items()}
            portal.send(new_method_return(asked, "a{sa{sv}}", ({GNOME: keys},)))
            return


@pytest.mark.parametrize(
    ("told", "less"),
    [
        ({}, False),
        ({(GNOME, "enable-animations"): True}, False),
        ({(GNOME, "enable-animations"): False}, True),
        ({("org.freedesktop.appearance", "reduced-motion"): 1}, True),
        ({("org.freedesktop.appearance", "reduced-motion"): 0}, False),
        ({("org.kde.kdeglobals.KDE", "AnimationDurationFactor"): "0"}, True),
        ({("org.kde.kdeglobals.KDE", "AnimationDurationFactor"): "0.5"}, False),
        ({("org.kde.kdeglobals.KDE", "AnimationDurationFactor"): ""}, False),
        ({("windows", "animation"): False}, True),
        ({("macos", "reduceMotion"): True}, True),
    ],
)
def test_each_desktop_says_it_in_its_own_way(told: dict[tuple[str, str], Any], less: bool) -> None:
    """What nobody said is no wish for less."""
    assert wants_less(told) is less


def test_a_desktop_is_heard_at_the_start_and_when_it_changes(qtbot: QtBot, portal: DBusConnection) -> None:
    """On Linux by the portal, without waiting for it."""
    motion = DesktopMotion()
    motion.ask()
    assert not motion.reduced
    with qtbot.waitSignal(motion.changed):
        answer(portal, enable_animations=("b", False))
    assert motion.reduced
    with qtbot.waitSignal(motion.changed):
        portal.send(new_signal(SETTINGS, "SettingChanged", "ssv", (GNOME, "enable-animations", ("b", True))))
    assert not motion.reduced
    motion.close()


def test_without_a_bus_nothing_is_asked(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a desktop cannot be asked, the agent's own setting is what counts."""
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "disabled:")
    motion = DesktopMotion()
    motion.ask()
    assert not motion.reduced
    motion.close()


@pytest.mark.parametrize("own", [False, True])
@pytest.mark.parametrize("desktop", [False, True])
def test_a_card_fades_in_only_where_nobody_minds(qtbot: QtBot, own: bool, desktop: bool) -> None:
    """Either wish is enough, and a fade that runs ends at once."""
    overlay = CueOverlay(AppearanceSettings(reduced_motion=own))
    qtbot.addWidget(overlay)
    overlay.fade.set_desktop_still(desktop)
    overlay.show_cue(CUE)
    assert overlay.fade.is_running is not (own or desktop)
    overlay.fade.set_desktop_still(True)
    assert not overlay.fade.is_running
