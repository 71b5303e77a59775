"""Sound that a source lost because this machine was too busy, or slept."""

from __future__ import annotations

from coach.events import Block, Gap
from coach.ports import AudioSource

BUSY = "this machine was too busy to keep up"
ASLEEP = "this machine was asleep, or stood still"
ASLEEP_S = 60.0
"""No machine that is only busy loses so much at once."""
JOINED_S = 1.0
"""Sound lost again so soon after the last loss is told as one gap."""


class Holes:
    """Looks at how many blocks ``source`` has ``dropped``, where it counts them."""

    def __init__(self, source: AudioSource) -> None:
        self._source = source
        self._dropped = 0
        self._last: Gap | None = None

    def before(self, block: Block, now_s: float) -> Gap | None:
        """What was lost since ``now_s``; grown, where it follows the last loss."""
        dropped: int = getattr(self._source, "dropped", 0)
        if dropped <= self._dropped:
            return None
        self._dropped = dropped
        until_s, start_s = max(block.start_s, now_s), now_s
        reason = ASLEEP if until_s - start_s >= ASLEEP_S else BUSY
        if self._last is not None and start_s - self._last.end_s < JOINED_S:
            start_s, reason = self._last.start_s, self._last.reason
        self._last = Gap(start_s, until_s, reason)
        return self._last
