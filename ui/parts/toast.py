"""A short message at the bottom of the window with one thing to do, such as Undo."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from ui import text
from ui.look.theme import SPACE_2, SPACE_4, SPACE_6, set_role
from ui.parts.label import Label

SHOWN_MS = 10_000
MOST_UNDOS = 50
_PLACING = (QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.Move, QEvent.Type.Resize)


class Toast(QFrame):
    """Floats over ``host`` and goes by itself, unless the pointer or the keyboard is on it."""

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        set_role(self, "card")
        self._host = host
        self._act: Callable[[], None] = _nothing
        self._undos: list[Callable[[], None]] = []
        self._passing: Callable[[], None] | None = None
        self._undoing: list[Callable[[], None]] = []
        self._to_tell: Callable[[], None] | None = None
        self.settled: Callable[[Callable[[], None]], None] = _at_once
        """Calls back once what was begun is done or has failed; the window has it from the app."""
        self.message_label = Label()
        self.action_button = QPushButton()
        self.action_button.hide()
        self.timer = QTimer(self, singleShot=True, interval=SHOWN_MS)
        self.timer.timeout.connect(self._expire)
        self.action_button.clicked.connect(self._run)
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE_4, SPACE_2, SPACE_2, SPACE_2)
        row.setSpacing(SPACE_6)
        row.addWidget(self.message_label)
        row.addWidget(self.action_button)
        self._clear: tuple[QWidget, ...] = ()
        host.installEventFilter(self)
        self.hide()

    def keep_clear(self, *bars: QWidget) -> None:
        """Stand above these wherever they are shown: what they ask for has its time, like a toast."""
        self._clear = bars
        for bar in bars:
            bar.installEventFilter(self)

    def say(
        self, message: str, action: str = "", act: Callable[[], None] | None = None, *, lasts: bool = True
    ) -> None:
        """Show ``message``, in place of the last one. What can be undone stays so once it has gone, unless
        it only makes sense just then: that does not last."""
        self._let_pass()
        self._to_tell = None
        if act is not None and action == text.UNDO:
            self._undos = [*self._undos, act][-MOST_UNDOS:]
            self._passing = None if lasts else act
        self.message_label.setText(message)
        self.setAccessibleName(message)
        self._act = act or _nothing
        self.action_button.setText(action)
        self.action_button.setVisible(bool(action))
        self.show()
        self.raise_()
        self._place()
        self.timer.start()

    def undo(self) -> bool:
        """The last thing that can be undone and was not; false where there is none."""
        if not self._undos:
            return False
        act = self._undos.pop()
        self.put_away()
        self._undoing.append(act)
        self._to_tell = act
        act()
        self.settled(lambda: self._tell_undone(act))
        return True

    def undo_failed(self) -> None:
        """What is being undone could not be: it can be tried again. Of several it is the one begun first, for
        the others are still to come."""
        if self._undoing:
            act = self._undoing.pop(0)
            self._undos.append(act)
            if self._to_tell is act:
                self._to_tell = None

    def forget_undos(self) -> None:
        """Elsewhere nobody means them any more; the button of what is shown still does it."""
        self._undos.clear()
        self._undoing.clear()
        self._to_tell = None

    def put_away(self) -> bool:
        """For the Escape key; false when there was nothing to put away."""
        shown = self.isVisible()
        self.timer.stop()
        self.hide()
        self._let_pass()
        return shown

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        moved = event.type() in _PLACING if watched is not self._host else event.type() == QEvent.Type.Resize
        if moved and self.isVisible():
            self._place()
        return False

    def _run(self) -> None:
        act = self._act
        again = act in self._undos and act is not self._passing
        self._undos = [other for other in self._undos if other is not act]
        self.put_away()
        if again:
            self._undoing.append(act)
        act()
        if again:
            self.settled(lambda: self._tell_undone(act))

    def _tell_undone(self, act: Callable[[], None]) -> None:
        """Unless it failed, or something else was said meanwhile."""
        if act in self._undoing:
            self._undoing.remove(act)
        if self._to_tell is act:
            self.say("Undone.")

    def _expire(self) -> None:
        if self.underMouse() or self.action_button.hasFocus():
            self.timer.start()
        else:
            self.put_away()

    def _let_pass(self) -> None:
        self._undos = [other for other in self._undos if other is not self._passing]
        self._passing = None

    def _place(self) -> None:
        self.adjustSize()
        area = self._host.rect()
        tops = [bar.mapTo(self._host, QPoint()).y() for bar in self._clear if bar.isVisible()]
        bottom = min([area.height() - SPACE_6, *(top - SPACE_2 for top in tops)])
        self.move((area.width() - self.width()) // 2, bottom - self.height())


def _nothing() -> None:
    """A toast without a button."""


def _at_once(then: Callable[[], None]) -> None:
    then()
