"""Who may be speaking in the pause after a turn: the agent, unless it turns out otherwise."""

from __future__ import annotations

from coach.events import OtherVoice, VadChanged, VadState

_END_S = 0.3
"""A run of speech is known to be over so soon after its end."""


class Voices:
    """Voices that began since the turn, and of which it is not known yet whose they are.

    A voice is told of as it begins, and whose it was only once its run of speech has ended.
    """

    def __init__(self) -> None:
        self._began: list[float] = []
        self._quiet_s: float | None = None
        """When the last of them fell silent; None while it goes on."""

    @property
    def undecided(self) -> bool:
        return bool(self._began)

    def clear(self) -> None:
        self._began.clear()

    def changed(self, event: VadChanged) -> None:
        if event.state is VadState.SPEAKING:
            self._began.append(event.at_s)
        self._quiet_s = event.at_s if event.state is VadState.QUIET else None

    def other(self, dropped: OtherVoice) -> None:
        """Between these it was somebody else. What goes on behind that may be the agent again."""
        left = [at_s for at_s in self._began if not dropped.start_s <= at_s <= dropped.end_s]
        if len(left) < len(self._began) and (self._quiet_s is None or self._quiet_s - dropped.end_s > _END_S):
            left.append(dropped.end_s)
        self._began = left
