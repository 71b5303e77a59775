"""The voice gate: of what the microphone hears, only what the enrolled agent says goes on.

Each run of speech is compared with the profile in windows (``windows``); what the similarity is worth comes
from measurements (``calibration``), and three things move it: how loud the voice is against the agent's usual
level in this call, who spoke just before, and how alike to the profile voices are in this call (``today``).
All of them are bounded, so none can decide against a clear voice. No voice of anybody else is kept.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Literal

from coach.events import SAMPLE_RATE_HZ, Samples, Speaker, Utterance
from coach.voice.calibration import Calibration, Judged, Likeness
from coach.voice.changes import likeliest, quietest
from coach.voice.encoder import Encoder
from coach.voice.profile import VoiceProfile
from coach.voice.today import Today
from coach.voice.windows import WINDOW, Window, Windows, clean, loudness

ListeningProfile = Literal["headset", "shop-floor", "practice"]

_LATEST_S = 3.2
"""While a run goes on only its end is judged: the voice may have changed."""
_TOO_SHORT_S = 0.4
_SEARCH = _OVER = round(0.2 * SAMPLE_RATE_HZ)
_FOR_THE_AGENT = 1.0
"""Nats, where an utterance is cut: losing words of the agent there costs more than it does later."""


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
"""On development speakers 3 % of what others say passes at 0; at -0.5 errors are equal."""


class Gate:
    """``coach.ports.VoiceGate`` for one call; one thread."""

    def __init__(
        self,
        profile: VoiceProfile,
        encoder: Encoder,
        calibration: Calibration,
        strictness: Strictness,
        for_the_agent: float = _FOR_THE_AGENT,
    ) -> None:
        self._for_the_agent = for_the_agent
        self._windows = Windows(encoder)
        self._likeness = Likeness(profile, calibration)
        self._today = Today(self._likeness)
        self._strictness = strictness

    def voice_of(self, samples: Samples) -> Speaker:
        """Of a run that goes on. UNSURE also where it is too short; nothing is learnt here."""
        windows = self._windows.so_far(samples)
        latest = [w for w in windows if w.end > len(samples) - _LATEST_S * SAMPLE_RATE_HZ]
        if not latest:
            return Speaker.UNSURE
        odds = self._today.odds(self._judge(latest), None)
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

        None where a part is too short to tell and no voice was heard right before it. The call goes on from
        here: what it teaches is learnt.
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
        worth = [self._likeness.judge([window]).evidence + self._for_the_agent for window in windows]
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
            still = (self._likeness.judge(found).evidence > -self._for_the_agent) == agent_before
            start, end = (found[0].centre, end) if still else (start, found[0].centre)
        return quietest(samples, start - _SEARCH, end + _SEARCH)

    def _odds(
        self, utterance: Utterance, samples: Samples, windows: list[Window], start: int, end: int
    ) -> float | None:
        inside = [w for w in windows if w.start >= start - _OVER and w.end <= end + _OVER]
        inside = inside or self._windows.of(samples, [(start, end)])
        start_s = utterance.start_s + start / SAMPLE_RATE_HZ
        if not inside or loudness(samples[start:end])[0] < _TOO_SHORT_S:
            return self._today.carried(start_s)
        judged = self._judge(inside)
        odds = self._today.odds(judged, start_s)
        self._today.learn(judged, odds, utterance.start_s + end / SAMPLE_RATE_HZ)
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
    profile: VoiceProfile,
    listening_profile: ListeningProfile,
    encoder: Encoder | None = None,
    *,
    picked: bool = False,
) -> Gate:
    """A gate for one call. Raises ``KnownError``: model-missing, model-damaged.

    ``picked``: the profile is of a voice picked in this recording, among others on its track. Cuts lean to
    the agent for an enrolled voice only: there it was measured.
    """
    lean = 0.0 if picked else _FOR_THE_AGENT
    return Gate(profile, encoder or Encoder(), Calibration(), STRICTNESS[listening_profile], lean)
