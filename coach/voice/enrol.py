"""Enrolment: twenty seconds of clean speech of one voice become a profile.

Pure: fed blocks, it counts samples and knows no clock. Speech is gathered into segments of about three
seconds; one that is too faint, clipped or noisy does not count, nor one in another voice than most.
"""

from __future__ import annotations

import datetime as dt
from collections import deque
from collections.abc import Callable

import numpy as np

from coach.errors import KnownError
from coach.events import SAMPLE_RATE_HZ, Block, Samples
from coach.ports import EnrolmentHeard, VoiceActivity
from coach.voice.encoder import Embedding, Encoder
from coach.voice.making import make_profile
from coach.voice.profile import VoiceProfile
from coach.voice.windows import clean

WANTED_S = 20.0
_WINDOW = 512
_WINDOW_S = _WINDOW / SAMPLE_RATE_HZ
_SPEECH = 0.5
_SEGMENT = round(3.0 / _WINDOW_S)
_TELL_EVERY = 8
_RECENT = round(2.0 / _WINDOW_S)
_GAP_S = 0.05
_TOO_QUIET_DBFS = -50.0
_CLIPPED = 0.985
_CLIPPED_SHARE = 0.002
_LEAST_SNR_DB = 12.0
_NOTHING_S = 6.0
_SAME_VOICE = 0.64
"""Of runs of 3 s of 14 development speakers, 99 % of one voice are more alike, 99 % of two voices less."""
_MOST_OTHERS = 0.3
"""A larger share of segments in another voice than this is two people reading."""

_ADVICE = {
    "": "",
    "too-quiet": "You are hard to hear. Come closer to the microphone, or turn it up.",
    "too-loud": "The sound is distorted. Move the microphone away from your mouth, or turn it down.",
    "noisy": "There is much noise around you. Go on where it is quieter, or come closer to the microphone.",
    "another-voice": "That did not sound like the voice before. Only you should be speaking.",
}


class Enrolment:
    """One reading. ``wanted_s`` seconds of clean speech make it ``done``."""

    def __init__(
        self,
        encoder: Encoder,
        vad: VoiceActivity,
        today: Callable[[], dt.date] = dt.date.today,
        wanted_s: float = WANTED_S,
    ) -> None:
        self._encoder = encoder
        self._vad = vad
        self._today = today
        self._wanted_s = wanted_s
        self._rest: Samples = np.zeros(0, np.float32)
        self._expected_s: float | None = None
        self._windows = 0
        self._speech_windows = 0
        self._levels: deque[tuple[bool, float, float]] = deque(maxlen=round(10.0 / _WINDOW_S))
        self._open: list[Samples] = []
        self._segments: list[Samples] = []
        self._voices: list[Embedding] = []
        self._mine: list[bool] = []
        self._fault = ""

    @property
    def done(self) -> bool:
        """Nothing more to wait for: enough of one voice, or certain that there are two."""
        return self._clean_s >= self._wanted_s or self._two_voices

    @property
    def _clean_s(self) -> float:
        return sum(self._mine) * _SEGMENT * _WINDOW_S

    @property
    def _two_voices(self) -> bool:
        others = len(self._mine) - sum(self._mine)
        return len(self._mine) >= 6 and others > _MOST_OTHERS * len(self._mine)

    def feed(self, block: Block) -> list[EnrolmentHeard]:
        """How far the reading is, about four times a second of sound."""
        if self._expected_s is not None and abs(block.start_s - self._expected_s) > _GAP_S:
            self._rest = np.zeros(0, np.float32)
            self._vad.reset()
        self._expected_s = block.end_s
        samples = np.concatenate([self._rest, clean(block.samples)])
        whole = len(samples) - len(samples) % _WINDOW
        self._rest = samples[whole:].copy()
        told = []
        for at in range(0, whole, _WINDOW):
            self._take(samples[at : at + _WINDOW].copy())
            if self._windows % _TELL_EVERY == 0:
                told.append(self._heard())
        return told

    def profile(self) -> VoiceProfile:
        """Raises ``KnownError``: voice-too-short, voice-two-voices."""
        if self._two_voices:
            raise KnownError(
                "voice-two-voices",
                "More than one voice was heard, so no profile was made. "
                "Read the text again where nobody else speaks.",
            )
        if not self.done:
            raise KnownError(
                "voice-too-short",
                f"Only {self._clean_s:.0f} of {self._wanted_s:.0f} seconds of clear speech were heard, "
                "so no profile was made. Read the text again to its end.",
            )
        mine = [segment for segment, kept in zip(self._segments, self._mine, strict=True) if kept]
        return make_profile(self._encoder, mine, self._today())

    def _take(self, window: Samples) -> None:
        self._windows += 1
        speech = self._vad.probability(window) >= _SPEECH
        level = 10 * np.log10(float(np.square(window, dtype=np.float64).mean()) + 1e-12)
        clipped = float((np.abs(window) >= _CLIPPED).mean())
        self._levels.append((speech, level, clipped))
        if not speech:
            return
        self._speech_windows += 1
        self._open.append(window)
        if len(self._open) == _SEGMENT:
            segment, self._open = np.concatenate(self._open), []
            self._fault = self._problem()
            if not self._fault:
                self._add(segment)

    def _add(self, segment: Samples) -> None:
        """One more of most segments' voice, or of another; which voice is most people's may change."""
        self._segments.append(segment)
        self._voices.append(self._encoder.campplus.embed(segment))
        voices = np.stack(self._voices)
        alike = voices @ voices.T
        middle = int(np.argmax(alike.sum(axis=1)))
        self._mine = [bool(value >= _SAME_VOICE) for value in alike[middle]]
        if not self._mine[-1]:
            self._fault = "another-voice"

    def _heard(self) -> EnrolmentHeard:
        problem = self._problem() or self._fault
        waiting = 0.0 if self._fault else len(self._open) * _WINDOW_S
        clean_s = min(self._wanted_s, self._clean_s + waiting)
        return EnrolmentHeard(round(clean_s, 2), self._wanted_s, problem, _ADVICE[problem])

    def _problem(self) -> str:
        """What is wrong with the sound of the last seconds."""
        recent = list(self._levels)[-_RECENT:]
        speech = [level for is_speech, level, _ in recent if is_speech]
        if not speech:
            heard_nothing = self._speech_windows == 0 and self._windows * _WINDOW_S >= _NOTHING_S
            return "too-quiet" if heard_nothing else ""
        if np.mean([clipped for is_speech, _, clipped in recent if is_speech]) > _CLIPPED_SHARE:
            return "too-loud"
        if np.median(speech) < _TOO_QUIET_DBFS:
            return "too-quiet"
        floor = np.percentile([level for _, level, _ in self._levels], 5)
        return "noisy" if np.median(speech) - floor < _LEAST_SNR_DB else ""
