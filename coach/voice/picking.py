"""Who speaks in a recording, where nobody is enrolled: its voices apart, each with its clearest moment.

Windows of speech are parted by likeness for as long as the halves are not alike. Nothing is said of who
a voice is.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coach.events import SAMPLE_RATE_HZ, Samples
from coach.ports import VoiceActivity
from coach.voice.calibration import centroid
from coach.voice.encoder import Encoder
from coach.voice.making import Told, make_profile
from coach.voice.profile import VoiceProfile
from coach.voice.windows import Window, Windows, clean

MOST_VOICES = 3
ALIKE = 0.84
"""Two halves of the speech whose middles are less alike than this are two voices. Of 3 development speakers,
wide and in a telephone's band, halves of one voice had 0.84 and more, of two 0.71 and less. Near to one
voice, because asking without need costs a click, and not asking the words of a customer."""
ALIKE_AGAIN = 0.7
"""The same for a third voice, which is rare."""
LEAST_S = 3.0
"""A voice heard for less is not offered: a word of a passer-by, a cough."""
CLIP_S = 5.0
_MOST_WINDOWS = 100
"""Each takes 50 ms of a core."""
_VAD_WINDOW = 512
_SPEECH = 0.5
_SHORTEST = round(0.9 * SAMPLE_RATE_HZ)
_WINDOW, _HOP = round(2.4 * SAMPLE_RATE_HZ), round(1.2 * SAMPLE_RATE_HZ)
"""Longer than the gate's: nobody waits, and over a telephone short windows tell voices apart less well."""
_BRIDGED = round(0.3 * SAMPLE_RATE_HZ)
"""Pauses within a sentence; two people seldom take turns as fast."""
_SEGMENT = 3 * SAMPLE_RATE_HZ
_MOST_SEGMENTS = 8
_BEGINNINGS, _ROUNDS = 12, 20
_LISTENED, _TOLD_APART = 0.1, 0.55
"""The shares of the work after which speech is found, and after which voices are told apart."""

Embeddings = NDArray[np.float32]


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
    samples: Samples,
    encoder: Encoder,
    vad: VoiceActivity,
    today: dt.date,
    told: Told = lambda _share: None,
    *,
    lone: bool = True,
) -> list[PickedVoice]:
    """The voices in some minutes of a recording, the one that speaks most first, at most ``MOST_VOICES``.

    ``samples``: at 16 kHz, all of it or stretches with silence between. Empty with too little speech, and
    without ``lone`` where there is but one voice: its profile would cost as much as looking for another.
    """
    samples = clean(samples)
    runs = speech_runs(samples, vad, _onwards(told, 0.0, _LISTENED))
    pieces = _pieces(samples, runs, encoder, _onwards(told, _LISTENED, _TOLD_APART - _LISTENED))
    if not pieces:
        return []
    voices = np.stack([piece.window.embedding for piece in pieces])
    fresh_s = np.array(
        [_fresh_s(piece, before) for piece, before in zip(pieces, [None, *pieces], strict=False)]
    )
    groups = [[pieces[n] for n in group] for group in parted(voices, fresh_s)]
    if len(groups) == 1 and not lone:
        return []
    each = (1 - _TOLD_APART) / max(1, len(groups))
    return [
        _voice(samples, group, encoder, today, _onwards(told, _TOLD_APART + n * each, each))
        for n, group in enumerate(groups)
    ]


def _onwards(told: Told, done: float, share: float) -> Told:
    """Tells of a part of the work, a ``share`` of all of it, that begins when ``done`` of it is done."""
    return lambda of_part: told(done + of_part * share)


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
    return [run for run in _bridged(runs) if run[1] - run[0] >= _SHORTEST]


