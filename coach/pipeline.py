"""Blocks in, events out: synchronous, deterministic, no threads.

``Coach`` turns a closed turn into moves, a cue and commitments; ``Pipeline`` puts hearing in
front of it. A written call uses ``Coach`` alone, so live, recorded and written calls are judged alike.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from typing import Protocol

from coach.calls.record import apply
from coach.events import Block, CallRecord, CueEnded, Event, MovesFound, Speaker, Turn, Word, WordsHeard
from coach.ports import CommitmentExtractor, CuePolicy, MoveDetector
from coach.redaction.mending import follow
from coach.redaction.redactor import Redactor

CONTEXT_TURNS = 4
"""How many of the agent's own earlier turns the detector may look at."""


class Hearing(Protocol):
    """Blocks to turns: ``coach.speech.listening.Listener``."""

    def feed(self, block: Block) -> Iterator[Event]: ...
    def flush(self) -> Iterator[Event]: ...


class Coach:
    """A turn to moves, cue and commitments; grows ``record`` as it goes. A turn is redacted first."""

    def __init__(
        self,
        record: CallRecord,
        detector: MoveDetector,
        extractor: CommitmentExtractor,
        policy: CuePolicy,
        *,
        redactor: Redactor | None = None,
    ) -> None:
        self.record = record
        self._redactor = redactor or Redactor()
        self._detector = detector
        self._extractor = extractor
        self._policy = policy

    def take(self, turn: Turn) -> Iterator[Event]:
        """The turn itself, its moves, then what the policy and the extractor make of it.

        A number read over two turns may mean that the turn before is kept otherwise: that is told first.
        """
        turn, mended = self._redactor.redact(turn)
        for item in () if mended is None else list(follow(self.record, mended)):
            apply(self.record, item)
            yield item
        earlier = tuple(self.record.turns)
        apply(self.record, turn)
        self.record.duration_s = max(self.record.duration_s, turn.end_s)
        yield turn
        if turn.speaker is not Speaker.AGENT:
            # Kept and marked, but nobody is coached, or held to a promise, for words that may be another's.
            return
        context = [one.text for one in earlier[-CONTEXT_TURNS:]]
        moves, scores = self._detector.judge(turn.text, context)
        found = MovesFound(turn.index, moves)
        apply(self.record, found)
        yield found
        for outcome in self._policy.decide(self.record, turn, moves):
            apply(self.record, outcome)
            yield outcome
        said_at = self.record.header.started_at + dt.timedelta(seconds=turn.end_s)
        for promise in self._extractor.extract(turn, earlier, said_at, scores.get("committing")):
            apply(self.record, promise)
            yield promise

    def preview(self, words: tuple[Word, ...]) -> tuple[Word, ...]:
        """Words of the open turn as they may be shown and looked at."""
        return self._redactor.preview(words)

    def tick(self, now_s: float) -> Iterator[Event]:
        """Let time pass: cues expire, and what is missing may be said."""
        self.record.duration_s = max(self.record.duration_s, now_s)
        for outcome in self._policy.tick(self.record, now_s):
            apply(self.record, outcome)
            yield outcome

    def end_cue(self, ended: CueEnded) -> Iterator[Event]:
        """The agent dismissed or contested a cue. Silent when it is no longer open."""
        known = any(cue.id == ended.cue_id for cue in self.record.cues)
        if known and ended.cue_id not in self.record.cue_ends:
            apply(self.record, ended)
            self._policy.user_ended(ended)
            yield ended


class Pipeline:
    """Hearing and coaching of one call."""

    def __init__(self, hearing: Hearing, coach: Coach) -> None:
        self._hearing = hearing
        self.coach = coach

    def feed(self, block: Block) -> Iterator[Event]:
        yield from self._coached(self._hearing.feed(block))
        yield from self.coach.tick(block.end_s)

    def flush(self) -> Iterator[Event]:
        """Finish what is open: the last words, the last turn."""
        yield from self._coached(self._hearing.flush())

    def _coached(self, heard: Iterator[Event]) -> Iterator[Event]:
        for event in heard:
            if isinstance(event, Turn):
                yield from self.coach.take(event)
            elif isinstance(event, WordsHeard):
                yield replace(event, words=self.coach.preview(event.words))
            else:
                yield event
