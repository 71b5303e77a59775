"""The real engine over a written hour: thread, policy, extractor, journal. Ear and detector are scripted."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

import numpy as np

from coach import resources
from coach.coaching.closing import load_closing
from coach.coaching.pacing import Pacing
from coach.coaching.playbook import load_playbook
from coach.coaching.policy import RepairPolicy
from coach.commands.scenario import Scenario, ScriptedDetector
from coach.commitments.extract import RuleExtractor
from coach.events import SAMPLE_RATE_HZ, Block, CallRecord, Event, InterimWords, Turn, Word, WordsHeard
from coach.live.hearer import Ready
from coach.live.journal import Journal
from coach.pipeline import Coach, Pipeline
from coach.ports import AudioSource, Sink
from coach.session import Session
from tests.fakes import sample_call
from tests.fakes.engine import FakeSource
from tests.fakes.services import FakeServices
from ui.text import MOVE_NAMES

TURN_EVERY_S = 12
_SAID: tuple[tuple[str, list[str]], ...] = (
    ("So the parcel was left outside and now the box is wet, is that right", ["reflecting"]),
    ("You should have put a safe place on the order", ["blaming"]),
    ("That was my mistake, I started this on the wrong foot", ["owning"]),
    ("Calm down, it's not a big deal", ["dismissing"]),
    ("I'd be upset too, that makes sense", ["empathising"]),
    ("What would you like us to do about it?", ["asking_input"]),
    ("I'll call you back tomorrow at ten", ["committing"]),
    ("It's the number on the back of the card", []),
)
_NOISE = np.random.default_rng(1).normal(0.0, 0.02, SAMPLE_RATE_HZ).astype(np.float32)
"""A second of a room, the same for all of the hour."""


def _words(text: str, start_s: float) -> tuple[Word, ...]:
    return tuple(
        Word(word, start_s + at * 0.4, start_s + at * 0.4 + 0.3, 0.9) for at, word in enumerate(text.split())
    )


class WrittenHearing:
    """A turn every 12 seconds, in the order above, told as a recogniser does: unsure, heard, closed."""

    def __init__(self) -> None:
        self._index = 0

    def feed(self, block: Block) -> Iterator[Event]:
        into = int(block.start_s) % TURN_EVERY_S
        if into not in (1, 3, 7):
            return
        start_s = block.start_s - into + 1.0
        text, _moves = _SAID[self._index % len(_SAID)]
        words = _words(text, start_s)
        if into == 1:
            yield InterimWords(self._index, words[:2], words[2:4])
        elif into == 3:
            yield WordsHeard(self._index, words)
        else:
            yield Turn(self._index, text, start_s, block.start_s)
            self._index += 1

    def flush(self) -> Iterator[Event]:
        yield from ()


class HourServices(FakeServices):
    """``hear(seconds)`` lets the running call hear so much more, as fast as it can."""

    def __init__(self) -> None:
        super().__init__()
        self.calls = 0
        self.source = FakeSource([])
        self.record = CallRecord(sample_call.header())
        self.heard_s = 0

    def hear(self, seconds: int) -> None:
        for second in range(self.heard_s, self.heard_s + seconds):
            self.source.items.put(Block(_NOISE, float(second)))
        self.heard_s += seconds

    def live_call(  # type: ignore[override]
        self, device_key: str | None, sink: Sink, *, waited: AudioSource | None = None
    ) -> Session:
        self.calls += 1
        self.heard_s = 0
        self.source = FakeSource([])
        self.source.endless = True
        header = dataclasses.replace(sample_call.header(f"live-{self.calls}"))
        self.record = CallRecord(header)
        scenario = Scenario.model_validate({"title": "an hour", "turn": [_turn(*said) for said in _SAID]})
        policy = RepairPolicy(
            load_playbook(resources.asset("playbook.toml")),
            Pacing.of("standard"),
            load_closing(resources.asset("closing.toml")),
        )
        coach = Coach(self.record, ScriptedDetector(scenario), RuleExtractor(), policy)
        journal = Journal(self.memory, self.record, dict(MOVE_NAMES))
        clock = lambda: float(self.heard_s)  # noqa: E731
        ready = Ready(Pipeline(WrittenHearing(), coach), journal)
        return Session(self.source, header, ready, sink, clock=clock)


def _turn(text: str, moves: list[str]) -> dict[str, object]:
    return {"text": text, "moves": moves}
