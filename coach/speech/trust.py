"""Which of Whisper's segments to believe. Pure.

Whisper writes something for silence and noise too: lines from video subtitles, or one phrase over
and over. Its own figures tell most of these apart (Radford et al. 2022, "Robust speech recognition
via large-scale weak supervision", section 4.5, has the three thresholds).
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from coach.events import Word

NO_SPEECH = 0.6
LOW_LOG_PROB = -1.0
COMPRESSION = 2.4

_FASTEST_WORDS_PER_S = 9.0
"""Auctioneers come close to it; a loop over silence goes far beyond."""
_FEW_WORDS = 8
"""Too few to tell a rate by: the aligner may be off by a word."""
_DOUBT_NO_SPEECH = 0.4
_DOUBT_LOG_PROB = -0.7
_LOOP_TIMES = 4
_LOOP_LONGEST = 12

_SUBTITLE_LINES = frozenset(
    {
        "bye",
        "bye bye",
        "i ll see you next time",
        "please like and subscribe",
        "please subscribe",
        "please subscribe to my channel",
        "see you in the next video",
        "see you next time",
        "so",
        "subscribe",
        "subtitles by the amara org community",
        "thank you",
        "thank you for watching",
        "thank you so much for watching",
        "thank you very much",
        "thanks for listening",
        "thanks for watching",
        "the end",
        "you",
    }
)
"""What Whisper writes for silence, learned from subtitles. All of them can also be said."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of recognised words with Whisper's own figures for it.

    ``compression`` is the text's length over its compressed length: high where a phrase repeats.
    """

    words: tuple[Word, ...]
    no_speech: float
    log_prob: float
    compression: float

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)


def compression(text: str) -> float:
    """The text's length over its length compressed: far above 2 where a phrase repeats."""
    raw = text.encode("utf-8")
    return len(raw) / len(zlib.compress(raw)) if raw else 0.0


def is_loop(segment: Segment) -> bool:
    """True where the words repeat more than people do, or come faster than they speak."""
    return segment.compression > COMPRESSION or _too_fast(segment)


def believed(segments: Sequence[Segment]) -> tuple[Word, ...]:
    """The words to keep, in order."""
    kept: list[Word] = []
    for segment in segments:
        if segment.no_speech > NO_SPEECH and segment.log_prob < LOW_LOG_PROB:
            continue
        if is_loop(segment) and (segment.no_speech > NO_SPEECH or _too_fast(_without_loops(segment))):
            continue
        if _doubtful(segment) and _plain(segment.text) in _SUBTITLE_LINES:
            continue
        kept.extend((_without_loops(segment) if is_loop(segment) else segment).words)
    return tuple(word for word in kept if _says_something(word.text))


def in_order(words: Sequence[Word], start_s: float, end_s: float) -> tuple[Word, ...]:
    """``words`` inside [start_s, end_s], none beginning before the one before it has ended."""
    ordered: list[Word] = []
    floor_s = start_s
    for word in words:
        begin_s = min(max(word.start_s, floor_s), end_s)
        floor_s = min(max(word.end_s, begin_s), end_s)
        ordered.append(replace(word, start_s=begin_s, end_s=floor_s))
    return tuple(ordered)


def _too_fast(segment: Segment) -> bool:
    words = segment.words
    if len(words) < _FEW_WORDS:
        return False
    return len(words) > _FASTEST_WORDS_PER_S * (words[-1].end_s - words[0].start_s)


def _doubtful(segment: Segment) -> bool:
    return segment.no_speech > _DOUBT_NO_SPEECH or segment.log_prob < _DOUBT_LOG_PROB


def _without_loops(segment: Segment) -> Segment:
    """A phrase said ``_LOOP_TIMES`` or more in a row is kept once."""
    words = list(segment.words)
    plain = [_plain(word.text) for word in words]
    kept: list[Word] = []
    at = 0
    while at < len(words):
        size, times = _loop_at(plain, at)
        kept.extend(words[at : at + size])
        at += size * times
    return replace(segment, words=tuple(kept))


def _loop_at(plain: Sequence[str], at: int) -> tuple[int, int]:
    """(words in the phrase, times it is said) of a loop beginning at ``at``; (1, 1) where there is none."""
    for size in range(1, min(_LOOP_LONGEST, (len(plain) - at) // _LOOP_TIMES) + 1):
        phrase = plain[at : at + size]
        times = 1
        while plain[at + times * size : at + (times + 1) * size] == phrase:
            times += 1
        if times >= _LOOP_TIMES:
            return size, times
    return 1, 1


def _plain(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", text.lower()))


def _says_something(text: str) -> bool:
    return any(char.isalnum() or char in "%&+=€$£" for char in text)
