"""Who speaks in a recording, where nobody is enrolled: its voices apart, each with its clearest moment.

Windows of speech are put together by likeness (average linkage). Nothing is said of who a voice is.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coach.events import SAMPLE_RATE_HZ, Samples
from coach.ports import VoiceActivity
from coach.voice.calibration import centroid
from coach.voice.encoder import Encoder
from coach.voice.making import make_profile
from coach.voice.profile import VoiceProfile
from coach.voice.windows import HOP, WINDOW, Window, Windows, clean

MOST_VOICES = 3
ALIKE = 0.5
"""Mean likeness from which on two groups of windows are one voice. Of runs of 15 development speakers windows
of one voice have 0.64 to each other in the middle, of two voices 0.25 (bench/pick_voice.py)."""
LEAST_S = 4.0
"""A voice heard for less is not offered: a word of a passer-by, a recorded announcement."""
CLIP_S = 5.0
_MOST_WINDOWS = 160
_VAD_WINDOW = 512
_SPEECH = 0.5
_SHORTEST = round(0.9 * SAMPLE_RATE_HZ)
_SEGMENT = 3 * SAMPLE_RATE_HZ
_MOST_SEGMENTS = 8

Told = Callable[[float], None]
"""Told the share that is done; it may raise to end the work."""


@dataclass(frozen=True, slots=True, eq=False)
class PickedVoice:
    """A voice of a recording; times in seconds of it."""

    profile: VoiceProfile
    speech_s: float
    start_s: float
    end_s: float
    narrow: bool


@dataclass(frozen=True, slots=True, eq=False)
class _Piece:
    """A window of speech at its place in the recording, and the run of speech it is in."""

    run: int
    start: int
    end: int
    window: Window


def find_voices(
    samples: Samples, encoder: Encoder, vad: VoiceActivity, today: dt.date, told: Told = lambda _share: None
) -> list[PickedVoice]:
    """The voices in the beginning of a recording, the one that speaks most first, at most ``MOST_VOICES``.

    ``samples``: some minutes at 16 kHz. Empty where there is too little speech.
    """
    samples = clean(samples)
    runs = speech_runs(samples, vad, lambda share: told(share / 3))
    pieces = _pieces(samples, runs, encoder, lambda share: told(1 / 3 + share * 2 / 3))
    if not pieces:
        return []
    voices = np.stack([piece.window.embedding for piece in pieces])
    groups = [[pieces[n] for n in group] for group in grouped(voices @ voices.T, ALIKE)]
    offered = sorted((group for group in groups if _speech_s(group) >= LEAST_S), key=_speech_s, reverse=True)
    return [_voice(samples, group, encoder, today) for group in offered[:MOST_VOICES]]


def speech_runs(samples: Samples, vad: VoiceActivity, told: Told) -> list[tuple[int, int]]:
    """Where speech is, [start, end) in samples; runs too short to tell a voice are left out."""
    vad.reset()
    runs: list[tuple[int, int]] = []
    begun: int | None = None
    whole = len(samples) - len(samples) % _VAD_WINDOW
    for at in range(0, whole, _VAD_WINDOW):
        if at % (_VAD_WINDOW * 256) == 0:
            told(at / whole)
        if vad.probability(samples[at : at + _VAD_WINDOW]) >= _SPEECH:
            begun = at if begun is None else begun
        elif begun is not None:
            runs.append((begun, at))
            begun = None
    if begun is not None:
        runs.append((begun, whole))
    vad.reset()
    return [run for run in runs if run[1] - run[0] >= _SHORTEST]


def _pieces(samples: Samples, runs: Sequence[tuple[int, int]], encoder: Encoder, told: Told) -> list[_Piece]:
    spans = [(number, at, end) for number, run in enumerate(runs) for at, end in _spans(*run)]
    step = max(1, -(-len(spans) // _MOST_WINDOWS))
    windows = Windows(encoder)
    pieces = []
    for place, (number, start, end) in enumerate(spans[::step]):
        told(place * step / len(spans))
        pieces += [_Piece(number, start, end, found) for found in windows.of(samples, [(start, end)])]
    return pieces


def _spans(start: int, end: int) -> list[tuple[int, int]]:
    if end - start < WINDOW:
        return [(start, end)]
    return [(at, at + WINDOW) for at in range(start, end - WINDOW + 1, HOP)]


def grouped(alike: NDArray[np.float32], least: float) -> list[list[int]]:
    """Numbers put together by average linkage: the two groups most alike, while that is at least ``least``.

    ``alike``: shape (n, n), symmetric.
    """
    groups = [[n] for n in range(len(alike))]
    sums = alike.astype(np.float64)
    sizes = np.ones(len(alike))
    while len(groups) > 1:
        means = sums / np.outer(sizes, sizes)
        np.fill_diagonal(means, -np.inf)
        first, second = divmod(int(np.argmax(means)), len(groups))
        if means[first, second] < least:
            break
        first, second = min(first, second), max(first, second)
        groups[first] += groups.pop(second)
        sums[first] += sums[second]
        sums[:, first] += sums[:, second]
        sums = np.delete(np.delete(sums, second, 0), second, 1)
        sizes[first] += sizes[second]
        sizes = np.delete(sizes, second)
    return groups


def _covered(group: Sequence[_Piece]) -> list[tuple[int, int, list[_Piece]]]:
    """Stretches the windows of a group cover without a break."""
    stretches: list[tuple[int, int, list[_Piece]]] = []
    for piece in sorted(group, key=lambda one: one.start):
        if stretches and stretches[-1][2][-1].run == piece.run and piece.start <= stretches[-1][1]:
            start, end, inside = stretches[-1]
            stretches[-1] = start, max(end, piece.end), [*inside, piece]
        else:
            stretches.append((piece.start, piece.end, [piece]))
    return stretches


def _speech_s(group: Sequence[_Piece]) -> float:
    return sum(end - start for start, end, _ in _covered(group)) / SAMPLE_RATE_HZ


def _voice(samples: Samples, group: Sequence[_Piece], encoder: Encoder, today: dt.date) -> PickedVoice:
    middle = centroid([piece.window.embedding for piece in group])
    stretches = sorted(_covered(group), key=lambda one: _clearness(one, middle), reverse=True)
    start, end, _ = stretches[0]
    end = min(end, start + round(CLIP_S * SAMPLE_RATE_HZ))
    said = np.concatenate([samples[begin:until] for begin, until, _ in stretches])
    segments = [said[at : at + _SEGMENT] for at in range(0, len(said), _SEGMENT)][:_MOST_SEGMENTS]
    profile = make_profile(encoder, [one for one in segments if len(one) >= _SHORTEST], today)
    narrow = sum(piece.window.narrow for piece in group) > len(group) / 2
    return PickedVoice(profile, _speech_s(group), start / SAMPLE_RATE_HZ, end / SAMPLE_RATE_HZ, narrow)


def _clearness(stretch: tuple[int, int, list[_Piece]], middle: NDArray[np.float32]) -> float:
    """A clip is the clearer the more it is like the voice, the longer up to ``CLIP_S``, and the louder."""
    start, end, inside = stretch
    likeness = float(np.mean([piece.window.embedding @ middle for piece in inside]))
    length = min(1.0, (end - start) / (CLIP_S * SAMPLE_RATE_HZ))
    level = float(np.mean([piece.window.level_dbfs for piece in inside]))
    return likeness + 0.3 * length + 0.01 * level
