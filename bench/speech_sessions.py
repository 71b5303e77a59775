"""Sessions of one speaker each, put together from clips with known text; and how well they were recognised.

Needs ``jiwer`` and ``whisper-normalizer`` (``pip install -e .[bench]``) for word error rates.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.clips import listed
from coach.audio.media_file import read_samples
from coach.events import SAMPLE_RATE_HZ, Samples
from coach.speech.vad import WINDOW, SileroVad

CLIPS = Path(__file__).resolve().parent / "data" / "speech"
PAUSE_S = (1.8, 2.6)
"""Between two clips: longer than any pause inside a turn."""
RESAMPLES = 10_000
_ROOM = 3e-4
"""Standard deviation of the noise between clips: a quiet room, about -70 dB full scale."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """One clip in its session: where it lies, where its last word ends, and what was said."""

    start_s: float
    end_s: float
    last_word_s: float
    text: str


@dataclass(frozen=True, slots=True)
class SpeechSession:
    name: str
    samples: Samples
    spoken: tuple[Spoken, ...]

    @property
    def text(self) -> str:
        return " ".join(one.text for one in self.spoken)

    @property
    def speech_s(self) -> float:
        return sum(one.end_s - one.start_s for one in self.spoken)


def sessions(folder: Path = CLIPS, most: int | None = None) -> list[SpeechSession]:
    """One session for each speaker and kind in ``folder`` (a manifest.csv with path, ref, speaker, kind)."""
    rows = [row for row in listed(folder, "ref", "speaker", "kind") if row["ref"].strip()]
    groups: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        groups.setdefault(f"{row['speaker']} {row['kind']}", []).append(row)
    rng = np.random.default_rng(1)
    return [_session(name, folder, group, rng) for name, group in list(groups.items())[:most]]


def room(seconds: float, rng: np.random.Generator) -> Samples:
    """A quiet room."""
    return (rng.standard_normal(round(seconds * SAMPLE_RATE_HZ)) * _ROOM).astype(np.float32)


def word_error_rate(said: Sequence[str], heard: Sequence[str]) -> float:
    """Percent, over all of it, after Whisper's English normaliser."""
    wrong, words = _errors(said, heard)
    return 100.0 * float(wrong.sum() / words.sum())


def difference_interval(
    said: Sequence[str], heard: Sequence[str], other: Sequence[str], share: float = 0.95
) -> tuple[float, float]:
    """Between what points the word error rate of ``heard`` less that of ``other`` lies, but for chance.

    A paired bootstrap over sessions (Bisani and Ney, 2004): each text is one session; ``share`` of the draws.
    """
    ours, words = _errors(said, heard)
    theirs, _ = _errors(said, other)
    drawn = np.random.default_rng(3).integers(0, len(words), (RESAMPLES, len(words)))
    differences = 100.0 * (ours - theirs)[drawn].sum(1) / words[drawn].sum(1)
    low, high = np.quantile(differences, ((1 - share) / 2, (1 + share) / 2))
    return float(low), float(high)


def _errors(said: Sequence[str], heard: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Words left out, put in or replaced, and words said, of each text."""
    import jiwer
    from whisper_normalizer.english import EnglishTextNormalizer

    plain = EnglishTextNormalizer()
    found = [jiwer.process_words(plain(one), plain(other)) for one, other in zip(said, heard, strict=True)]
    wrong = [one.substitutions + one.deletions + one.insertions for one in found]
    words = [one.hits + one.substitutions + one.deletions for one in found]
    return np.array(wrong), np.array(words)


def _session(name: str, folder: Path, group: list[dict[str, str]], rng: np.random.Generator) -> SpeechSession:
    pieces, spoken, at_s = [room(1.0, rng)], [], 1.0
    for row in group:
        clip = read_samples(folder / row["path"])
        end_s = at_s + len(clip) / SAMPLE_RATE_HZ
        spoken.append(Spoken(at_s, end_s, at_s + _last_voice_s(clip), row["ref"]))
        pause = room(float(rng.uniform(*PAUSE_S)), rng)
        pieces += [clip, pause]
        at_s = end_s + len(pause) / SAMPLE_RATE_HZ
    return SpeechSession(name, np.concatenate(pieces), tuple(spoken))


def _last_voice_s(clip: Samples) -> float:
    """Where the clip's last word ends, by its voice activity."""
    vad = SileroVad()
    windows = range(0, len(clip) - WINDOW + 1, WINDOW)
    voiced = [at for at in windows if vad.probability(clip[at : at + WINDOW]) >= 0.5]
    return ((voiced[-1] if voiced else len(clip) - WINDOW) + WINDOW) / SAMPLE_RATE_HZ
