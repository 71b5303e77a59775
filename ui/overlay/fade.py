"""A short fade-in that costs nothing once it is over."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPropertyAnimation
from PySide6.QtWidgets import QGraphicsOpacityEffect, QWidget

from coach.settings import AppearanceSettings

FADE_MS = 160


class Fade(QObject):
    """Fades ``widget`` in; its window stands still meanwhile. Nothing moves where the agent or the desktop
    asks for less movement."""

    def __init__(self, widget: QWidget, appearance: AppearanceSettings) -> None:
        super().__init__(widget)
        self._appearance = appearance
        self._desktop_still = False
        self._effect = QGraphicsOpacityEffect(widget)
        self._effect.setEnabled(False)
        widget.setGraphicsEffect(self._effect)
        self._motion = QPropertyAnimation(self._effect, b"opacity", self)
        self._motion.setStartValue(0.0)
        self._motion.setEndValue(1.0)
        self._motion.setDuration(FADE_MS)
        self._motion.finished.connect(self.end)

    @property
    def is_running(self) -> bool:
        return self._motion.state() == QPropertyAnimation.State.Running

    def set_desktop_still(self, still: bool) -> None:
        """Whether the desktop asks for less movement."""
        self._desktop_still = still
        self.follow_settings()

    def follow_settings(self) -> None:
        if self._still:
            self.end()

    @property
    def _still(self) -> bool:
        return self._desktop_still or self._appearance.reduced_motion

    def start(self) -> None:
        if self._still:
            return
        self._motion.stop()
        self._effect.setEnabled(True)
        self._motion.start()

    def end(self) -> None:
        """Show the widget fully, now."""
        self._motion.stop()
        # Left on, the effect would cost an extra picture at every repaint, and blur text on dense screens.
        self._effect.setEnabled(False)
