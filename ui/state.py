"""What the app is doing, as the pill, the tray and the main window show it."""

from __future__ import annotations

from enum import Enum

from coach.services.watching import NOTICES


class AppState(Enum):
    """``NO_MICROPHONE``, ``NOT_HEARING`` and ``TROUBLE`` ask for the user; the others do not.

    ``PREPARING``: heard already, and what turns it into words still loads.
    """

    IDLE = "idle"
    PREPARING = "preparing"
    LISTENING = "listening"
    PAUSED = "paused"
    NO_MICROPHONE = "no-microphone"
    NOT_HEARING = "not-hearing"
    TROUBLE = "trouble"


TROUBLES = (AppState.NO_MICROPHONE, AppState.NOT_HEARING, AppState.TROUBLE)
"""The states that ask for the user, the gravest first."""

HEARING = (AppState.PREPARING, AppState.LISTENING)
"""The states in which all that is said is heard."""

SILENCED = (AppState.PAUSED,)
"""The states in which the agent asked not to be heard: shown so that nobody can overlook it."""

FASTER_MODEL, USUAL_MODEL = "faster-model", "slower-model"
"""Codes of the notices that recognition was eased for a busy machine, and that it is as chosen again."""

NOT_HEARING_CODES = ("microphone-silent", "microphone-wrong", "microphone-quiet")
"""A microphone that is there and sends nothing worth hearing: muted, dead, or not the one talked into."""

_MICROPHONE = ("microphone", "no-microphone", "portaudio")


def state_after(code: str) -> AppState | None:
    """The state a failure puts the app in; None for a notice, with which all goes on as it was."""
    if code.startswith(NOTICES):
        return None
    if code in NOT_HEARING_CODES:
        return AppState.NOT_HEARING
    return AppState.NO_MICROPHONE if code.startswith(_MICROPHONE) else AppState.TROUBLE
