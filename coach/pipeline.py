"""Blocks in, events out: synchronous, deterministic, no threads.

``Coach`` turns a closed turn into moves, a cue and commitments; ``Pipeline`` puts hearing in
front of it. A written call uses ``Coach`` alone, so live, recorded and written calls are judged alike.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Protocol

from coach.calls.record import apply
from coach.events import (
    Answer,
    Block,
    CallRecord,
    Cue,
    CueEnded,
    Event,
    InterimWords,
    MovesFound,
    OtherVoice,
    Speaker,
    Turn,
    VadChanged,
    VadState,
    Word,
    WordsHeard,
)
from coach.moves.context import Said, Similar, in_context, overlap
from coach.moves.language import with_language
from coach.moves.partial import PartialJudge
from coach.ports import CommitmentExtractor, CuePolicy, MoveDetector
from coach.redaction.mending import follow
from coach.redaction.redactor import Redactor
from coach.settings import CueSettings

TICK_S = 0.5
"""How often time passes in a recording, whose turns come later than the blocks they are in."""
CONTEXT_TURNS = 4
"""How many of the agent's own earlier turns the detector may look at."""


class Hearing(Protocol):
    """Blocks to turns: ``coach.speech.listening.Listener``."""

    def feed(self, block: Block) -> Iterator[Event]: ...
    def flush(self) -> Iterator[Event]: ...


class RecordedHearing(Protocol):
    """Blocks to turns, each with when in the call it is known: ``coach.speech.recorded.RecordedListener``."""

    def feed(self, block: Block) -> Iterator[tuple[float, Event]]: ...
    def flush(self) -> Iterator[tuple[float, Event]]: ...


class Coach:
    """A turn to moves, cue and commitments; grows ``record`` as it goes.

    Without ``partial``, or while it looks for nothing, no turn is judged before it has ended. ``similar``
    tells how much two turns say the same. A turn is redacted before anything else sees it.
    """

    def __init__(
        self,
        record: CallRecord,
        detector: MoveDetector,
        extractor: CommitmentExtractor,
        policy: CuePolicy,
        *,
        partial: PartialJudge | None = None,
        similar: Similar = overlap,
        redactor: Redactor | None = None,
    ) -> None:
        self.record = record
        self._redactor = redactor or Redactor()
        self._partial = partial
        self._similar = similar
        self._said: list[Said] = []
        self._detector = detector
        self._extractor = extractor
        self._policy = policy

    def take(self, turn: Turn) -> Iterator[Event]:
        """The turn itself, its moves, then what the policy and the extractor make of it.

        A number read over two turns may mean that the turn before is kept otherwise: that is told first.
        """
        turn, mended = self._redactor.redact(turn)
        turn = with_language(turn)
        for item in () if mended is None else list(follow(self.record, mended)):
            apply(self.record, item)
            yield item
        earlier = tuple(self.record.turns)
        apply(self.record, turn)
        self.record.duration_s = max(self.record.duration_s, turn.end_s)
        yield turn
        if turn.speaker is not Speaker.AGENT or turn.language:
            # Kept and marked, but nobody is coached, or held to a promise, for words that may be another's,
            # or that were made English of another language.
            yield from self._kept(self._policy.decide(self.record, turn, ()))
            return
        context = [one.text for one in earlier[-CONTEXT_TURNS:]]
        moves, scores = self._detector.judge(turn.text, context)
        if self._partial is not None:
            shown = {cue.move for cue in self.record.cues if cue.because.turn_index == turn.index}
            moves = self._partial.close(turn.index, turn.text, moves, scores, shown)
        said = Said(turn.text, moves, scores)
        moves = in_context(said, self._said, self._detector.thresholds, self._similar)
        moves = self._policy.as_offered(turn.text, moves)
        self._said.append(replace(said, moves=moves))
        found = MovesFound(turn.index, moves)
        apply(self.record, found)
        yield found
        yield from self._kept(self._policy.decide(self.record, turn, moves))
        said_at = self.record.header.started_at + dt.timedelta(seconds=turn.end_s)
        for promise in self._extractor.extract(turn, earlier, said_at, scores.get("committing")):
            apply(self.record, promise)
            yield promise

    @property
    def may_interrupt(self) -> bool:
        """Whether turns are looked at while they are still being said."""
        return self._partial is not None and self._partial.looks

    def hear(self, so_far: Turn) -> Iterator[Event]:
        """A turn that is still being said, for the moves the agent set as urgent."""
        if self._partial is None:
            return
        moves = self._partial.hear(so_far.index, so_far.text, so_far.end_s)
        if moves:
            yield from self._kept(self._policy.interrupt(self.record, so_far, moves))

    def preview(self, words: tuple[Word, ...]) -> tuple[Word, ...]:
        """Words of the open turn as they may be shown and looked at."""
        return self._redactor.preview(words)

    def speaking(self, at_s: float) -> None:
        """Somebody begins to speak: the agent, unless ``notice`` tells otherwise."""
        self.notice(VadChanged(at_s, VadState.SPEAKING))

    def notice(self, event: Event) -> None:
        """Who speaks, as far as it is known, and the words there are so far."""
        self._policy.hear(event)

    def tick(self, now_s: float) -> Iterator[Event]:
        """Let time pass: cues expire, and what is missing may be said."""
        self.record.duration_s = max(self.record.duration_s, now_s)
        yield from self._kept(self._policy.tick(self.record, now_s))

    def end_cue(self, ended: CueEnded) -> Iterator[Event]:
        """The agent dismissed or contested a cue. Silent when it is no longer open."""
        known = any(cue.id == ended.cue_id for cue in self.record.cues)
        if known and ended.cue_id not in self.record.cue_ends:
            apply(self.record, ended)
            self._policy.user_ended(ended)
            yield ended

    def choose_cues(self, cues: CueSettings, now_s: float) -> Iterator[Event]:
        """How often cues may come from now on, and for which moves a turn is looked at while it is said."""
        if self._partial is not None:
            self._partial.look_for(() if cues.level == "off" else cues.urgent)
        yield from self._kept(self._policy.choose(cues, now_s))

    def answer_commitment(self, commitment_id: str, answer: Answer) -> Iterator[Event]:
        """The agent confirmed or dropped a promise that was heard. Silent where it is not known."""
        for promise in tuple(self.record.commitments):
            if promise.id == commitment_id and promise.answer is not answer:
                answered = replace(promise, answer=answer)
                apply(self.record, answered)
                yield answered

    def _kept(self, outcomes: list[Cue | CueEnded]) -> Iterator[Event]:
        for outcome in outcomes:
            apply(self.record, outcome)
            yield outcome


