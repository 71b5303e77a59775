"""From blocks to turns where nobody waits: a recording is heard in long pieces, each once.

A live call hears the open stretch again at each pause, so that words are there at once. A recording needs
none of that: runs of speech are put together up to a pause that may end a turn, or up to what Whisper hears
in one go, which costs a third of it. Pieces are heard beside the engine's thread, two at a time: a thread for
each does more than two for one, which wait for each other at every step.
What comes out is in the order, and carries the times, at which a live call would have told it.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Protocol

from coach.events import Block, OtherVoice, Speaker, Turn, Utterance, VadChanged, VadState, Word, WordsHeard
from coach.ports import Hearing, VoiceGate
from coach.speech.beside import Beside
from coach.speech.endpoint import Endpoint
from coach.speech.near import NearField
from coach.speech.segmenter import Found, Pausing, Segmenter
from coach.speech.stretch import Stretch
from coach.speech.tongue import Taken, Tongue
from coach.speech.turns import TurnAssembler

Told = tuple[float, VadChanged | OtherVoice | WordsHeard | Turn]
"""When in the call it is known, in seconds, and what."""

PAUSE_S = 0.95
"""A pause from which on two runs are heard apart: it may end a turn."""
LONGEST_S = 26.0
"""Whisper hears 30 s at once; a second of silence goes behind."""
_LEAST_S = 10.0
"""A piece that grows too long is cut at its longest pause after this."""
_LEAST_OTHER_S = 0.3


class ManyTranscriber(Protocol):
    """``coach.ports.Transcriber`` for several utterances at once; each is heard as if it were alone."""

    def hear_all(self, utterances: Sequence[Utterance]) -> Sequence[Hearing]: ...


@dataclass(slots=True, eq=False)
class _Run:
    """A run of the agent's speech in line. ``words`` is None until they are known."""

    part: Utterance
    speaker: Speaker
    words: tuple[Word, ...] | None = None
    language: str = ""


