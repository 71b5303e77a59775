"""Sameside's session and microphone without recognition: events as lines of JSON, commands on standard input.

``[KEY]``: the microphone, the default without. Commands: ``stop``, ``pause``, ``resume``, ``use KEY``.
"""

from __future__ import annotations

import dataclasses
import json
import sys
import time

from coach.audio.microphone import Microphone
from coach.events import CallRecord, Event, SessionStopped
from coach.journal import Journal
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


def main() -> None:
    coach = Coach(
        CallRecord(engine.header()), engine.FakeDetector({}), engine.FakeExtractor(), engine.FakePolicy()
    )
    journal = Journal(engine.FakeStore(), coach.record, {})
    pipeline = Pipeline(engine.FakeHearing([]), coach)
    microphone = Microphone(sys.argv[1] if len(sys.argv) > 1 else None)
    session = Session(microphone, pipeline, journal, tell)
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
