"""The voice gate: of what the microphone hears, only what the enrolled agent says goes on.

Each run of speech is compared with the profile in windows (``windows``); what the similarity is worth comes
from measurements (``calibration``), and three things move it: how loud the voice is against the agent's usual
level in this call, who spoke just before, and how the profile sounded on this microphone today. All of them
are bounded, so none can decide against a clear voice. Nothing is kept of other voices but that they were not
the agent's.
"""

from __future__ import annotations

import itertools
from collections import deque
from dataclasses import dataclass
from typing import Literal

import numpy as np

from coach.events import SAMPLE_RATE_HZ, Samples, Speaker, Utterance
from coach.voice.calibration import Calibration, Judged, Likeness, centroid
from coach.voice.changes import likeliest, quietest
from coach.voice.encoder import Embedding, Encoder
from coach.voice.profile import VoiceProfile
from coach.voice.windows import WINDOW, Window, Windows, clean, loudness

ListeningProfile = Literal["headset", "shop-floor", "practice"]

_LATEST_S = 3.2
"""While a run goes on only its end is judged: the voice may have changed."""
_TOO_SHORT_S = 0.4
_SEARCH = _OVER = round(0.2 * SAMPLE_RATE_HZ)


@dataclass(frozen=True, slots=True)
class Strictness:
    """Log-odds, in nats. Above ``agent``: the agent's. Below ``other``: somebody else's. Between: unsure."""

    agent: float
    other: float
    keep_unsure: bool

    def speaker(self, odds: float | None) -> Speaker:
        if odds is not None and odds > self.agent:
            return Speaker.AGENT
        if self.keep_unsure and (odds is None or odds >= self.other):
            return Speaker.UNSURE
        return Speaker.OTHER


STRICTNESS: dict[ListeningProfile, Strictness] = {
    "headset": Strictness(agent=1.0, other=-0.5, keep_unsure=True),
    "shop-floor": Strictness(agent=0.0, other=0.0, keep_unsure=False),
    "practice": Strictness(agent=0.0, other=0.0, keep_unsure=False),
}


class Session:
    """What this call has taught so far, about the agent only. Gone with the call."""

    _SURE = 4.0
    _ENROLLED_WEIGHT_S = 20.0
    _MOST_LEARNT_S = 20.0
    _STAYS_S = 2.0
    _STAYS_WORTH = 0.7
    _QUIETER_DB = 4.0
    _PER_DB = 0.25
    _MOST_FOR_LEVEL = 2.0

    def __init__(self, likeness: Likeness) -> None:
        self._likeness = likeness
        self._enrolled = {narrow: likeness.voice(narrow) for narrow in (False, True)}
        self._learnt: dict[bool, tuple[Embedding, float]] = {}
        self._levels: deque[float] = deque(maxlen=20)
        self._last: tuple[float, bool] | None = None

    def odds(self, judged: Judged, start_s: float | None) -> float:
        """Evidence of the voice, moved by level and by who spoke until just before ``start_s``."""
        return judged.evidence + self._level(judged.level_dbfs) + self._staying(start_s)

    def _level(self, level_dbfs: float) -> float:
        if len(self._levels) < 2:
            return 0.0
        below = float(np.median(self._levels)) - level_dbfs - self._QUIETER_DB
        return -min(self._MOST_FOR_LEVEL, max(0.0, below) * self._PER_DB)

    def _staying(self, start_s: float | None) -> float:
        """Who speaks mostly goes on: worth less the longer the pause."""
        if start_s is None or self._last is None:
            return 0.0
        ended_s, agent = self._last
        near = max(0.0, 1.0 - max(0.0, start_s - ended_s) / self._STAYS_S)
        return (self._STAYS_WORTH if agent else -self._STAYS_WORTH) * near

    def learn(self, judged: Judged, odds: float, end_s: float) -> None:
        self._last = (end_s, odds > 0)
        if odds < self._SURE or judged.evidence < self._SURE or judged.speech_s < 1.0:
            return
        self._levels.append(judged.level_dbfs)
        known, seconds = self._learnt.get(judged.narrow, (np.zeros_like(judged.voice), 0.0))
        total = seconds + judged.speech_s
        mean = ((known * seconds + judged.voice * judged.speech_s) / total).astype(np.float32)
        self._learnt[judged.narrow] = mean, min(total, self._MOST_LEARNT_S)
        weight = min(total, self._MOST_LEARNT_S) / self._ENROLLED_WEIGHT_S * 0.5
        towards = centroid(np.stack([self._enrolled[judged.narrow], np.float32(weight) * centroid([mean])]))
        self._likeness.nudge(judged.narrow, towards)


