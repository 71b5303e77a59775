"""Voices that need no model: a low tone is the agent, a high tone is somebody else."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path

import numpy as np

from coach.audio.media_file import read_samples
from coach.events import SAMPLE_RATE_HZ, Samples
from coach.voice.encoder import SIZE, Embedding
from coach.voice.profile import VoiceProfile

DAY = dt.date(2026, 11, 20)
VOICES = Path(__file__).parents[2] / "data" / "voices"
AGENT = tuple(VOICES / f"libri_1688-142285-000{part}.flac" for part in (0, 1, 6))
"""27 s to enrol on, and 8 s for later, of one reader."""
OTHER = VOICES / "libri_3080-5032-0002.flac"
LOW_HZ, HIGH_HZ = 200.0, 3000.0


def tone(hz: float, seconds: float, amplitude: float = 0.3) -> Samples:
    at = np.arange(round(seconds * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ
    return (amplitude * np.sin(2 * np.pi * hz * at)).astype(np.float32)


def agent(seconds: float, amplitude: float = 0.3) -> Samples:
    return tone(LOW_HZ, seconds, amplitude)


def somebody(seconds: float, amplitude: float = 0.3) -> Samples:
    return tone(HIGH_HZ, seconds, amplitude)


class ToneEncoder:
    """Hears how much of a run is the low and how much the high tone, by its zero crossings."""

    def __init__(self) -> None:
        self.asked = 0
        self.campplus = self

    def embed(self, samples: Samples) -> Embedding:
        self.asked += 1
        crossings = float(np.mean(np.abs(np.diff(np.signbit(samples).astype(np.float32)))))
        high = np.clip((crossings * SAMPLE_RATE_HZ / 2 - LOW_HZ) / (HIGH_HZ - LOW_HZ), 0.0, 1.0)
        voice = np.zeros(SIZE, np.float32)
        voice[:2] = np.cos(high * np.pi / 2), np.sin(high * np.pi / 2)
        return voice

    def embed_all(self, runs: list[Samples]) -> list[Embedding]:
        return [self.embed(run) for run in runs]


class LoudIsSpeech:
    """A ``VoiceActivity``: what is not silence is speech."""

    def probability(self, window: Samples) -> float:
        return float(np.abs(window).max() > 0.0005)

    def reset(self) -> None:
        pass


def low_profile() -> VoiceProfile:
    voice = np.zeros((6, SIZE), np.float32)
    voice[:, 0] = 1.0
    return VoiceProfile(voice, voice.copy(), -13.0, 18.0, DAY)


@cache
def heard(path: Path) -> Samples:
    return read_samples(path)
