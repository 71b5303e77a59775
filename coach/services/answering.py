"""One spoken answer, outside of a call: the microphone and the listener of a call, and nothing is kept."""

from __future__ import annotations

import logging
import math
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Protocol

from coach.audio.block import level
from coach.audio.watch import MicrophoneWatch
from coach.errors import KnownError
from coach.events import Block, Event, InterimWords, OtherVoice, Turn, VadChanged, Word, WordsHeard
from coach.live.asked import ON_ITS_WAY_S
from coach.live.making import Making
from coach.machine.clock import awake_or_not
from coach.ports import AudioSource
from coach.values.answers import AnswerBegun, AnswerEvent, AnswerFailed, AnswerHeard, AnswerSink, AnswerWords
from coach.values.voices import Voices

log = logging.getLogger(__name__)

READ_TIMEOUT_S = 0.1
LEVEL_EVERY_S = 0.05


@dataclass(frozen=True, slots=True)
class AnswerPatience:
    """Seconds. An answer is thought over: it is given longer pauses than a turn of a call."""

    pause_s: float = 2.0
    first_word_s: float = 15.0
    longest_s: float = 60.0


class Listening(Protocol):
    """``coach.speech.listening.Listener``."""

    def feed(self, block: Block) -> Iterator[Event]: ...
    def flush(self) -> Iterator[Event]: ...


class _Spoken:
    """When the agent spoke: whenever somebody did, unless it turns out that it was another. What others say
    does not keep an answer open."""

    def __init__(self) -> None:
        self._voices = Voices()
        self._others_until_s = 0.0

    def changed(self, event: VadChanged) -> None:
        self._voices.changed(event)

    def other(self, dropped: OtherVoice) -> None:
        self._others_until_s = max(self._others_until_s, dropped.end_s)
        self._voices.other(dropped)

    @property
    def latest_s(self) -> float | None:
        """When the agent was last heard to an end; None before the first word."""
        return max((run.end_s for run in self._voices.runs if run.end_s is not None), default=None)

    def silent_until(self, now_s: float) -> float:
        """Until when it is known that the agent said no more: while somebody speaks, others were heard."""
        return self._others_until_s if self._voices.going_on else now_s


class Answer:
    """Events of the listener in, the answer so far out, and whether it is over. Pure."""

    def __init__(self, patience: AnswerPatience | None = None) -> None:
        self._patience = patience or AnswerPatience()
        self._turns: list[str] = []
        self._open = ""
        self._tentative = ""
        self._spoken = _Spoken()
        self._other_voice = False

    def take(self, event: Event) -> AnswerWords | None:
        """The words as they stand, where they changed."""
        before = self.words
        if isinstance(event, VadChanged):
            self._spoken.changed(event)
        elif isinstance(event, WordsHeard):
            self._open, self._tentative = _text(event.words), ""
        elif isinstance(event, InterimWords):
            self._tentative = _text((*event.committed, *event.tentative))
        elif isinstance(event, Turn):
            self._turns.append(event.text)
            self._open, self._tentative = "", ""
        elif isinstance(event, OtherVoice):
            self._other_voice = True
            self._spoken.other(event)
        return self.words if self.words != before else None

    def is_over(self, now_s: float) -> bool:
        """Whether ``now_s`` seconds into it the answer has ended by itself."""
        if now_s >= self._patience.longest_s:
            return True
        latest_s = self._spoken.latest_s
        patience_s = self._patience.first_word_s if latest_s is None else self._patience.pause_s
        return self._spoken.silent_until(now_s) - (latest_s or 0.0) >= patience_s

    @property
    def words(self) -> AnswerWords:
        said = " ".join(part for part in (*self._turns, self._open, self._tentative) if part)
        return AnswerWords(said, self._tentative)

    @property
    def heard(self) -> AnswerHeard:
        text = " ".join(part for part in (*self._turns, self._open) if part)
        return AnswerHeard(text, self._other_voice and not text)


def _text(words: Iterable[Word]) -> str:
    return " ".join(word.text for word in words)