class _Coached:
    """What was heard goes to the coach, and comes out with what the coach makes of it."""

    def __init__(self, coach: Coach) -> None:
        self.coach = coach
        self._heard: tuple[Word, ...] = ()

    def _coached(self, heard: Iterator[Event]) -> Iterator[Event]:
        for event in heard:
            if isinstance(event, Turn):
                self._heard = ()
                yield from self.coach.take(event)
                continue
            if isinstance(event, WordsHeard):
                event = replace(event, words=self.coach.preview(event.words))
            yield event
            if isinstance(event, VadChanged | OtherVoice | WordsHeard | InterimWords):
                self.coach.notice(event)
            if isinstance(event, WordsHeard):
                self._heard = event.words
            elif isinstance(event, InterimWords) and self.coach.may_interrupt:
                yield from self._interim(event)

    def _interim(self, event: InterimWords) -> Iterator[Event]:
        words = self.coach.preview((*self._heard, *event.committed, *event.tentative))
        if words:
            text = " ".join(word.text.strip() for word in words)
            so_far = Turn(event.turn_index, text, words[0].start_s, words[-1].end_s, words)
            yield from self.coach.hear(so_far)


class Pipeline(_Coached):
    """Hearing and coaching of one call."""

    def __init__(self, hearing: Hearing, coach: Coach) -> None:
        super().__init__(coach)
        self._hearing = hearing

    def feed(self, block: Block) -> Iterator[Event]:
        yield from self._coached(self._hearing.feed(block))
        yield from self.coach.tick(block.end_s)

    def flush(self) -> Iterator[Event]:
        """Finish what is open: the last words, the last turn."""
        yield from self._coached(self._hearing.flush())


class RecordedPipeline(_Coached):
    """Hearing and coaching of a recording: time passes for the coach as its events tell, not its blocks."""

    def __init__(self, hearing: RecordedHearing, coach: Coach) -> None:
        super().__init__(coach)
        self._hearing = hearing
        self._ticked_s = 0.0
        self._end_s = 0.0

    def feed(self, block: Block) -> Iterator[Event]:
        self._end_s = block.end_s
        yield from self._timely(self._hearing.feed(block))

    def flush(self) -> Iterator[Event]:
        yield from self._timely(self._hearing.flush())
        yield from self._tick_to(self._end_s)

    def _timely(self, heard: Iterator[tuple[float, Event]]) -> Iterator[Event]:
        for at_s, event in heard:
            yield from self._tick_to(at_s)
            yield from self._coached(iter((event,)))

    def _tick_to(self, at_s: float) -> Iterator[Event]:
        while self._ticked_s + TICK_S <= at_s:
            self._ticked_s += TICK_S
            yield from self.coach.tick(self._ticked_s)


def replayed(
    coach: Coach, turns: Iterable[Turn], tick_s: float = TICK_S
) -> Iterator[tuple[Turn, list[Event]]]:
    """A written call through the coach: each turn, with what came of the time before it and of the turn."""
    now_s = 0.0
    for turn in turns:
        events: list[Event] = []
        while now_s < turn.start_s:
            events += coach.tick(now_s)
            now_s += tick_s
        coach.speaking(turn.start_s)
        events += coach.take(turn)
        now_s = turn.end_s
        yield turn, events