class Gate:
    """``coach.ports.VoiceGate`` for one call; one thread."""

    def __init__(
        self,
        profile: VoiceProfile,
        encoder: Encoder,
        calibration: Calibration,
        strictness: Strictness,
    ) -> None:
        self._windows = Windows(encoder)
        self._likeness = Likeness(profile, calibration)
        self._session = Session(self._likeness)
        self._strictness = strictness

    def voice_of(self, samples: Samples) -> Speaker:
        """Of a run that goes on. UNSURE also where it is too short; nothing is learnt here."""
        windows = self._windows.so_far(samples)
        latest = [w for w in windows if w.end > len(samples) - _LATEST_S * SAMPLE_RATE_HZ]
        if not latest:
            return Speaker.UNSURE
        odds = self._session.odds(self._judge(latest), None)
        if odds > max(self._strictness.agent, 0.0):
            return Speaker.AGENT
        return Speaker.OTHER if odds < min(self._strictness.other, 0.0) else Speaker.UNSURE

    def agent_parts(self, utterance: Utterance) -> tuple[tuple[Utterance, Speaker], ...]:
        """Parts that together are the utterance, in order, each another speaker than the one before."""
        parts: list[tuple[int, int, Speaker]] = []
        for start, end, odds in self.weigh(utterance):
            speaker = self._strictness.speaker(odds)
            if parts and parts[-1][2] is speaker:
                parts[-1] = (parts[-1][0], end, speaker)
            else:
                parts.append((start, end, speaker))
        return tuple((_part(utterance, start, end), speaker) for start, end, speaker in parts)

    def weigh(self, utterance: Utterance) -> list[tuple[int, int, float | None]]:
        """The utterance cut where the voice changes: [start, end) in samples, log-odds that it is the agent.

        None where a part is too short to tell. The call goes on from here: what is sure is learnt.
        """
        samples = clean(utterance.samples)
        if not len(samples):
            return []
        windows = self._windows.whole(samples)
        edges = [0, *self._cuts(samples, windows), len(samples)]
        return [
            (start, end, self._odds(utterance, samples, windows, start, end))
            for start, end in itertools.pairwise(edges)
        ]

    def _judge(self, windows: list[Window]) -> Judged:
        windows = [window for window in windows if window.full] or windows
        covered = max(w.end for w in windows) - min(w.start for w in windows)
        active = sum(w.active_s for w in windows) / sum(w.end - w.start for w in windows)
        return self._likeness.judge(windows, covered * active)

    def _cuts(self, samples: Samples, windows: list[Window]) -> list[int]:
        if len(windows) < 2:
            return []
        worth = [self._likeness.judge([window]).evidence for window in windows]
        agent = likeliest(worth)
        return [
            self._cut(samples, before, after, was)
            for (before, after), (was, now) in zip(
                itertools.pairwise(windows), itertools.pairwise(agent), strict=True
            )
            if was != now
        ]

    def _cut(self, samples: Samples, before: Window, after: Window, agent_before: bool) -> int:
        """A quiet moment between windows of two voices; one more between them tells in which half."""
        start, end = before.centre, after.centre
        middle = (before.start + after.start) // 2
        found = self._windows.of(samples, [(middle, middle + WINDOW)]) if before.full and after.full else []
        if found:
            still = (self._likeness.judge(found).evidence > 0) == agent_before
            start, end = (found[0].centre, end) if still else (start, found[0].centre)
        return quietest(samples, start - _SEARCH, end + _SEARCH)

    def _odds(
        self, utterance: Utterance, samples: Samples, windows: list[Window], start: int, end: int
    ) -> float | None:
        inside = [w for w in windows if w.start >= start - _OVER and w.end <= end + _OVER]
        inside = inside or self._windows.of(samples, [(start, end)])
        if not inside or loudness(samples[start:end])[0] < _TOO_SHORT_S:
            return None
        judged = self._judge(inside)
        odds = self._session.odds(judged, utterance.start_s + start / SAMPLE_RATE_HZ)
        self._session.learn(judged, odds, utterance.start_s + end / SAMPLE_RATE_HZ)
        return odds


def _part(utterance: Utterance, start: int, end: int) -> Utterance:
    if start == 0 and end == len(utterance.samples):
        return utterance
    at = utterance.start_s
    last = end == len(utterance.samples)
    return Utterance(
        utterance.samples[start:end],
        at + start / SAMPLE_RATE_HZ,
        utterance.end_s if last else at + end / SAMPLE_RATE_HZ,
    )


def make_gate(
    profile: VoiceProfile, listening_profile: ListeningProfile, encoder: Encoder | None = None
) -> Gate:
    """A gate for one call. Raises ``KnownError``: model-missing, model-damaged."""
    return Gate(profile, encoder or Encoder(), Calibration(), STRICTNESS[listening_profile])
