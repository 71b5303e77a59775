"""A call that begins when the agent speaks, and ends when nobody has spoken for long: when to, and no more.

Pure: what is asked of a voice comes in as numbers and leaves as an answer. Nothing of the sound is kept, but
for the last seconds in memory, to tell whose voice it was and to begin the call with its first word.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from coach.events import SAMPLE_RATE_HZ, Block, OtherVoice, Samples, Speaker, VadChanged
from coach.ports import SpeechBegan, VoiceActivity
from coach.values.voices import Voices

WINDOW = 512
"""Samples that a ``VoiceActivity`` is asked about at once."""
_WINDOW_S = WINDOW / SAMPLE_RATE_HZ
LEAD_S = 0.2
"""The breath of a word's beginning is too soft for voice activity."""


@dataclass(frozen=True, slots=True)
class WaitConfig:
    speech_at: float = 0.6
    """The probability from which on a window counts as speech."""
    quiet_s: float = 10.0
    """How long it must have been quiet: who is in the middle of a talk does not begin a call."""
    within_s: float = 2.0
    speech_s: float = 0.9
    """So much speech within so long is somebody speaking, and no cough or door."""


class SpeechStart:
    """Whether somebody began to speak after a quiet time, window by window."""

    def __init__(self, config: WaitConfig | None = None) -> None:
        self._config = config or WaitConfig()
        self._recent: deque[bool] = deque(maxlen=round(self._config.within_s / _WINDOW_S))
        self._quiet_s = 0.0
        self._armed = False

    @property
    def since_s(self) -> float:
        """How long ago the speech of the last seconds began; 0 where there is none."""
        spoken = list(self._recent)
        return (len(spoken) - spoken.index(True)) * _WINDOW_S if True in spoken else 0.0

    def offer(self, probability: float) -> bool:
        """True once for each beginning; then it must be quiet again first."""
        config = self._config
        speech = probability >= config.speech_at
        self._recent.append(speech)
        spoken_s = sum(self._recent) * _WINDOW_S
        self._quiet_s = 0.0 if spoken_s >= config.speech_s else self._quiet_s + _WINDOW_S
        self._armed = self._armed or self._quiet_s >= config.quiet_s
        if not self._armed or spoken_s < config.speech_s:
            return False
        self._armed = False
        return True


class SpeechWatch:
    """Blocks in, ``SpeechBegan`` out. ``voice_of`` tells whose speech it was: another's begins no call."""

    def __init__(
        self,
        vad: VoiceActivity,
        voice_of: Callable[[Samples], Speaker] | None = None,
        config: WaitConfig | None = None,
    ) -> None:
        self._vad = vad
        self._voice_of = voice_of
        self._start = SpeechStart(config)
        self._keep = round((config or WaitConfig()).within_s * SAMPLE_RATE_HZ)
        self._open = np.zeros(0, np.float32)
        self._last = np.zeros(0, np.float32)

    def hear(self, block: Block) -> Iterator[SpeechBegan]:
        samples = np.concatenate([self._open, block.samples])
        whole = len(samples) // WINDOW * WINDOW
        self._open = samples[whole:]
        for at in range(0, whole, WINDOW):
            window = samples[at : at + WINDOW]
            if self._voice_of is not None:
                self._last = np.concatenate([self._last, window])[-self._keep :]
            if self._start.offer(self._vad.probability(window)) and self._is_agent():
                now_s = block.end_s - (len(samples) - at - WINDOW) / SAMPLE_RATE_HZ
                yield SpeechBegan(max(0.0, now_s - self._start.since_s - LEAD_S))

    def _is_agent(self) -> bool:
        return self._voice_of is None or self._voice_of(self._last) is not Speaker.OTHER


class QuietEnd:
    """When a call in which the agent has said nothing for long is to end. Times in seconds of the call."""

    WARN_S = 30.0
    """The agent is told so long before, and may go on."""
    UNDECIDED_S = 6.0
    """So long it may take to tell whose voice it is, or whether there are words in it."""

    def __init__(self, minutes: int) -> None:
        """``minutes`` 0: never."""
        self._after_s = minutes * 60.0
        self._since_s = 0.0
        self._voices = Voices()

    def heard(self, at_s: float) -> None:
        """The agent spoke, or said that the call goes on."""
        self._since_s = max(self._since_s, at_s)

    def changed(self, event: VadChanged) -> None:
        """Somebody may have begun to speak: the agent, unless it turns out otherwise."""
        self._voices.changed(event)

    def other(self, dropped: OtherVoice) -> None:
        """It was somebody else, or the far end: the agent's silence goes on."""
        self._voices.other(dropped)

    def undecided(self, now_s: float) -> bool:
        """Whether it may be the agent who speaks just now, and may be another."""
        return any(now_s - at_s < self.UNDECIDED_S for at_s in self._voices.began if at_s > self._since_s)

    def missed(self, seconds: float) -> None:
        """Nothing could be heard for so long, as in a pause: that is no silence of the agent."""
        self._since_s = self.latest_s + seconds
        self._voices.clear()

    @property
    def latest_s(self) -> float:
        """When the agent was last heard, as far as can be told. How long a voice lasted does not count: with
        no word in it, it is taken for a noise, and one without end would keep the call open."""
        return max(self._since_s, *self._voices.began, 0.0)

    def left_s(self, now_s: float) -> float | None:
        """Seconds until the end, 0 when it has come; None while there is nothing to tell."""
        if not self._after_s:
            return None
        left_s = self.latest_s + self._after_s - now_s
        return max(0.0, left_s) if left_s <= self.WARN_S else None