class RecordedListener:
    """What the agent says in a recording. Deterministic, and independent of the blocks' sizes.

    Pieces of up to 26 s are heard ``beside``; the first is waited for once ``ahead`` others are begun.
    Without ``gate`` every voice is the agent's. ``taken_for`` tells what language a piece was taken for,
    or None; turns in another than English are marked.
    """

    def __init__(
        self,
        segmenter: Segmenter,
        transcriber: ManyTranscriber,
        turns: TurnAssembler | None = None,
        *,
        endpoint: Endpoint | None = None,
        gate: VoiceGate | None = None,
        beside: Beside | None = None,
        ahead: int = 0,
        taken_for: Callable[[Any], Taken | None] = lambda _hearing: None,
    ) -> None:
        self._segmenter = segmenter
        self._transcriber = transcriber
        self._turns = turns or TurnAssembler()
        self._endpoint = endpoint or Endpoint()
        self._gate = gate
        self._beside = beside or Beside()
        self._ahead = ahead
        self._taken_for = taken_for
        self._tongue = Tongue()
        self._languages = Counter[str]()
        self._near = NearField()
        self._line: deque[VadChanged | OtherVoice | _Run] = deque()
        self._open: list[_Run] = []
        self._in_work: deque[tuple[list[_Run], Future[tuple[Hearing, tuple[Word, ...]]]]] = deque()
        self._speaking = False
        self._ended_s = 0.0
        self._told_s = 0.0

    def feed(self, block: Block) -> Iterator[Told]:
        for found in self._segmenter.feed(block):
            self._take(found)
            while len(self._in_work) > self._ahead:
                self._take_words()
                yield from self._release()

    def flush(self) -> Iterator[Told]:
        """The end of the recording: everything that is open is heard and closed."""
        for found in self._segmenter.flush():
            self._take(found)
        if self._open:
            self._close_piece(len(self._open))
        try:
            while self._in_work:
                self._take_words()
                yield from self._release()
        finally:
            self._beside.end()
        yield from self._release()
        yield from self._close(max(self._ended_s, self._told_s))

    def _take(self, found: Found) -> None:
        if isinstance(found, Pausing):
            return
        if isinstance(found, VadChanged):
            self._line.append(found)
            return
        for part, speaker in self._parts(found):
            if speaker is not Speaker.OTHER:
                kept = replace(part, lead=found.lead) if part.start_s == found.start_s else part
                self._add(_Run(kept, speaker))
            elif part.end_s - part.start_s >= _LEAST_OTHER_S:
                self._line.append(OtherVoice(part.start_s, part.end_s))

    def _parts(self, run: Utterance) -> Iterator[tuple[Utterance, Speaker]]:
        if self._near.is_far(run):
            yield run, Speaker.OTHER
        elif self._gate is None:
            yield run, Speaker.AGENT
        else:
            yield from self._gate.agent_parts(run)

    def _add(self, run: _Run) -> None:
        if self._open and run.part.start_s - self._open[-1].part.end_s >= PAUSE_S:
            self._close_piece(len(self._open))
        while self._open and run.part.end_s - self._open[0].part.start_s > LONGEST_S:
            self._close_piece(_where_to_cut([one.part for one in self._open]))
        self._open.append(run)
        self._line.append(run)

    def _close_piece(self, count: int) -> None:
        piece, self._open = self._open[:count], self._open[count:]
        self._in_work.append((piece, self._beside.begin(partial(self._words_in, piece))))

    def _words_in(self, piece: Sequence[_Run]) -> tuple[Hearing, tuple[Word, ...]]:
        """Beside the engine's thread: only the runs' sound is looked at."""
        stretch = Stretch()
        for run in piece:
            stretch.add(run.part)
        [hearing] = self._transcriber.hear_all([stretch.audio()])
        words = [*hearing.timed()]
        if left_out := stretch.unheard(words):
            again = self._transcriber.hear_all(left_out)
            words += [word for one in again for word in one.timed()]
        return hearing, tuple(sorted(words, key=lambda word: word.start_s))

    def _take_words(self) -> None:
        """The piece that was begun first: each of its runs gets its words."""
        piece, heard = self._in_work.popleft()
        hearing, words = heard.result()
        self._listen_for_language(piece, hearing)
        _give(piece, words)

    def _listen_for_language(self, piece: Sequence[_Run], hearing: Hearing) -> None:
        speech_s = sum(run.part.end_s - run.part.start_s for run in piece)
        if self._tongue.wants(speech_s) and (taken := self._taken_for(hearing)) is not None:
            self._tongue.hear(speech_s, taken)
        for run in piece:
            run.language = self._tongue.language

    def _release(self) -> Iterator[Told]:
        """What is known for certain: all that comes before the first run that was not heard yet."""
        while self._line:
            first = self._line[0]
            if isinstance(first, _Run) and first.words is None:
                break
            self._line.popleft()
            if isinstance(first, _Run):
                yield from self._say(first)
            elif isinstance(first, OtherVoice):
                self._told_s = first.end_s
                yield first.end_s, first
            else:
                if not self._speaking:
                    yield from self._wait(first.at_s)
                self._speaking = first.state is not VadState.QUIET
                self._told_s = first.at_s
                yield first.at_s, first

    def _say(self, run: _Run) -> Iterator[Told]:
        part = run.part
        yield from self._wait(part.start_s)
        if self._turns.words and part.start_s > self._ended_s:
            self._endpoint.resumed(part.start_s - self._ended_s)
        self._ended_s = part.end_s
        self._languages[run.language] += len(run.words or ())
        self._turns.hear(run.words or (), run.speaker)
        self._turns.settle(len(run.words or ()))
        if self._turns.too_long:
            yield from self._close(part.end_s)

    def _wait(self, now_s: float) -> Iterator[Told]:
        """Time has come to ``now_s``: in a long enough pause the turn has ended."""
        words = self._turns.words
        if words and now_s - self._ended_s >= (pause_s := self._endpoint.turn_pause_s(words)):
            yield from self._close(self._ended_s + pause_s)

    def _close(self, at_s: float) -> Iterator[Told]:
        languages, self._languages = self._languages, Counter()
        for event in self._turns.close():
            if isinstance(event, Turn):
                event = replace(event, language=max(languages, key=languages.__getitem__, default=""))
            yield at_s, event


def _give(piece: Sequence[_Run], words: tuple[Word, ...]) -> None:
    """Each word to the run it lies in, or that it is nearest to."""
    at = 0
    for place, run in enumerate(piece):
        last = place + 1 == len(piece)
        until_s = 0.0 if last else (run.part.end_s + piece[place + 1].part.start_s) / 2
        count = len(words) if last else at
        while not last and count < len(words) and (words[count].start_s + words[count].end_s) / 2 < until_s:
            count += 1
        run.words, at = words[at:count], count


def _where_to_cut(runs: Sequence[Utterance]) -> int:
    """After how many runs a piece that grows too long is cut: at its longest pause, not too early."""
    begin_s = runs[0].start_s
    late = [n for n in range(1, len(runs)) if runs[n - 1].end_s - begin_s >= _LEAST_S]
    if not late:
        return len(runs)
    return max(late, key=lambda n: runs[n].start_s - runs[n - 1].end_s)
