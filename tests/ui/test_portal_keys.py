"""Keys on Wayland come from the desktop's portal; here it is a fake one, on a bus of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from coach.settings import AppearanceSettings, KeySettings
from tests.fakes.portal import FakePortal, private_bus
from ui.keys.choose import NO_BUS, make_grabber
from ui.keys.combos import ACTIONS, read, wanted
from ui.keys.grabber import DesktopKeys
from ui.keys.hotkeys import Hotkeys
from ui.keys.nameplate import APP_ID, desktop_entry, put_up
from ui.keys.portal import (
    ASKED,
    DECLINED,
    NO_PORTAL,
    NOT_GIVEN,
    TAKEN_BACK,
    PortalKeys,
    readable,
    trigger,
)
from ui.overlay.sharing import CANNOT_HIDE
from ui.settings.overlay_page import OverlayPage

Portals = Callable[..., FakePortal]


@pytest.fixture
def bus(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    with private_bus() as address:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        yield address


@pytest.fixture
def portals(bus: str) -> Iterator[Portals]:
    """Starts portals; none is left when the test is over."""
    made: list[FakePortal] = []

    def start(version: int = 1) -> FakePortal:
        made.append(FakePortal(bus, version))
        return made[-1]

    yield start
    for portal in made:
        portal.stop()


@pytest.fixture
def hotkeys(qtbot: QtBot, bus: str) -> Iterator[Hotkeys]:
    made = Hotkeys(KeySettings(), make=PortalKeys)
    yield made
    made.close()


def apply(qtbot: QtBot, hotkeys: Hotkeys, why_off: str = "") -> None:
    hotkeys.apply()
    qtbot.waitUntil(lambda: hotkeys.why_off == why_off)


def test_every_key_is_asked_for_once_with_its_meaning(
    qtbot: QtBot, portals: Portals, hotkeys: Hotkeys
) -> None:
    """One window of the desktop names all keys, what each is for, and who asks; no call asks for more."""
    portal = portals()
    apply(qtbot, hotkeys)
    assert portal.names == [APP_ID]
    hotkeys.set_in_call(True)
    hotkeys.set_in_call(False)
    (asked,) = portal.asked
    assert {name: about["description"] for name, about in asked.items()} == ACTIONS
    assert asked["start_end"]["preferred_trigger"] == "CTRL+SHIFT+F8"


def test_a_press_does_what_its_click_does_only_in_its_turn(
    qtbot: QtBot, portals: Portals, hotkeys: Hotkeys
) -> None:
    """Keys of a call do nothing while none runs, and presses of another program's session never do."""
    portal = portals()
    apply(qtbot, hotkeys)
    heard: list[str] = []
    hotkeys.pressed.connect(heard.append)
    portal.press("said_it")
    portal.press("start_end", session="/org/freedesktop/portal/desktop/session/other/one")
    with qtbot.waitSignal(hotkeys.pressed):
        portal.press("start_end")
    hotkeys.set_in_call(True)
    with qtbot.waitSignal(hotkeys.pressed):
        portal.press("said_it")
    assert heard == ["start_end", "said_it"]


def test_keys_that_come_with_the_session_are_not_asked_for_again(
    qtbot: QtBot, portals: Portals, hotkeys: Hotkeys
) -> None:
    """Plasma 5.27 opens its settings over the agent's work when it is asked for keys it has given already."""
    portal = portals()
    portal.with_session = True
    portal.triggers = {"start_end": "Ctrl+Shift+F8"}
    apply(qtbot, hotkeys)
    assert hotkeys.shown() == {"start_end": "Ctrl+Shift+F8"}
    (asked,) = portal.asked
    assert {name: about["description"] for name, about in asked.items()} == ACTIONS
    with qtbot.waitSignal(hotkeys.pressed):
        portal.press("start_end")


def test_keys_that_were_given_are_there_whatever_the_answer_is_called(
    qtbot: QtBot, portals: Portals, hotkeys: Hotkeys
) -> None:
    """GNOME 48 takes them from other programs, lists them, and calls it a failure."""
    portal = portals()
    portal.binds = ["failed, but given"]
    apply(qtbot, hotkeys)
    assert hotkeys.shown() == {"start_end": "Ctrl+Shift+F8"}


def test_the_session_has_the_same_name_at_each_start(
    qtbot: QtBot, portals: Portals, hotkeys: Hotkeys
) -> None:
    """Plasma keeps the keys that the agent chose by that name, and shows it in its settings."""
    portal = portals()
    apply(qtbot, hotkeys)
    first = portal.session
    hotkeys.close()
    apply(qtbot, hotkeys)
    assert first != portal.session
    assert {first.rpartition("/")[2], portal.session.rpartition("/")[2]} == {"Sameside"}


