"""Done at a spoken answer ends it there, whatever is still being loaded or written down."""

from __future__ import annotations

import threading
from collections.abc import Iterator

from coach.events import Block, Event
from coach.services.answering import SpokenAnswer
from tests.fakes.engine import FakeSource, block
from tests.fakes.waiting import WAIT_S
from tests.unit.services.test_answering import PATIENCE, Heard, ScriptedListener, noise


def test_what_is_said_after_done_is_not_heard_while_what_was_kept_is_written_down() -> None:
    """That takes its time too: the microphone goes at once, and what came in since is no part of it."""
    heard, kept = Heard(), threading.Event()
    now_s = [0.0]

    class Timed(FakeSource):
        arrived_s: float | None = None

        def read(self, timeout_s: float) -> Block | None:
            found = super().read(timeout_s)
            self.arrived_s = None if found is None else 100.0 + found.end_s
            return found

    source = Timed([block(0.0), block(0.5)])
    source.endless = True
    open_at: list[int] = []
    answer: SpokenAnswer

    class Slow(ScriptedListener):
        """While it hears the first block, Done is pressed and something more is said."""

        def feed(self, block: Block) -> Iterator[Event]:
            open_at.append(source.stops)
            if not self.fed_s:
                for start_s in (1.0, 1.5, 2.0):
                    source.items.put(noise(start_s))
                now_s[0] = 101.5
                answer.finish()
            return super().feed(block)

    listener = Slow()

    def load() -> ScriptedListener:
        assert kept.wait(WAIT_S)
        return listener

    answer = SpokenAnswer(source, load, heard, PATIENCE, clock=lambda: now_s[0])
    while source.items.qsize():
        heard.events.get(timeout=WAIT_S)
    kept.set()
    assert answer.join(WAIT_S)
    assert listener.fed_s == [0.0, 0.5, 1.0]
    assert open_at[:2] == [0, 1]
