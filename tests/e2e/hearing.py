"""Sameside's session and microphone without recognition: events as lines of JSON, commands on stdin.

Commands: ``stop``, ``pause``, ``resume``, ``use KEY``. With ``--far-end`` every second is asked whether it
was the loudspeaker's, as an utterance would be.
"""

from __future__ import annotations

import dataclasses
import json
import sys
import time
from collections.abc import Iterator

from coach.audio.microphone import Microphone
from coach.audio.output_monitor import far_end_of_output
from coach.events import Block, CallRecord, Event, OtherVoice, SessionStopped
from coach.live.hearer import Ready
from coach.live.journal import Journal
from coach.pipeline import Coach, Pipeline
from coach.session import Session
from tests.fakes import engine


def tell(event: Event) -> None:
    if isinstance(event, SessionStopped):
        told = {
            "gaps": [dataclasses.asdict(gap) for gap in event.record.gaps],
            "end_s": event.record.duration_s,
        }
    else:
        told = {
            name: getattr(event, name)
            for name in (
                "at_s",
                "code",
                "message",
                "recovered",
                "rms_dbfs",
                "start_s",
                "end_s",
                "reason",
                "device",
            )
            if hasattr(event, name)
        }
    line = {"kind": type(event).__name__, "clock_s": time.monotonic(), **told}
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


class LeakHearing:
    """Tells the seconds that were a leak as a voice that was dropped, the others not at all."""

    def __init__(self) -> None:
        self._far_end = far_end_of_output()
        self._told_s = 1.0

    def feed(self, block: Block) -> Iterator[Event]:
        if self._far_end is None:
            return
        self._far_end.hear(block)
        if block.end_s >= self._told_s + 1.0:
            if self._far_end.leaked(self._told_s, block.end_s):
                yield OtherVoice(self._told_s, block.end_s, "leak")
            self._told_s = block.end_s

    def flush(self) -> Iterator[Event]:
        if self._far_end is not None:
            self._far_end.rest()
        yield from ()


def main() -> None:
    coach = Coach(
        CallRecord(engine.header()), engine.FakeDetector({}), engine.FakeExtractor(), engine.FakePolicy()
    )
    journal = Journal(engine.FakeStore(), coach.record, {})
    hearing = LeakHearing() if "--far-end" in sys.argv else engine.FakeHearing([])
    ready = Ready(Pipeline(hearing, coach), journal)
    session = Session(Microphone(None), coach.record.header, ready, tell)
    session.start()
    for line in sys.stdin:
        command, _, argument = line.strip().partition(" ")
        if command == "use":
            session.use_microphone(argument or None)
        else:
            getattr(session, command)()
        if command == "stop":
            break
    session.stop()
    session.join(20.0)


if __name__ == "__main__":
    main()
