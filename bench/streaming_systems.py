"""Ways to turn a live voice into text, all on the same weights: ours, and the policies of peers.

Each is fed blocks and yields ``Shown``: all words of the stretch at hand as a person would see them then.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from coach.events import SAMPLE_RATE_HZ, Block, InterimWords, Samples, Turn, Utterance, Word, WordsHeard
from coach.speech.agreement import plain
from coach.speech.drafting import Drafter
from coach.speech.listening import Listener
from coach.speech.segmenter import Segmenter, SegmenterConfig
from coach.speech.vad import SileroVad
from coach.speech.whisper import WhisperTranscriber


@dataclass(frozen=True, slots=True)
class Shown:
    """``words`` of ``turn`` as shown now; the first ``final`` of them stand unless mended."""

    turn: int
    words: tuple[Word, ...]
    final: int


class System(Protocol):
    """``takes_all``: what came while it was at work is given to it at once, as one block."""

    name: str
    takes_all: bool

    def feed(self, block: Block) -> Iterator[Shown]: ...
    def flush(self) -> Iterator[Shown]: ...


class Sameside:
    """What the product does: drafts while speaking, the open stretch heard again in every pause."""

    takes_all = False

    def __init__(self, transcriber: WhisperTranscriber, interim: bool = True) -> None:
        self.name = "Sameside" if interim else "Sameside, no interim words"
        drafter = Drafter(transcriber) if interim else None
        self._listener = Listener(Segmenter(SileroVad()), transcriber, drafter=drafter)
        self._told: tuple[Word, ...] = ()

    def feed(self, block: Block) -> Iterator[Shown]:
        yield from self._shown(self._listener.feed(block))

    def flush(self) -> Iterator[Shown]:
        yield from self._shown(self._listener.flush())

    def _shown(self, events: Iterator[Any]) -> Iterator[Shown]:
        for event in events:
            if isinstance(event, WordsHeard):
                self._told = event.words
                yield Shown(event.turn_index, event.words, len(event.words))
            elif isinstance(event, InterimWords):
                words = (*self._told, *event.committed, *event.tentative)
                yield Shown(event.turn_index, words, len(self._told))
            elif isinstance(event, Turn):
                self._told = ()
                yield Shown(event.index, event.words, len(event.words))


class VadThenTranscribe:
    """The plain loop: wait for ``silence_s`` of quiet, then transcribe the utterance, padded to 30 s."""

    takes_all = False

    def __init__(self, model: Any, silence_s: float = 0.5, beam: int = 1) -> None:
        self.name = f"VAD {silence_s:.1f} s, then transcribe, beam {beam}"
        config = replace(SegmenterConfig(), end_silence_s=silence_s, max_utterance_s=28.0, cut_search_s=10.0)
        self._segmenter = Segmenter(SileroVad(), config)
        self._model, self._beam, self._turn = model, beam, -1

    def feed(self, block: Block) -> Iterator[Shown]:
        yield from self._hear(self._segmenter.feed(block))

    def flush(self) -> Iterator[Shown]:
        yield from self._hear(self._segmenter.flush())

    def _hear(self, found: Iterator[Any]) -> Iterator[Shown]:
        for one in found:
            if isinstance(one, Utterance):
                words = transcribed(self._model, one.samples, one.start_s, self._beam)
                self._turn += 1
                yield Shown(self._turn, words, len(words))


class LocalAgreementStream:
    """The policy of whisper_streaming (Macháček et al. 2023), written from the paper.

    Every ``chunk_s``, or as soon as the step before is done, the whole buffer is transcribed; words two
    successive hypotheses agree on are final; a buffer longer than ``most_s`` is cut at its last finished
    sentence; 200 characters are the prompt.
    """

    name = "whisper_streaming's policy (LocalAgreement-2)"
    takes_all = True

    def __init__(self, model: Any, chunk_s: float = 1.0, most_s: float = 15.0) -> None:
        self._model, self._chunk_s, self._most_s = model, chunk_s, most_s
        self._buffer: Samples = np.zeros(0, np.float32)
        self._start_s, self._due_s = 0.0, chunk_s
        self._committed: list[Word] = []
        self._previous: list[Word] = []

    def feed(self, block: Block) -> Iterator[Shown]:
        self._buffer = np.concatenate([self._buffer, block.samples])
        if block.end_s >= self._due_s:
            self._due_s = block.end_s + self._chunk_s
            yield self._step()

    def flush(self) -> Iterator[Shown]:
        self._committed += self._previous
        yield Shown(0, tuple(self._committed), len(self._committed))

    def _step(self) -> Shown:
        prompt = " ".join(word.text for word in self._committed if word.end_s <= self._start_s)[-200:]
        words = transcribed(self._model, self._buffer, self._start_s, 5, prompt or None)
        last_s = self._committed[-1].end_s if self._committed else 0.0
        fresh = [word for word in words if word.end_s > last_s + 0.1]
        agreed = 0
        for one, other in zip(fresh, self._previous, strict=False):
            if plain(one.text) != plain(other.text):
                break
            agreed += 1
        self._committed += fresh[:agreed]
        self._previous = fresh[agreed:]
        self._cut()
        return Shown(0, (*self._committed, *self._previous), len(self._committed))

    def _cut(self) -> None:
        if len(self._buffer) <= self._most_s * SAMPLE_RATE_HZ:
            return
        inside = [word for word in self._committed if word.end_s > self._start_s]
        if not inside:
            # Nothing two hypotheses agree on: as in the paper's own program the buffer grows.
            return
        ends = [word.end_s for word in inside if word.text.endswith((".", "?", "!"))]
        cut_s = ends[-1] if ends else inside[-1].end_s
        self._buffer = self._buffer[round((cut_s - self._start_s) * SAMPLE_RATE_HZ) :]
        self._start_s = cut_s


def transcribed(
    model: Any, samples: Samples, start_s: float, beam: int, prompt: str | None = None
) -> tuple[Word, ...]:
    """Words of ``samples`` by faster-whisper itself, which hears a loop again at other temperatures."""
    found, _ = model.transcribe(
        samples,
        language="en",
        beam_size=beam,
        word_timestamps=True,
        initial_prompt=prompt,
        condition_on_previous_text=True,
    )
    return tuple(
        Word(word.word.strip(), start_s + word.start, start_s + word.end, word.probability)
        for segment in found
        for word in segment.words or ()
    )


def whisper_model(folder: Path, threads: int) -> Any:
    from faster_whisper import WhisperModel

    return WhisperModel(
        str(folder), device="cpu", compute_type="int8", cpu_threads=threads, local_files_only=True
    )
