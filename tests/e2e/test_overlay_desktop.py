"""The overlay on a real display with a window manager: it is seen, and in nobody's way."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.e2e import click_window, other_window
from tests.e2e.desktop import START_S, Desktop, Window, missing_packages

pytestmark = [pytest.mark.desktop, pytest.mark.timeout(240)]

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
LOADING_S = 60.0
LEFT, RIGHT = [0, 0, 640, 800], [640, 0, 640, 800]
MONITORS = ("left 640/170x800/210+0+0 screen", "right 640/170x800/210+640+0 none")

State = dict[str, Any]


class Screens(Desktop):
    """Two screens side by side, and no sound."""

    def _start(self) -> None:
        super()._start()
        for monitor in MONITORS:
            subprocess.run(["xrandr", "--setmonitor", *monitor.split()], env=self.env, check=True)

    def _start_sound(self, runtime: Path) -> None:
        pass


class Overlay:
    """The app of ``overlay_program`` on ``desktop``."""

    def __init__(self, desktop: Desktop, folder: Path, name: str = "overlay", vital: bool = True) -> None:
        self.desktop = desktop
        self._pipe = folder / "pipe"
        self._state = folder / "state.json"
        os.mkfifo(self._pipe)
        command = (sys.executable, "-m", "tests.e2e.overlay_program", str(self._pipe), str(self._state))
        self.process = desktop.run(name, *command, env={"PYTHONPATH": str(ROOT)}, vital=vital)
        desktop.wait(self._state.exists, LOADING_S, "the app is there")

    def state(self) -> State:
        told: State = json.loads(self._state.read_text(encoding="utf-8"))
        return told

    def tell(self, command: str) -> None:
        """Until the app has obeyed."""
        before = self.state()["obeyed"]
        with self._pipe.open("w", encoding="utf-8") as pipe:
            pipe.write(f"{command}\n")
        self.desktop.wait(lambda: self.state()["obeyed"] > before, LOADING_S, command)

    def until(self, what: str, **wanted: object) -> State:
        """The state once it holds the values wanted."""

        def there() -> State | None:
            state = self.state()
            return state if all(state[key] == value for key, value in wanted.items()) else None

        return self.desktop.wait(there, LOADING_S, what)

    def show_cue(self) -> State:
        self.tell("cue")
        return self.desktop.wait(
            lambda: state if (state := self.state())["title"].startswith("Sameside cue: ") else None,
            LOADING_S,
            "the cue is on the card",
        )

    def seen(self) -> set[int]:
        return {window.id for window in self.desktop.windows("^Sameside")}

    def end_cue(self, how: str) -> State:
        self.tell(how)
        return self.until("the card has gone", title="Sameside")


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Overlay]:
    """One app for all tests here, in the middle of a call."""
    missing = missing_packages()
    if missing:
        pytest.skip(f"NO DESKTOP TO TEST ON. Install: apt-get install {' '.join(missing)}")
    folder = tmp_path_factory.mktemp("overlay")
    with Screens(folder / "desktop") as desktop:
        made = Overlay(desktop, folder)
        made.tell("start")
        made.until("the call runs", phase="running")
        yield made


@pytest.fixture
def overlay(running: Overlay) -> Iterator[Overlay]:
    """The app as it was: unlocked, and no cue on it."""
    yield running
    running.tell("unlock")
    running.end_cue("expire")


@pytest.fixture
def other(overlay: Overlay) -> Iterator[Window]:
    """The window the agent works in, with the keyboard."""
    desktop = overlay.desktop
    process = desktop.run("other", sys.executable, str(HERE / "other_window.py"))
    window = desktop.wait_window(f"^{other_window.TITLE}", START_S, other_window.TITLE)
    desktop.focus(window)
    yield window
    process.terminate()
    process.wait(START_S)


def test_another_window_keeps_the_keyboard_while_cues_come_and_go(overlay: Overlay, other: Window) -> None:
    """Every key typed before, while and after cues are shown arrives where it was meant; the focus stays."""
    desktop = overlay.desktop
    for letter, show in zip("lampas", (True, False) * 3, strict=True):
        desktop.type(letter)
        if show:
            overlay.show_cue()
        else:
            overlay.end_cue("expire")
        assert desktop.focused() == other.id
    overlay.show_cue()
    overlay.tell("repair")
    desktop.type("t")
    desktop.wait_window(f"^{other_window.TITLE}: lampast$", START_S, "all that was typed")
    assert desktop.focused() == other.id


def test_the_task_switcher_passes_it_by(overlay: Overlay, other: Window) -> None:
    """Alt+Tab goes from window to window of the agent's, never to the overlay."""
    desktop = overlay.desktop
    shown = overlay.show_cue()
    for _ in range(3):
        before = desktop.focused()
        desktop.press("alt+Tab")
        desktop.wait(lambda before=before: desktop.focused() not in (0, before), START_S, "another window")
        assert desktop.focused() != shown["window"]