def test_the_cards_show_what_the_desktop_gave(qtbot: QtBot, portals: Portals, hotkeys: Hotkeys) -> None:
    """Not what was asked for: the desktop and the agent may have chosen others, and may choose again."""
    portal = portals()
    portal.triggers = {"start_end": "Press <Control><Shift>F8", "why": "Meta+W"}
    apply(qtbot, hotkeys)
    assert hotkeys.shown() == {"start_end": "Ctrl+Shift+F8", "why": "Meta+W"}
    qtbot.waitUntil(lambda: hotkeys.told().get("pause") == NOT_GIVEN)
    with qtbot.waitSignal(hotkeys.changed):
        portal.change({"pause": "Ctrl+F2"})
    qtbot.waitUntil(lambda: hotkeys.shown() == {"pause": "Ctrl+F2"})


def test_whoever_declines_is_not_asked_again_until_they_say_so(
    qtbot: QtBot, portals: Portals, hotkeys: Hotkeys
) -> None:
    """The reason is told; switched off and on again, the desktop is asked once more."""
    portal = portals()
    portal.binds = [1, 0]
    apply(qtbot, hotkeys, DECLINED)
    hotkeys.set_in_call(True)
    assert hotkeys.shown() == {}
    assert len(portal.asked) == 1
    hotkeys._settings.enabled = False
    hotkeys.apply()
    hotkeys._settings.enabled = True
    apply(qtbot, hotkeys)
    assert len(portal.asked) == 2


def test_other_keys_are_another_session(qtbot: QtBot, portals: Portals, hotkeys: Hotkeys) -> None:
    """The first one is closed; a window in which the desktop still asks is taken away too."""
    portal = portals()
    apply(qtbot, hotkeys)
    first = portal.session
    hotkeys._settings.pause = ""
    portal.binds = [9, 0]
    apply(qtbot, hotkeys, ASKED)
    qtbot.waitUntil(lambda: len(portal.asked) == 2)
    assert first in portal.closed
    assert "pause" not in portal.asked[-1]
    hotkeys._settings.pause = "Ctrl+Alt+P"
    apply(qtbot, hotkeys)
    assert any("/request/" in path for path in portal.closed)
    assert portal.asked[-1]["pause"]["preferred_trigger"] == "CTRL+ALT+p"


@pytest.mark.parametrize("version", [None, 0])
def test_without_a_portal_it_says_what_works_instead(
    qtbot: QtBot, portals: Portals, hotkeys: Hotkeys, version: int | None
) -> None:
    """No portal on the bus, or one that has no keys to give: nothing breaks, and the words are there."""
    if version is not None:
        portals(version)
    apply(qtbot, hotkeys, NO_PORTAL)
    assert "mouse" in NO_PORTAL
    assert hotkeys.shown() == {}


def test_a_name_the_desktop_has_not_noticed_yet_is_told_again(
    qtbot: QtBot, portals: Portals, hotkeys: Hotkeys
) -> None:
    """The file with the name may be new; a portal that knows no names at all is asked without."""
    portal = portals()
    portal.name_errors = ["Could not register app ID: App info not found", "No such interface"]
    apply(qtbot, hotkeys)
    assert portal.names == [APP_ID, APP_ID]
    assert len(portal.asked) == 1


def test_keys_that_were_taken_back_are_missed_and_come_back(
    qtbot: QtBot, portals: Portals, hotkeys: Hotkeys
) -> None:
    """A portal that is started anew is asked again by itself; one that closes the session is not."""
    first = portals()
    apply(qtbot, hotkeys)
    first._connection.sock.shutdown(2)
    qtbot.waitUntil(lambda: hotkeys.why_off == TAKEN_BACK)
    second = portals()
    qtbot.waitUntil(lambda: hotkeys.why_off == "")
    second.take_back()
    qtbot.waitUntil(lambda: hotkeys.why_off == TAKEN_BACK)
    assert hotkeys.shown() == {}


def test_the_desktops_own_window_opens_where_there_is_one(
    qtbot: QtBot, portals: Portals, hotkeys: Hotkeys
) -> None:
    """From version 2 of the portal on."""
    portal = portals(2)
    apply(qtbot, hotkeys)
    assert hotkeys.can_configure
    hotkeys.configure()
    qtbot.waitUntil(lambda: portal.configured == [portal.session])


