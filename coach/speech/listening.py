"""From blocks to turns: one synchronous stage. Its turns are deterministic and do not depend on block sizes.

While the agent speaks, the open run is drafted (``InterimWords``). When speech breaks off, the whole open
stretch is heard again at once, before it is known whether this is a pause, so that the words are ready when
it turns out to be long enough (``WordsHeard``), and the turn is closed when it lasts (``Turn``).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from coach.events import (
    Block,
    InterimWords,
    OtherVoice,
    Speaker,
    Turn,
    Utterance,
    VadChanged,
    VadState,
    Word,
    WordsHeard,
)
from coach.ports import FarEnd, Hearing, Transcriber, VoiceGate
from coach.speech.drafting import Drafter
from coach.speech.endpoint import Endpoint
from coach.speech.near import NearField
from coach.speech.segmenter import Found, Pausing, Segmenter
from coach.speech.stretch import Stretch
from coach.speech.turns import TurnAssembler

Heard = VadChanged | InterimWords | WordsHeard | OtherVoice | Turn

_VOICE_S = 1.0
"""Less speech than this says too little about whose voice it is."""
_LEAST_OTHER_S = 0.3


@dataclass(frozen=True, slots=True)
class _Ahead:
    """The open stretch, from ``start_s``, heard with ``run`` before it was known whether that ends here.

    It serves for a run that ends between ``quiet_from_s`` and ``until_s``.
    """

    start_s: float
    run: Utterance
    hearing: Hearing
    quiet_from_s: float
    until_s: float = math.inf


class Listener:
    """What the agent says, and only the agent.

    Without ``gate`` every voice is the agent's; without ``far_end`` nothing is taken for the loudspeaker's.
    Without ``drafter`` there are no interim words, as for a recording that is read faster than it was said.
    """

    def __init__(
        self,
        segmenter: Segmenter,
        transcriber: Transcriber,
        turns: TurnAssembler | None = None,
        *,
        endpoint: Endpoint | None = None,
        drafter: Drafter | None = None,
        gate: VoiceGate | None = None,
        far_end: FarEnd | None = None,
        faster: Callable[[], Transcriber | None] = lambda: None,
    ) -> None:
        self._segmenter = segmenter
        self._transcriber = self._chosen = transcriber
        self._faster = faster
        self._drafting = True
        self._turns = turns or TurnAssembler()
        self._endpoint = endpoint or Endpoint()
        self._drafter = drafter
        self._gate = gate
        self._far_end = far_end
        self._near = NearField()
        self._stretch = Stretch()
        self._hearing: Hearing | None = None
        self._ahead: _Ahead | None = None
        self._speaking = False
        self._ended_s = 0.0
        self._drafted = False
        self._now_s = 0.0

    def feed(self, block: Block) -> Iterator[Heard]:
        self._now_s = block.end_s
        if self._far_end is not None:
            self._far_end.hear(block)
        for found in self._segmenter.feed(block):
            yield from self._take(found)
        yield from self._draft()
        yield from self._drop_draft()
        yield from self._wait(block.end_s)

    def flush(self) -> Iterator[Heard]:
        """The end of the call, or of a run of audio: everything that is open is closed."""
        try:
            for found in self._segmenter.flush():
                yield from self._take(found)
            yield from self._close()
        finally:
            # Whatever became of the words: what is played is not listened to any longer.
            if self._far_end is not None:
                self._far_end.rest()

    def ease(self, step: int) -> str | None:
        """Give up interim words first, then the chosen model for a faster one; see ``live.pace.Easing``."""
        if step > 2 or (step == 2 and not self._go_faster()):
            return None
        if step < 2:
            self._transcriber = self._chosen
        self._drafting = step == 0
        if step == 0:
            return "This machine keeps up again."
        if step == 1:
            return "This machine is busy, so your words appear after each sentence, not while you speak."
        return f"This machine is busy, so Sameside goes on with the faster model {self._transcriber.name}."

    def _go_faster(self) -> bool:
        faster = self._faster()
        if faster is not None:
            self._transcriber = faster
        return faster is not None

    def _take(self, found: Found) -> Iterator[Heard]:
        if isinstance(found, Utterance):
            yield from self._hear(found)
            self._ahead = None
            return
        if isinstance(found, Pausing):
            yield from self._hear_ahead(found)
            return
        # Told before the state changes: the silence up to here may have closed a turn.
        yield from self._wait(found.at_s)
        self._speaking = found.state is not VadState.QUIET
        if found.state is VadState.SPEAKING:
            if self._ahead is not None:
                # Of use still where a long run is cut in this very pause.
                self._ahead = replace(self._ahead, until_s=self._ahead.run.end_s)
            self._settle()
        yield found

    def _wait(self, now_s: float, *, heard: bool = False) -> Iterator[Heard]:
        """Time has come to ``now_s``: in a long enough pause words become final, and the turn ends.

        ``heard``: it is known that the agent did not speak until then, whoever speaks now.
        """
        words = self._turns.words
        if (self._speaking and not heard) or not (words or self._turns.told):
            return
        silence_s = now_s - self._ended_s
        if silence_s >= self._endpoint.words_wait_s(words):
            yield from self._turns.tell()
            self._settle()
        if silence_s >= self._endpoint.turn_pause_s(words):
            yield from self._close()

    def _hear(self, run: Utterance) -> Iterator[Heard]:
        yield from self._wait(run.start_s, heard=True)
        if self._drafter is not None:
            # A run that was cut goes on, and hearing it takes a while: no draft right behind that.
            self._drafter.end(self._now_s if self._speaking else None)
        for part, speaker in self._parts(run):
            if speaker is not Speaker.OTHER:
                kept = replace(part, lead=run.lead) if part.start_s == run.start_s else part
                yield from self._wait(part.start_s, heard=True)
                yield from self._recognise(kept, speaker)
                continue
            if part.end_s - part.start_s >= _LEAST_OTHER_S:
                yield OtherVoice(part.start_s, part.end_s)
            yield from self._wait(part.end_s, heard=True)

    def _parts(self, run: Utterance) -> Iterator[tuple[Utterance, Speaker]]:
        if self._near.is_far(run):
            yield run, Speaker.OTHER
        elif self._gate is None:
            yield run, Speaker.AGENT
        else:
            yield from self._gate.agent_parts(run)

    def _recognise(self, part: Utterance, speaker: Speaker) -> Iterator[Heard]:
        if self._far_end is not None and self._far_end.leaked(part.start_s, part.end_s):
            yield OtherVoice(part.start_s, part.end_s, "leak")
            yield from self._wait(part.end_s, heard=True)
            return
        self._settle()
        if self._stretch and part.start_s > self._ended_s:
            self._endpoint.resumed(part.start_s - self._ended_s)
        self._stretch.add(part)
        self._ended_s = part.end_s
        self._hearing = self._heard_ahead(part) or self._transcriber.hear(self._stretch.audio())
        self._turns.hear(self._hearing.words, speaker)
        # What was drafted is among the words now, or there was nothing in it.
        self._drafted = self._drafted and not self._hearing.words
        if self._speaking:
            self._settle()
        if self._turns.too_long:
            yield from self._close()

    def _settle(self) -> None:
        """Let go of what is final whatever comes. Aligning takes a while: the words are told before it."""
        if self._hearing is not None and self._stretch.may_settle(self._hearing.words):
            words = self._time()
            self._turns.settle(len(self._stretch.settle(words)))

    def _hear_ahead(self, pausing: Pausing) -> Iterator[Heard]:
        """Hear the stretch as if its run ended here; it is as good as a draft if it does not."""
        run = pausing.run
        if not self._drafting or self._near.seems_far(run.samples) or not self._is_agent(run):
            return
        if self._far_end is not None and self._far_end.leaked(run.start_s, run.end_s):
            return
        whole = self._stretch.audio(run)
        hearing = self._transcriber.hear(whole)
        self._ahead = _Ahead(whole.start_s, run, hearing, pausing.quiet_from_s)
        if self._drafter is not None:
            self._drafter.put_off(run.end_s)
            yield from self._show((), (), self._turns.after_told(self._ahead.hearing.words))

    def _heard_ahead(self, part: Utterance) -> Hearing | None:
        """What was heard ahead, if it is of this very audio but for silence at the end."""
        ahead, self._ahead = self._ahead, None
        if ahead is None or ahead.start_s != self._stretch.start_s or ahead.run.start_s != part.start_s:
            return None
        return ahead.hearing if ahead.quiet_from_s <= part.end_s <= ahead.until_s else None

    def _time(self) -> tuple[Word, ...]:
        """Give the open words their times, and hear on its own what the decoder left out."""
        hearing, self._hearing = self._hearing, None
        if hearing is None:
            return ()
        words = hearing.timed()
        for run in self._stretch.unheard(words):
            words = _with(words, self._transcriber.hear(run).timed())
        self._turns.hear(words)
        return words

    def _draft(self) -> Iterator[Heard]:
        if self._drafter is None or not (self._drafting and self._speaking):
            return
        run = self._segmenter.open_run()
        if run is None or not self._drafter.due(run):
            return
        if self._near.seems_far(run.samples) or not self._is_agent(run):
            return
        committed, tentative = self._drafter.hear(run)
        yield from self._show(self._untold(), committed, tentative)

    def _show(
        self, before: tuple[Word, ...], committed: tuple[Word, ...], tentative: tuple[Word, ...]
    ) -> Iterator[Heard]:
        if committed or tentative or self._drafted:
            self._drafted = bool(committed or tentative)
            yield InterimWords(self._turns.index, (*before, *committed), tentative)

    def _is_agent(self, run: Utterance) -> bool:
        if self._gate is None:
            return True
        long_enough = run.end_s - run.start_s >= _VOICE_S
        return long_enough and self._gate.voice_of(run.samples) is Speaker.AGENT

    def _untold(self) -> tuple[Word, ...]:
        """Words heard in a pause too short to tell them as final."""
        return self._turns.words[len(self._turns.told) :]

    def _drop_draft(self) -> Iterator[Heard]:
        """Interim words that came to nothing are taken away."""
        if self._drafted and not self._speaking:
            self._drafted = False
            yield InterimWords(self._turns.index, self._untold(), ())

    def _close(self) -> Iterator[Heard]:
        self._time()
        self._stretch.clear()
        yield from self._drop_draft()
        yield from self._turns.close()


def _with(words: tuple[Word, ...], more: tuple[Word, ...]) -> tuple[Word, ...]:
    """``more`` put where it belongs in time; nothing overlaps."""
    if not more:
        return words
    before = [word for word in words if word.start_s + word.end_s < more[0].start_s + more[0].end_s]
    after = words[len(before) :]
    floor_s = more[-1].end_s
    pushed = [replace(w, start_s=max(w.start_s, floor_s), end_s=max(w.end_s, floor_s)) for w in after]
    return (*before, *more, *pushed)
