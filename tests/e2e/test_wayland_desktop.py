"""The overlay on a Wayland desktop: GNOME's compositor, in an X server that presses keys and clicks."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.desktop import START_S, Desktop, missing_packages
from tests.e2e.test_overlay_desktop import Overlay
from tests.fakes.portal import private_bus

pytestmark = [pytest.mark.desktop, pytest.mark.timeout(240)]

HERE = Path(__file__).parent
SOCKET = "wayland-sameside"
NEEDED = ("mutter", "Xwayland")


class WaylandDesktop(Desktop):
    """``env`` is for programs on the Wayland desktop; keys and clicks come from the X server around it."""

    def __init__(self, folder: Path, bus: str) -> None:
        super().__init__(folder)
        self._bus = bus
        self._around: dict[str, str] = {}

    def _start(self) -> None:
        super()._start()
        self._around = dict(self.env)
        self.env |= {"DBUS_SESSION_BUS_ADDRESS": self._bus, "XDG_SESSION_TYPE": "wayland"}
        mode = {"MUTTER_DEBUG_DUMMY_MODE_SPECS": "1024x700"}
        command = ("mutter", "--nested", "--wayland", f"--wayland-display={SOCKET}")
        self.run("mutter", *command, env=mode, vital=True)
        runtime = Path(self.env["XDG_RUNTIME_DIR"])
        self.wait((runtime / SOCKET).exists, START_S, "the Wayland desktop is there")
        said = lambda: re.search(r"public X11 display (:\d+)", (self.folder / "mutter.log").read_text())  # noqa: E731
        display = self.wait(said, START_S, "Xwayland has its display")[1]
        allowed = self.wait(
            lambda: next(runtime.glob(".mutter-Xwaylandauth.*"), None), START_S, "its programs are let in"
        )
        self.env |= {"WAYLAND_DISPLAY": SOCKET, "DISPLAY": display, "XAUTHORITY": str(allowed)}

    def _start_manager(self) -> None:
        pass

    def _start_sound(self, runtime: Path) -> None:
        pass

    def _xdotool(self, *arguments: str) -> str:
        inside, self.env = self.env, self._around or self.env
        try:
            return super()._xdotool(*arguments)
        finally:
            self.env = inside


@pytest.fixture(scope="module")
def overlay(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Overlay]:
    """The app as it draws by itself on such a desktop, in the middle of a call."""
    missing = missing_packages() or [tool for tool in NEEDED if shutil.which(tool) is None]
    if missing:
        pytest.skip(f"NO WAYLAND DESKTOP TO TEST ON. Install: apt-get install {' '.join(missing).lower()}")
    folder = tmp_path_factory.mktemp("wayland")
    with private_bus() as bus, WaylandDesktop(folder / "desktop", bus) as desktop:
        made = Overlay(desktop, folder)
        made.tell("start")
        made.until("the call runs", phase="running")
        made.tell("hide-window")
        yield made


def test_it_stands_in_its_corner_and_leaves_the_keyboard_alone(overlay: Overlay) -> None:
    """By way of X11, over a full-screen window of Wayland's own that gets each key typed while cues come."""
    desktop = overlay.desktop
    state = overlay.state()
    assert state["platform"] == "xcb"
    desktop.run(
        "beneath", sys.executable, str(HERE / "wayland_window.py"), env={"QT_QPA_PLATFORM": "wayland"}
    )
    beneath = desktop.folder / "beneath.log"

    def reached() -> bool:
        desktop.click(200, 200)
        return "click" in beneath.read_text()

    desktop.wait(reached, START_S, "it fills the screen")
    typed = ""
    for letter, change in zip(
        "lampas", (overlay.show_cue, lambda: overlay.end_cue("expire")) * 3, strict=True
    ):
        desktop.type(letter)
        typed += letter
        change()
    desktop.type("t")
    keys = lambda: re.findall(r"key (\w)", beneath.read_text())  # noqa: E731
    desktop.wait(lambda: "".join(keys()) == f"{typed}t", START_S, "all that was typed")
    x, y, width, height = overlay.show_cue()["box"]
    across, down = state["screens"][0][2:]
    assert (across - 16, down - 16) == (x + width, y + height)
