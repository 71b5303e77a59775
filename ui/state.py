"""What the app is doing, as the pill, the tray and the main window show it."""

from __future__ import annotations

from enum import Enum


class AppState(Enum):
    """``NO_MICROPHONE`` and ``TROUBLE`` ask for the user; the others do not."""

    IDLE = "idle"
    LISTENING = "listening"
    PAUSED = "paused"
    NO_MICROPHONE = "no-microphone"
    TROUBLE = "trouble"
