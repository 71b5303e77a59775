"""A session under test, as the rigs of several tests follow it."""

from __future__ import annotations

import queue

from coach.events import Event, SessionStopped
from coach.session import Session
from tests.fakes.waiting import WAIT_S


class Followed:
    """``session`` sends its events to ``heard.put``; ``seen`` are those looked at so far."""

    session: Session

    def __init__(self) -> None:
        self.heard: queue.SimpleQueue[Event] = queue.SimpleQueue()
        self.seen: list[Event] = []

    def until(self, kind: type[Event]) -> Event:
        """The next event of a kind; fails when none comes."""
        while True:
            event = self.heard.get(timeout=WAIT_S)
            self.seen.append(event)
            if isinstance(event, kind):
                return event

    def ended(self) -> SessionStopped:
        """Once the call is over by itself, or was asked to stop."""
        stopped = self.until(SessionStopped)
        assert isinstance(stopped, SessionStopped)
        assert self.session.join(WAIT_S)
        return stopped
