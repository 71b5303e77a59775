"""Voice activity and recognition that follow a script."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from coach.events import Block, Utterance, Word

Floats = NDArray[np.float32]


class LoudnessVad:
    """Speech where it is loud: the mean magnitude of the window, so audio carries its own script."""

    def __init__(self) -> None:
        self.resets = 0

    def probability(self, window: Floats) -> float:
        assert window.shape == (512,)
        return float(np.mean(np.abs(window)))

    def reset(self) -> None:
        self.resets += 1


class Said:
    """A ``Hearing`` whose words have their times from the start."""

    def __init__(self, words: tuple[Word, ...]) -> None:
        self.words = words
        self.aligned = 0

    def timed(self) -> tuple[Word, ...]:
        self.aligned += 1
        return self.words


class Echo:
    """Hears each utterance as its two times."""

    name = "echo"

    def __init__(self) -> None:
        self.heard: list[Utterance] = []

    def hear(self, utterance: Utterance) -> Said:
        self.heard.append(utterance)
        begin_s, end_s = utterance.start_s, utterance.end_s
        middle_s = (begin_s + end_s) / 2
        return Said(
            (
                Word(f"{begin_s:.3f}", begin_s, middle_s, 0.9),
                Word(f"{end_s:.3f}", middle_s, end_s, 0.9),
            )
        )

    def hear_all(self, utterances: Sequence[Utterance]) -> list[Said]:
        return [self.hear(one) for one in utterances]

    def draft(self, utterance: Utterance) -> tuple[Word, ...]:
        return (Word("draft", utterance.start_s, utterance.end_s, 0.0),)


def audio(*parts: tuple[float, float]) -> Floats:
    """Noise of the given (seconds, loudness) one after the other; no two samples are alike."""
    rng = np.random.default_rng(7)
    pieces = []
    for seconds, loudness in parts:
        count = round(seconds * 16_000)
        pieces.append(loudness * np.where(rng.random(count) < 0.5, -1, 1) * rng.uniform(0.98, 1.02, count))
    return np.concatenate(pieces).astype(np.float32)


def blocks(samples: Floats, sizes: Sequence[int], start_s: float = 0.0) -> list[Block]:
    """``samples`` cut into blocks of ``sizes``, over and over."""
    cut, at, turn = [], 0, 0
    while at < len(samples):
        size = sizes[turn % len(sizes)]
        cut.append(Block(samples[at : at + size], start_s + at / 16_000))
        at, turn = at + size, turn + 1
    return cut