def test_keys_reach_it_without_the_focus(overlay: Overlay, other: Window) -> None:
    """A key answers the cue while the agent types elsewhere; the field typed in hears nothing of it."""
    desktop = overlay.desktop
    assert overlay.state()["keys_off"] == ""
    assert overlay.state()["key_problems"] == {}
    ended = len(overlay.state()["cue_ends"])
    for key, end in (("F1", "repaired"), ("F2", "dismissed"), ("F3", "unfair")):
        overlay.show_cue()
        desktop.press(f"ctrl+shift+{key}")
        ended += 1
        desktop.wait(lambda: len(overlay.state()["cue_ends"]) == ended, START_S, f"the cue is {end}")  # noqa: B023
        assert overlay.state()["cue_ends"][-1] == end
        overlay.end_cue("expire")
    desktop.press("ctrl+shift+F7")
    overlay.until("nothing is heard", phase="paused")
    desktop.press("ctrl+shift+F7")
    overlay.until("the call is heard again", phase="running")
    desktop.type("lamp")
    desktop.wait_window(f"^{other_window.TITLE}: lamp$", START_S, "what was typed, and nothing else")
    assert desktop.focused() == other.id


def test_a_key_another_program_has_is_told(overlay: Overlay, tmp_path: Path) -> None:
    """The second program to ask for a key is refused it by the system and says so; the first one keeps it."""
    second = Overlay(overlay.desktop, tmp_path, "second", vital=False)
    told = second.until("it has asked for its keys", keys_off="")["key_problems"]
    assert told.keys() == {"start_end", "lock"}
    assert all("Another program" in words for words in told.values())
    second.process.terminate()
    second.process.wait(START_S)
    overlay.desktop.press("ctrl+shift+F9")
    overlay.until("the first one's key works", locked=True)


def test_a_locked_overlay_lets_clicks_through_and_a_key_unlocks_it(overlay: Overlay) -> None:
    """Over a full-screen window the card is on top; locked, its clicks go to what is beneath."""
    desktop = overlay.desktop
    beneath = desktop.run("beneath", sys.executable, str(HERE / "click_window.py"))
    desktop.wait_window(f"^{click_window.TITLE}: 0", START_S, "the window beneath")
    x, y, width, _height = overlay.show_cue()["box"]
    on_card = (x + width // 2, y + 14)
    overlay.tell("lock")
    desktop.click(*on_card)
    desktop.wait_window(f"^{click_window.TITLE}: 1", START_S, "the click that went through")
    desktop.press("ctrl+shift+F9")
    overlay.until("unlocked by its key", locked=False)
    # Unlocked, it is another window to the display, which has to be there before it is clicked.
    desktop.wait(lambda: overlay.state()["window"] in overlay.seen(), START_S, "the card is there again")
    desktop.click(*on_card)
    desktop.click(20, 20)
    # The click beside the card is the second one: the card has kept its own.
    desktop.wait_window(f"^{click_window.TITLE}: 2", START_S, "the click beside the card")
    beneath.terminate()
    beneath.wait(START_S)


def test_it_stands_wholly_on_the_screen_that_was_chosen(overlay: Overlay) -> None:
    """Pill and card are on the second screen, and come back to the first when the second one goes."""
    desktop = overlay.desktop
    assert overlay.state()["screens"] == [LEFT, RIGHT]
    overlay.tell("last-screen")
    assert inside(overlay.show_cue()["box"], RIGHT)
    assert inside(overlay.end_cue("expire")["box"], RIGHT)
    subprocess.run(["xrandr", "--delmonitor", "right"], env=desktop.env, check=True)
    state = desktop.wait(
        lambda: state if len((state := overlay.state())["screens"]) == 1 else None, START_S, "one screen"
    )
    desktop.wait(lambda: inside(overlay.state()["box"], state["screens"][0]), START_S, "the overlay is on it")
    subprocess.run(["xrandr", "--setmonitor", *MONITORS[1].split()], env=desktop.env, check=True)
    desktop.wait(lambda: inside(overlay.state()["box"], RIGHT), START_S, "it stands where it was chosen to")


def inside(box: list[int], screen: list[int]) -> bool:
    x, y, width, height = box
    left, top, across, down = screen
    return left <= x and top <= y and x + width <= left + across and y + height <= top + down