class SpokenAnswer:
    """``coach.values.answers.AnswerControl``. It listens on a thread of its own from the moment it is made,
    which also loads what ``listen`` needs; what is said meanwhile is heard."""

    def __init__(
        self,
        source: AudioSource,
        listen: Callable[[], Listening],
        sink: AnswerSink,
        patience: AnswerPatience | None = None,
        clock: Callable[[], float] = awake_or_not,
    ) -> None:
        self._source = source
        self._clock = clock
        self._done_s = math.inf
        self._listen = listen
        self._sink = sink
        self._answer = Answer(patience)
        self._finished = threading.Event()
        self._stopped = threading.Event()
        self._level_due_s = 0.0
        self._thread = threading.Thread(target=self._run, name="sameside-answer", daemon=True)
        self._thread.start()

    def finish(self) -> None:
        self._done_s = min(self._done_s, self._clock())
        self._finished.set()

    def stop(self) -> None:
        self._stopped.set()

    def join(self, timeout_s: float) -> bool:
        self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def _run(self) -> None:
        try:
            self._hear()
        except KnownError as error:
            self._send(AnswerFailed(error.code, error.message))
        except Exception:
            log.exception("a spoken answer stopped on a bug")
            self._send(AnswerFailed("bug", "Sameside met a fault of its own. Please try again."))
        finally:
            self._source.stop()

    def _hear(self) -> None:
        # The microphone first: it keeps what is said while the models load.
        self._source.start()
        self._send(AnswerBegun(self._source.name))
        wrong = getattr(self._source, "wrong", None)
        watch = MicrophoneWatch(self._source.name, speech_within_s=None, wrong=wrong)
        loading, early = Making("sameside-answer-loading", self._listen), list[Block]()
        loading.start()
        gone = self._keep_while(loading, early, watch)
        if self._finished.is_set():
            # Done before it is all loaded: what is said from now on is no part of it.
            self._source.stop()
            self._wait(loading)
        if self._stopped.is_set():
            return
        listener = loading.result()
        if self._catch_up(listener, early):
            gone = None
        elif gone is None:
            gone = self._listen_on(listener, watch)
        if self._stopped.is_set():
            return
        self._source.stop()
        if self._finished.is_set() or gone is not None:
            # Ended by silence, what came in since is no part of it.
            self._drain(listener)
        self._pass_on(listener.flush())
        heard = self._answer.heard
        if gone is not None and not heard.text:
            raise gone
        self._send(heard if gone is None else replace(heard, broken_off=gone.message))

    def _wait(self, loading: Making[Listening]) -> None:
        while loading.is_alive() and not self._stopped.is_set():
            loading.join(READ_TIMEOUT_S)

    def _keep_while(
        self, loading: Making[Listening], early: list[Block], watch: MicrophoneWatch
    ) -> KnownError | None:
        """What is said until that is loaded; the reason where the microphone went. Left, it is let go of at
        once, and not only once that is loaded."""
        while loading.is_alive() and not (self._stopped.is_set() or self._finished.is_set()):
            try:
                block = self._source.read(READ_TIMEOUT_S)
            except EOFError:
                self._wait(loading)
                return None
            except KnownError as error:
                self._wait(loading)
                return error
            if block is not None:
                self._show(block, watch)
                early.append(block)
        return None

    def _catch_up(self, listener: Listening, early: list[Block]) -> bool:
        """Whether the answer was over in it, or was left."""
        closed = False
        for block in early:
            if self._stopped.is_set():
                return True
            if self._finished.is_set() and not closed:
                closed = True
                self._source.stop()
            self._pass_on(listener.feed(block))
            if self._answer.is_over(block.end_s):
                return True
        return False

    def _listen_on(self, listener: Listening, watch: MicrophoneWatch) -> KnownError | None:
        """Until the answer is over. The reason where the microphone went before: what was said stands."""
        while not (self._stopped.is_set() or self._finished.is_set()):
            try:
                block = self._source.read(READ_TIMEOUT_S)
            except EOFError:
                break
            except KnownError as error:
                return error
            if block is not None:
                self._show(block, watch)
                self._pass_on(listener.feed(block))
                if self._answer.is_over(block.end_s):
                    break
        return None

    def _show(self, block: Block, watch: MicrophoneWatch) -> None:
        """How loud it is, and what is wrong with the microphone."""
        if block.end_s >= self._level_due_s:
            self._level_due_s = block.end_s + LEVEL_EVERY_S
            self._send(level(block))
        for failure in watch.feed(block):
            self._send(failure)

    def _drain(self, listener: Listening) -> None:
        """What was said before it was finished and has not been read yet: not what came in after that."""
        while not self._stopped.is_set():
            try:
                block = self._source.read(0.0)
            except (EOFError, KnownError):
                return
            if block is None:
                return
            if (getattr(self._source, "arrived_s", None) or 0.0) <= self._done_s + ON_ITS_WAY_S:
                self._pass_on(listener.feed(block))

    def _pass_on(self, events: Iterator[Event]) -> None:
        for event in events:
            if self._stopped.is_set():
                return
            words = self._answer.take(event)
            if words is not None:
                self._send(words)

    def _send(self, event: AnswerEvent) -> None:
        if not self._stopped.is_set():
            self._sink(event)