def _bridged(runs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in runs:
        if joined and start - joined[-1][1] < _BRIDGED:
            joined[-1] = joined[-1][0], end
        else:
            joined.append((start, end))
    return joined


def _pieces(samples: Samples, runs: Sequence[tuple[int, int]], encoder: Encoder, told: Told) -> list[_Piece]:
    spans = [(number, at, end) for number, run in enumerate(runs) for at, end in _spans(*run)]
    step = max(1, -(-len(spans) // _MOST_WINDOWS))
    windows = Windows(encoder.campplus)
    pieces = []
    for place, (number, start, end) in enumerate(spans[::step]):
        told(place * step / len(spans))
        pieces += [_Piece(number, start, end, found) for found in windows.of(samples, [(start, end)])]
    return pieces


def _spans(start: int, end: int) -> list[tuple[int, int]]:
    if end - start <= _WINDOW:
        return [(start, end)]
    spans = [(at, at + _WINDOW) for at in range(start, end - _WINDOW + 1, _HOP)]
    return spans if end - spans[-1][1] < _HOP // 3 else [*spans, (end - _WINDOW, end)]


def parted(voices: Embeddings, seconds: NDArray[np.float64]) -> list[NDArray[np.int64]]:
    """Numbers of windows apart by voice, most speech first; there may be none, with too little speech.

    ``voices``: shape (n, 192), each of length 1. ``seconds``: how much speech there is in each, shape (n,).
    """
    found = [np.arange(len(voices))] if float(seconds.sum()) >= LEAST_S else []
    for alike in (ALIKE, ALIKE_AGAIN):
        for group in tuple(found):
            first = _halves(voices[group], seconds[group], alike)
            if first is not None and len(found) < MOST_VOICES:
                found = [*(one for one in found if one is not group), group[first], group[~first]]
    return sorted(found, key=lambda group: float(seconds[group].sum()), reverse=True)


def _halves(voices: Embeddings, seconds: NDArray[np.float64], alike: float) -> NDArray[np.bool_] | None:
    """Which windows are of the one voice, where there are two; None where it is all one.

    Two means on the sphere, begun from windows far from each other; of what comes out the two least alike.
    """
    best: tuple[float, NDArray[np.bool_]] | None = None
    weighed = voices * seconds[:, np.newaxis]
    for begin in np.argsort(voices @ weighed.sum(axis=0))[:_BEGINNINGS]:
        one, two = voices[begin], voices[int(np.argmin(voices @ voices[begin]))]
        first = np.zeros(len(voices), bool)
        for _ in range(_ROUNDS):
            first = voices @ one >= voices @ two
            if min(float(seconds[first].sum()), float(seconds[~first].sum())) < LEAST_S:
                break  # a passer-by, or a cough
            one, two = centroid(weighed[first]), centroid(weighed[~first])
        else:
            found = float(one @ two)
            if found < alike and (best is None or found < best[0]):
                best = found, first
    return None if best is None else best[1]


def _fresh_s(piece: _Piece, before: _Piece | None) -> float:
    """Seconds of it that the window before does not hold already."""
    from_ = piece.start if before is None or before.run != piece.run else max(piece.start, before.end)
    return (piece.end - from_) / SAMPLE_RATE_HZ


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


def _voice(
    samples: Samples, group: Sequence[_Piece], encoder: Encoder, today: dt.date, told: Told
) -> PickedVoice:
    middle = centroid([piece.window.embedding for piece in group])
    stretches = sorted(_covered(group), key=lambda one: _clearness(one, middle), reverse=True)
    start, end, _ = stretches[0]
    end = min(end, start + round(CLIP_S * SAMPLE_RATE_HZ))
    said = np.concatenate([samples[begin:until] for begin, until, _ in stretches])
    segments = [said[at : at + _SEGMENT] for at in range(0, len(said), _SEGMENT)][:_MOST_SEGMENTS]
    profile = make_profile(encoder, [one for one in segments if len(one) >= _SHORTEST], today, told)
    narrow = sum(piece.window.narrow for piece in group) > len(group) / 2
    return PickedVoice(profile, _speech_s(group), start / SAMPLE_RATE_HZ, end / SAMPLE_RATE_HZ, narrow)


def _clearness(stretch: tuple[int, int, list[_Piece]], middle: NDArray[np.float32]) -> float:
    """A clip is the clearer the more it is like the voice, the longer up to ``CLIP_S``, and the louder."""
    start, end, inside = stretch
    likeness = float(np.mean([piece.window.embedding @ middle for piece in inside]))
    length = min(1.0, (end - start) / (CLIP_S * SAMPLE_RATE_HZ))
    level = float(np.mean([piece.window.level_dbfs for piece in inside]))
    return likeness + 0.3 * length + 0.01 * level
