"""Speech to words by Whisper. The only module that imports faster_whisper."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from coach.errors import KnownError
from coach.events import SAMPLE_RATE_HZ, Utterance, Word
from coach.speech.trust import COMPRESSION, LOW_LOG_PROB, NO_SPEECH, Segment, believed, in_order, is_loop

_NEEDED = ("config.json", "model.bin", "tokenizer.json")
_TAIL_S = 1.0
"""Less than this after the last word is not decoded again: there is no word in it, only an invented one."""
_NO_REPEAT = 6
"""In the second try no run of so many tokens may come twice."""


class WhisperTranscriber:
    """``Transcriber`` by faster-whisper on the CPU, int8, from a local folder; nothing is ever fetched.

    Deterministic: a text that loops gets one second try, by beam search too, where repeats are barred.
    ``language`` is ignored by English-only models. ``hotwords`` make names and terms likelier.
    Raises ``KnownError``: model-missing, model-damaged, language-unknown.
    """

    def __init__(
        self, model_dir: Path, threads: int, language: str = "en", hotwords: tuple[str, ...] = ()
    ) -> None:
        self.name = model_dir.name
        self._model = _load(model_dir, threads)
        self._language = _known_language(self._model, language)
        self._hotwords = ", ".join(hotwords) or None

    def transcribe(self, utterance: Utterance) -> tuple[Word, ...]:
        segments = list(self._decode(utterance))
        if any(is_loop(segment) and segment.no_speech <= NO_SPEECH for segment in segments):
            second = list(self._decode(utterance, no_repeat_ngram_size=_NO_REPEAT))
            segments = second if not any(is_loop(segment) for segment in second) else segments
        return in_order(believed(segments), utterance.start_s, utterance.end_s)

    def _decode(self, utterance: Utterance, **changes: Any) -> Iterator[Segment]:
        duration_s = len(utterance.samples) / SAMPLE_RATE_HZ
        found, _ = self._model.transcribe(
            utterance.samples,
            language=self._language,
            beam_size=5,
            temperature=[0.0],
            compression_ratio_threshold=COMPRESSION,
            log_prob_threshold=LOW_LOG_PROB,
            no_speech_threshold=NO_SPEECH,
            condition_on_previous_text=False,
            word_timestamps=True,
            vad_filter=False,
            hotwords=self._hotwords,
            max_new_tokens=_most_tokens(duration_s, bool(self._hotwords)),
            **changes,
        )
        for segment in found:
            words = tuple(_words(segment, utterance.start_s))
            yield Segment(words, segment.no_speech_prob, segment.avg_logprob, segment.compression_ratio)
            # The segments come as they are decoded: to stop here is to leave the rest undecoded.
            if duration_s - segment.end < _TAIL_S:
                return


def _known_language(model: Any, language: str) -> str:
    if not model.model.is_multilingual:
        return "en"
    if language not in model.supported_languages:
        raise KnownError(
            "language-unknown",
            f"'{language}' is not a language the recognition model knows. "
            "Write its two-letter code in the settings, such as en.",
        )
    return language


def _words(segment: Any, start_s: float) -> Iterator[Word]:
    """Words as people write them: "bye" and "-bye", two to Whisper's aligner, are one."""
    open_word: Word | None = None
    for piece in segment.words or ():
        text, end_s, probability = piece.word, start_s + float(piece.end), float(piece.probability)
        if open_word is not None and text[:1].strip():
            open_word = Word(
                open_word.text + text.rstrip(),
                open_word.start_s,
                end_s,
                min(open_word.probability, probability),
            )
            continue
        if open_word is not None:
            yield open_word
        begin_s = start_s + float(piece.start)
        open_word = Word(text.strip(), begin_s, end_s, probability) if text.strip() else None
    if open_word is not None:
        yield open_word


def _most_tokens(duration_s: float, hotwords: bool) -> int:
    """More than anyone can say in the time: a loop over silence ends here instead of after 448 tokens."""
    # Whisper's context is 448 tokens, of which hotwords may take half.
    return min(220 if hotwords else 440, 30 + round(10 * duration_s))


def _load(model_dir: Path, threads: int) -> Any:
    missing = [name for name in _NEEDED if not (model_dir / name).is_file()]
    if missing:
        raise KnownError(
            "model-missing",
            f"The recognition model in {model_dir} is not complete ({missing[0]} is missing). "
            "Run 'sameside models get', or choose another model in the settings.",
        )
    from faster_whisper import WhisperModel  # here, for it takes a second to import

    try:
        return WhisperModel(
            str(model_dir), device="cpu", compute_type="int8", cpu_threads=threads, local_files_only=True
        )
    except Exception as error:
        # The library has no error of its own: it raises RuntimeError, ValueError or bare Exception.
        raise KnownError(
            "model-damaged",
            f"The recognition model in {model_dir} cannot be read. Run 'sameside models verify' "
            "to see which file is wrong, then 'sameside models get'.",
        ) from error
