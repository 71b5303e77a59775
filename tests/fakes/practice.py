"""Practice over the written exercises, with a judge that goes by words: no detector, no microphone."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from coach import resources
from coach.events import Move
from coach.practice.library import Library, load_library
from coach.practice.wording import Model
from coach.services.playbook_choice import shipped_playbook
from coach.services.practice import EnginePractice, helps
from coach.values.answers import AnswerEvent, AnswerSink
from coach.values.practice_log import MemoryPracticeStore, PastCalls
from tests.fakes.aloud import FakeVoice

NOW = dt.datetime(2026, 11, 27, 9, 0, tzinfo=dt.timezone(dt.timedelta(hours=1)))
WORDS = {
    "sorry": "apologising",
    "on us": "owning",
    "mistake": "owning",
    "together": "partnering",
    "you should": "blaming",
    "let me": "offering",
    "i'll": "committing",
    "awful": "empathising",
    "thank": "thanking",
    "policy": "convincing",
}


class WordJudge:
    """Hears a move wherever its words stand, the sentence round them as evidence."""

    def judge(self, text: str, context: Sequence[str] = ()) -> tuple[tuple[Move, ...], dict[str, float]]:
        found = {}
        for words, move in WORDS.items():
            at = text.casefold().find(words)
            if at >= 0 and move not in found:
                start = text.rfind(".", 0, at) + 1
                stop = text.find(".", at)
                end = len(text) if stop < 0 else stop + 1
                lead = len(text[start:end]) - len(text[start:end].lstrip())
                found[move] = Move(move, 0.9, (start + lead, end))
        return tuple(found.values()), {}


@lru_cache(maxsize=1)
def library() -> Library:
    return load_library(resources.asset("practice"), shipped_playbook().sources)


class ScriptedAnswer:
    """An ``AnswerControl`` that sends what the test tells it to."""

    def __init__(self, device_key: str | None, sink: Callable[[Any], None]) -> None:
        self.device_key = device_key
        self.finished = False
        self.stopped = False
        self._sink = sink

    def send(self, *events: AnswerEvent) -> None:
        for event in events:
            self._sink(event)

    def finish(self) -> None:
        self.finished = True

    def stop(self) -> None:
        self.stopped = True

    def join(self, timeout_s: float) -> bool:
        return self.stopped


class FakePractice:
    """The part of ``Services`` about practice. ``practice_now`` is the time; ``tries`` what is kept."""

    memory: PastCalls

    def __init__(self) -> None:
        self.tries = MemoryPracticeStore()
        self.practice_now = NOW
        self.answers: list[ScriptedAnswer] = []
        self.aloud = FakeVoice()
        self.model: Model | None = None

    def practice(
        self, chance: random.Random, *, save: bool = True, names: Mapping[str, str] | None = None
    ) -> EnginePractice:
        playbook = shipped_playbook()
        return EnginePractice(
            library(),
            names or playbook.names(),
            WordJudge,
            self.tries,
            self.memory,
            lambda: self.practice_now,
            random.Random(3),
            points=playbook.sources,
            helps=helps(playbook),
            wording=lambda: self.model,
        )

    def hear_answer(self, device_key: str | None, sink: AnswerSink) -> ScriptedAnswer:
        self.answers.append(ScriptedAnswer(device_key, sink))
        return self.answers[-1]