def test_a_bus_that_goes_away_is_told(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """The session bus stops: the keys are off, and closing afterwards breaks nothing."""
    told: list[bool] = []
    with private_bus() as address:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        portal = FakePortal(address)
        keys = PortalKeys(lambda _name: None, lambda: told.append(True))
        keys.bind({"why": read("Ctrl+F4")})  # type: ignore[dict-item]
        qtbot.waitUntil(lambda: keys.why_off == "")
    qtbot.waitUntil(lambda: keys.why_off == TAKEN_BACK)
    assert told
    keys.close()
    portal.stop()


def test_no_bus_at_all_is_an_error_that_is_caught(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without an address, and with one that leads nowhere."""
    for address in (None, "unix:path=/nowhere/bus", "tcp:host=x,port=1", "nonsense"):
        monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
        if address is not None:
            monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        with pytest.raises(OSError, match=r"bus|No such|ENOENT"):
            PortalKeys(lambda _name: None, lambda: None)


def test_it_is_a_desktops_keys_and_no_other_grabber_is(qtbot: QtBot, portals: Portals, bus: str) -> None:
    """What asks the agent is told from what takes a key by itself."""
    keys = PortalKeys(lambda _name: None, lambda: None)
    assert isinstance(keys, DesktopKeys)
    assert not isinstance(QObject(), DesktopKeys)
    keys.close()


def test_on_wayland_the_portal_is_asked_and_knows_who_asks(
    qtbot: QtBot, portals: Portals, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The platform decides, the name is there before the first question, and without a bus it says so."""
    monkeypatch.setattr(QGuiApplication, "platformName", staticmethod(lambda: "wayland-egl"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    portal = portals()
    keys = make_grabber(lambda _name: None, lambda: None)
    assert isinstance(keys, PortalKeys)
    qtbot.waitUntil(lambda: portal.names == [APP_ID])
    assert (tmp_path / "data" / "applications" / f"{APP_ID}.desktop").is_file()
    keys.close()
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere/bus")
    assert make_grabber(lambda _name: None, lambda: None) == NO_BUS


def test_drawn_by_way_of_x11_the_keys_come_from_the_portal_all_the_same(
    qtbot: QtBot, portals: Portals, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Keys taken from Xwayland would reach Sameside only while a window of X11 has the keyboard."""
    monkeypatch.setattr(QGuiApplication, "platformName", staticmethod(lambda: "xcb"))
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    portal = portals()
    keys = make_grabber(lambda _name: None, lambda: None)
    assert isinstance(keys, PortalKeys)
    qtbot.waitUntil(lambda: portal.names == [APP_ID])
    keys.close()


def test_the_settings_show_what_the_desktop_gave_in_place_of_fields(
    qtbot: QtBot, portals: Portals, hotkeys: Hotkeys
) -> None:
    """Nothing can be chosen there that would have no effect; one button leads to where it can."""
    portal = portals(2)
    apply(qtbot, hotkeys)
    page = OverlayPage(AppearanceSettings(), KeySettings(), CANNOT_HIDE)
    qtbot.addWidget(page)
    page.configure_wanted.connect(hotkeys.configure)
    page.show_keys(hotkeys.why_off, hotkeys.told())
    page.show_given(hotkeys.given, hotkeys.can_configure)
    page.show()
    assert page.given_labels["start_end"].text() == "Ctrl+Shift+F8"
    assert page.given_labels["pause"].text() == "—"
    assert not any(edit.isVisible() for edit in page.edits.values())
    page.configure_button.click()
    qtbot.waitUntil(lambda: portal.configured == [portal.session])
    page.show_given(None, False)
    assert all(edit.isVisible() for edit in page.edits.values())
    assert not page.configure_button.isVisible()


def test_every_key_that_is_shipped_can_be_asked_for() -> None:
    """Modifiers in the order and the words of the shortcuts specification, keys by their names in X11."""
    asked = {name: trigger(combo) for name, keys in wanted(KeySettings()).items() if (combo := read(keys))}
    assert asked["said_it"] == "CTRL+SHIFT+F1"
    assert len(set(asked.values())) == len(ACTIONS)
    combo = read("Meta+Alt+PgDown")
    assert combo is not None
    assert trigger(combo) == "ALT+LOGO+Next"


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("Press <Control><Alt>x", "Ctrl+Alt+x"),
        ("Ctrl+Shift+F1", "Ctrl+Shift+F1"),
        ("", ""),
        (" Meta+W ", "Meta+W"),
    ],
)
def test_each_desktops_way_of_naming_a_key_is_read(said: str, shown: str) -> None:
    """A card says "Ctrl+Alt+x" on every desktop."""
    assert readable(said) == shown


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).map(lambda name: f"/opt/{name}"))
def test_the_desktop_file_names_one_program(path: str) -> None:
    """Whatever the folder is called: one line, quoted, with nothing left to expand."""
    line = next(one for one in desktop_entry(Path(path)).split("\n") if one.startswith("Exec="))
    assert line.startswith('Exec="/')
    assert line.endswith('" app')
    assert line.removesuffix('" app').count('"') == 1 + path.count('"')
    assert line.count("%") == 2 * path.count("%")


def test_the_desktop_file_is_written_once(tmp_path: Path) -> None:
    """One that is there is somebody's, and stays; a folder that cannot be written costs nothing."""
    put_up(tmp_path)
    at = tmp_path / "applications" / f"{APP_ID}.desktop"
    assert "Name=Sameside" in at.read_text()
    at.write_text("mine")
    put_up(tmp_path)
    assert at.read_text() == "mine"
    (tmp_path / "file").write_text("")
    put_up(tmp_path / "file")
