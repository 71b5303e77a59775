"""While a card is read: shows that nothing is heard, for how long still, and ends it early."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QObject, Slot

from coach.events import BlackedOut
from ui import text
from ui.bridge import EventBridge
from ui.parts.banner import Banner
from ui.running.call_runner import CallRunner
from ui.window.main_window import MainWindow

CODE = "blacked-out"


class BlackOutDesk(QObject):
    """Its banner can be put away; the call bar goes on to say it."""

    def __init__(self, runner: CallRunner, bridge: EventBridge, window: MainWindow) -> None:
        super().__init__(window)
        self._runner = runner
        self._window = window
        self._now_s = self._until_s = 0.0
        self.active = False
        window.call_bar.black_out_wanted.connect(runner.black_out)
        window.actions_.connect_all({window.actions_.black_out: runner.black_out})
        bridge.blacked_out.connect(self._begin)
        ends = (bridge.session_paused, bridge.session_dropped, bridge.session_stopped)
        for ended in (bridge.black_out_ended, *ends):
            ended.connect(self._end)
        runner.elapsed_changed.connect(self._count)

    @Slot(object)
    def _begin(self, blacked_out: BlackedOut) -> None:
        """Also when it was made longer."""
        self.active = True
        self._now_s, self._until_s = blacked_out.start_s, blacked_out.until_s
        banner = self._window.banners.show_message(CODE, self._words(), "plain")
        banner.offer(text.LISTEN_AGAIN, self._runner.end_black_out)
        self._show(True)

    @Slot(object)
    def _end(self, _event: object) -> None:
        if self.active:
            self.active = False
            self._window.banners.dismiss(CODE)
            self._show(False)

    def _show(self, dark: bool) -> None:
        """The line at the bottom says the same as the call bar: it would go on with what was so before."""
        self._window.call_bar.show_blacked_out(dark)
        self._window.say(self._window.call_bar.words())

    @Slot(float)
    def _count(self, now_s: float) -> None:
        if self.active and ceil(self._until_s - now_s) != ceil(self._until_s - self._now_s):
            self._now_s = now_s
            if (banner := self._banner()) is not None:
                banner.message_label.setText(self._words())

    def _banner(self) -> Banner | None:
        return next((one for one in self._window.banners.banners if one.code == CODE), None)

    def _words(self) -> str:
        left = max(0, ceil(self._until_s - self._now_s))
        return (
            f"Blacked out for {left} s: nothing is heard, written or kept. Ctrl+B again gives "
            f"{text.BLACK_OUT_S} s more."
        )
