"""What each key does."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction

from coach.settings import KeySettings
from ui.dialogs.keys import KeysDialog
from ui.keys.choose import Maker, make_grabber
from ui.keys.hotkeys import Hotkeys
from ui.overlay import CueOverlay
from ui.running.call_runner import CallRunner
from ui.window.menus import Actions

_NONE = "No key works in other windows now."


def window_keys(actions: Actions) -> dict[str, str]:
    """The keys of the window's own menus, and what they are for: a global key would take them away."""
    return {
        action.shortcut().toString(): action.text().replace("&", "")
        for action in actions.window.findChildren(QAction)
        if not action.shortcut().isEmpty()
    }


class KeysDesk(QObject):
    """Sends each press to where its mouse click goes, and tells the card its keys."""

    def __init__(
        self,
        settings: KeySettings,
        runner: CallRunner,
        overlay: CueOverlay,
        actions: Actions,
        start_or_end: Callable[[], None],
        parent: QObject | None = None,
        make: Maker = make_grabber,
    ) -> None:
        super().__init__(parent)
        self._actions = actions
        self._runner = runner
        self._overlay = overlay
        self.hotkeys = Hotkeys(settings, self, make, lambda: window_keys(actions))
        self._does: dict[str, Callable[[], object]] = {
            "start_end": start_or_end,
            "pause": runner.toggle_pause,
            "said_it": overlay.say_it,
            "not_now": overlay.put_away,
            "unfair": overlay.contest,
            "why": overlay.toggle_why,
            "another": overlay.next_line,
            "black_out": runner.black_out,
            "lock": actions.lock_overlay.toggle,
            "confirm": actions.confirm.trigger,
            "drop": actions.drop.trigger,
        }
        self.hotkeys.pressed.connect(self._do)
        self.hotkeys.changed.connect(self._tell_card)
        runner.phase_changed.connect(lambda _phase: self.hotkeys.set_in_call(runner.running))

    def show_all(self) -> None:
        """Those of the window too, on one page."""
        why_off = f"{_NONE} {self.hotkeys.why_off}" if self.hotkeys.why_off else ""
        KeysDialog(self._actions.window, self.hotkeys.shown(), why_off).open()

    def close(self) -> None:
        self.hotkeys.close()

    @Slot(str)
    def _do(self, name: str) -> None:
        self._does[name]()

    @Slot()
    def _tell_card(self) -> None:
        self._overlay.show_keys(self.hotkeys.shown())
