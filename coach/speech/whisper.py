"""Speech to words by Whisper. The only module that imports faster_whisper."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from coach.errors import KnownError
from coach.events import SAMPLE_RATE_HZ, Utterance, Word
from coach.machine import heap
from coach.speech.states import STATES_PER_S, StateEncoder, States, view
from coach.speech.tongue import Taken
from coach.speech.trust import LOW_LOG_PROB, NO_SPEECH, Segment, believed, compression, in_order, is_loop
from coach.speech.vocabulary import bounded, likely_terms, mentions, overreaches

_NEEDED = ("config.json", "model.bin", "tokenizer.json")
_BEAM = 5
_NO_REPEAT = 6
"""In the last try no run of so many tokens may come twice."""
_DRAFT_STATES = 250
_DRAFT_TAIL_S = 0.4
"""Silence for a draft: less than for the final words, since a loop is caught and the next draft is near."""
_CONTEXT = 448


@dataclass(frozen=True, slots=True)
class _Decoded:
    """One decoding: its tokens, what they say with Whisper's figures, and the states it came from."""

    tokens: list[int]
    segment: Segment
    states: Any


class WhisperTranscriber:
    """``Transcriber`` by faster-whisper's model on the CPU, int8, from a local folder; never fetched.

    Deterministic. A text that loops, or that the model itself doubts, is decoded again with the full padding
    to 30 s, and if it still loops once more where repeats are barred.
    ``language`` is ignored by English-only models. Terms of ``vocabulary`` are spelled right where the plain
    hearing comes near one of them, and change nothing elsewhere. ``at_once`` threads may hear at the same
    time, each on ``threads`` of its own.
    Raises ``KnownError``: model-missing, model-damaged, language-unknown.
    """

    def __init__(
        self,
        model_dir: Path,
        threads: int,
        language: str = "en",
        vocabulary: Sequence[str] = (),
        at_once: int = 1,
    ) -> None:
        self.name = model_dir.name
        self._model = _load(model_dir, threads, at_once)
        self._tokenizer = _tokenizer(self._model, language)
        self._encoder = StateEncoder(self._model)
        self._terms = bounded(vocabulary)
        self._tells_language = language == "en" and self._model.model.is_multilingual
        self._prompt = [*self._tokenizer.sot_sequence, self._tokenizer.no_timestamps]

    def warm(self) -> None:
        """Do what is done once, so that the first words do not wait for it."""
        with heap.loading():
            self._encoder.silence()

    def hear(self, utterance: Utterance) -> WhisperHearing:
        """The words of ``utterance``, at most 30 s of it."""
        return self.hear_all([utterance])[0]

    def hear_all(self, utterances: Sequence[Utterance]) -> list[WhisperHearing]:
        """``hear`` for each, decoded in one batch: a third of the cost of one by one, the same words."""
        if not utterances:
            return []
        states = self._encoder.batch([one.samples for one in utterances])
        decoded = self._decode_all(utterances, self._prompt, states)
        return [self._spelled(one, first) for one, first in zip(utterances, decoded, strict=True)]

    def _spelled(self, utterance: Utterance, first: _Decoded) -> WhisperHearing:
        """What was heard, with the terms of the vocabulary spelled right."""
        plain = WhisperHearing(utterance, self._trusted(utterance, self._prompt, first), self._timed)
        likely = likely_terms(plain.words, self._terms)
        if not likely:
            return plain
        prompt = self._with_terms(likely)
        again = self._decode(utterance, prompt, self._encoder.spliced(utterance.samples))
        spelled = WhisperHearing(utterance, self._trusted(utterance, prompt, again), self._timed)
        if not mentions(spelled.words, likely) or overreaches(plain.words, spelled.words, likely):
            return plain
        return spelled if spelled.log_prob >= plain.log_prob else plain

    def taken_for(self, hearing: WhisperHearing) -> Taken | None:
        """What language was heard in it; None where the model knows but one, or English is not wanted."""
        if not self._tells_language:
            return None
        [found] = self._model.model.detect_language(hearing.states)
        likely = {token.strip("<|>"): probability for token, probability in found}
        return Taken(likely.get("en", 0.0), max(likely, key=lambda code: likely[code]))

    def draft(self, utterance: Utterance) -> tuple[Word, ...]:
        """A quick hearing of speech that goes on."""
        states = self._encoder.spliced(utterance.samples, _DRAFT_STATES, _DRAFT_TAIL_S)
        heard = self._decode(utterance, self._prompt, states, beam_size=1)
        return () if is_loop(heard.segment) else believed([heard.segment])

    def _trusted(self, utterance: Utterance, prompt: list[int], first: _Decoded) -> _Decoded:
        if not _doubted(first.segment):
            return first
        states = self._encoder.padded(utterance.samples)
        tries = [self._decode(utterance, prompt, states)]
        if is_loop(tries[0].segment) and tries[0].segment.no_speech <= NO_SPEECH:
            tries.append(self._decode(utterance, prompt, states, no_repeat_ngram_size=_NO_REPEAT))
        sound = [one for one in tries if not is_loop(one.segment)]
        return max(sound, key=lambda one: one.segment.log_prob) if sound else tries[0]

    def _decode(
        self, utterance: Utterance, prompt: list[int], states: Any, beam_size: int = _BEAM, **how: Any
    ) -> _Decoded:
        most = _most_tokens(len(utterance.samples) / SAMPLE_RATE_HZ)
        [found] = self._generate([prompt], states, most, beam_size, **how)
        return self._read(utterance, found, states)

    def _decode_all(
        self, utterances: Sequence[Utterance], prompt: list[int], states: Sequence[States]
    ) -> list[_Decoded]:
        """All in one batch: the weights are read once for a token of each of them."""
        most = max(_most_tokens(len(one.samples) / SAMPLE_RATE_HZ) for one in utterances)
        together = view(np.concatenate(states))
        found = self._generate([prompt] * len(utterances), together, most)
        return [self._read(*one) for one in zip(utterances, found, map(view, states), strict=True)]

    def _generate(
        self, prompts: list[list[int]], states: Any, most_tokens: int, beam_size: int = _BEAM, **how: Any
    ) -> Any:
        return self._model.model.generate(
            states,
            prompts,
            beam_size=beam_size,
            # The library decodes half of this, or what the prompt leaves of it, whichever is less.
            max_length=min(_CONTEXT, max(len(prompts[0]) + most_tokens, 2 * most_tokens)),
            return_scores=True,
            return_no_speech_prob=True,
            suppress_tokens=[-1],
            **how,
        )

    def _read(self, utterance: Utterance, found: Any, states: Any) -> _Decoded:
        count = len(found.sequences_ids[0])
        # The score is already per token (length penalty 1), the end token not counted.
        log_prob = found.scores[0] * count / (count + 1)
        tokens = [one for one in found.sequences_ids[0] if one < self._tokenizer.eot]
        pieces = self._pieces(tokens)
        words = _spread(pieces, utterance)
        segment = Segment(words, found.no_speech_prob, log_prob, compression(" ".join(pieces)))
        return _Decoded(tokens, segment, states)

    def _timed(self, decoded: _Decoded, utterance: Utterance) -> Segment:
        if not decoded.tokens:
            return decoded.segment
        frames = max(2, len(utterance.samples) * 2 * STATES_PER_S // SAMPLE_RATE_HZ)
        found = self._model.find_alignment(self._tokenizer, [decoded.tokens], decoded.states, frames)[0]
        return replace(decoded.segment, words=tuple(_joined(found, utterance.start_s)))

    def _pieces(self, tokens: list[int]) -> list[str]:
        """Words as written; what begins without a space belongs to the one before."""
        joined: list[str] = []
        for text in self._tokenizer.split_to_word_tokens(tokens)[0] if tokens else ():
            if joined and text[:1].strip():
                joined[-1] += text.rstrip()
            elif text.strip():
                joined.append(text.strip())
        return joined

    def _with_terms(self, likely: Sequence[str]) -> list[int]:
        terms = self._tokenizer.encode(" " + ", ".join(likely))
        return [self._tokenizer.sot_prev, *terms[: _CONTEXT // 2 - 1], *self._prompt]


class WhisperHearing:
    """``Hearing`` that keeps what it needs to align its words when they are asked for."""

    def __init__(
        self, utterance: Utterance, decoded: _Decoded, align: Callable[[_Decoded, Utterance], Segment]
    ) -> None:
        self.words = self._trusted(utterance, decoded.segment)
        self.log_prob = decoded.segment.log_prob
        self._utterance, self._decoded, self._align = utterance, decoded, align
        self._timed: tuple[Word, ...] | None = None if self.words else ()

    @property
    def states(self) -> Any:
        """What the encoder made of it."""
        return self._decoded.states

    def timed(self) -> tuple[Word, ...]:
        if self._timed is None:
            self._timed = self._trusted(self._utterance, self._align(self._decoded, self._utterance))
        return self._timed

    @staticmethod
    def _trusted(utterance: Utterance, segment: Segment) -> tuple[Word, ...]:
        return in_order(believed([segment]), utterance.start_s, utterance.end_s)


def _spread(pieces: Sequence[str], utterance: Utterance) -> tuple[Word, ...]:
    """Words at even distances: where exactly they were said is not known yet."""
    step_s = (utterance.end_s - utterance.start_s) / max(1, len(pieces))
    start_s = utterance.start_s
    return tuple(
        Word(text, start_s + at * step_s, start_s + (at + 1) * step_s, 0.0) for at, text in enumerate(pieces)
    )


def _doubted(segment: Segment) -> bool:
    """Worth the price of the full padding. What Whisper itself calls silence is not."""
    if segment.no_speech > NO_SPEECH and segment.log_prob < LOW_LOG_PROB:
        return False
    return is_loop(segment) or segment.log_prob < LOW_LOG_PROB


def _joined(found: Sequence[dict[str, Any]], start_s: float) -> Iterator[Word]:
    """Words as people write them: "bye" and "-bye", two to Whisper's aligner, are one."""
    open_word: Word | None = None
    for piece in found:
        text, end_s, probability = piece["word"], start_s + float(piece["end"]), float(piece["probability"])
        if open_word is not None and text[:1].strip():
            open_word = Word(
                open_word.text + text.rstrip(),
                open_word.start_s,
                # A full stop is given the whole of the pause after it: that is not the word's time.
                end_s if any(char.isalnum() for char in text) else open_word.end_s,
                min(open_word.probability, probability),
            )
            continue
        if open_word is not None:
            yield open_word
        begin_s = start_s + float(piece["start"])
        open_word = Word(text.strip(), begin_s, end_s, probability) if text.strip() else None
    if open_word is not None:
        yield open_word


def _most_tokens(duration_s: float) -> int:
    """More than anyone can say in the time: a loop over silence ends here instead of after 448 tokens."""
    return 12 + round(8 * duration_s)


def _tokenizer(model: Any, language: str) -> Any:
    from faster_whisper.tokenizer import Tokenizer

    multilingual = model.model.is_multilingual
    if multilingual and language not in model.supported_languages:
        raise KnownError(
            "language-unknown",
            f"'{language}' is not a language the recognition model knows. "
            "Write its two-letter code in the settings, such as en.",
        )
    return Tokenizer(
        model.hf_tokenizer, multilingual, task="transcribe", language=language if multilingual else "en"
    )


def _load(model_dir: Path, threads: int, at_once: int) -> Any:
    missing = [name for name in _NEEDED if not (model_dir / name).is_file()]
    if missing:
        raise KnownError(
            "model-missing",
            f"The recognition model in {model_dir} is not complete ({missing[0]} is missing). "
            "Run 'sameside models get', or choose another model in the settings.",
        )
    # Both are read when the library is loaded. A thread of low priority that spins while it waits for its
    # fellow burns what that one needs: on a busy machine recognition took five times the processor time.
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    # The encoder's convolutions are compiled for each length of sound, and all that code was kept: 1.7 MB for
    # a length, 300 MB after half an hour. Compiling them again costs nothing to speak of.
    os.environ.setdefault("ONEDNN_PRIMITIVE_CACHE_CAPACITY", "8")
    from faster_whisper import WhisperModel  # here, for it takes a second to import

    try:
        with heap.loading():
            return WhisperModel(
                str(model_dir),
                device="cpu",
                compute_type="int8",
                cpu_threads=threads,
                num_workers=at_once,
                local_files_only=True,
            )
    except Exception as error:
        # The library has no error of its own: it raises RuntimeError, ValueError or bare Exception.
        raise KnownError(
            "model-damaged",
            f"The recognition model in {model_dir} cannot be read. Run 'sameside models verify' "
            "to see which file is wrong, then 'sameside models get'.",
        ) from error
