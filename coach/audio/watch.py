"""Is this microphone alive, and the one that is talked into? Pure: it counts samples and looks at levels.

Three things are told, each once, and taken back when sound comes:

``microphone-silent``  for 3 s nothing but digital silence (or a constant): muted, dead, or the wrong one.
``microphone-quiet``   the agent was expected to speak, and nothing came that could be a voice.
``microphone-wrong``   the input records what this computer plays.

Headsets with noise suppression send exact silence between words. A microphone that has done so twice, each
time coming back within 3 s, is known for it, and its silence is only told after ``GATED_SILENT_S``.
"""

from __future__ import annotations

import re

import numpy as np

from coach.events import SAMPLE_RATE_HZ, Block, Failure, Samples
from coach.ports import AudioSource

SILENT_S = 2.5
"""Told within 3 s, blocks and reading included."""
GATED_SILENT_S = 30.0
GATED_AFTER = 2
DIGITAL_SILENCE = 4e-5
"""One step of 16 bits is 3.05e-5: a muted device that dithers stays below this, no open microphone does."""
VOICE_DBFS = -60.0
"""A voice whose loudest 100 ms stay below this is not heard: on a sample call Silero VAD finds 96 % of the
speech at -62 dBFS, 77 % at -72 and nothing at -82 (docs/decisions/0008-microphone.md). The loudest
100 ms of speech lie about 10 dB above its mean, so -60 is where hearing begins to fail."""
_STEP = SAMPLE_RATE_HZ // 10

SILENT, QUIET, WRONG = "microphone-silent", "microphone-quiet", "microphone-wrong"

_PLAYBACK = re.compile(
    r"\bmonitor of\b|\.monitor\b|stereo ?mix|what u hear|\bloopback\b|wave out mix|blackhole|soundflower"
    r"|vb-audio|cable output",
    re.IGNORECASE,
)
"""How sound servers and drivers call an input that records what is played."""


def records_playback(name: str) -> bool:
    """Whether an input of this name records what the computer plays instead of a voice."""
    return _PLAYBACK.search(name) is not None


class MicrophoneWatch:
    """Looks at every block of one microphone. What it tells does not depend on the blocks' sizes.

    ``speech_within_s``: how long after the beginning the agent is expected to have said something; 3 for
    a meter or a reading, longer for a call. None where nothing is expected.
    """

    def __init__(self, name: str, speech_within_s: float | None = 20.0, wrong: bool | None = None) -> None:
        self._name = name
        self._within_s = speech_within_s
        self._wrong = records_playback(name) if wrong is None else wrong
        self._rest: Samples = np.zeros(0, np.float32)
        self._end_s = 0.0
        self._heard_s = 0.0
        self._silent_s = 0.0
        self._gated = 0
        self._told = ""
        self._spoken = False

    def feed(self, block: Block) -> list[Failure]:
        """What became clear with ``block``: a failure, or that one is over (``recovered``)."""
        samples = np.concatenate([self._rest, block.samples])
        whole = len(samples) - len(samples) % _STEP
        self._rest = samples[whole:].copy()
        start_s = block.end_s - len(samples) / SAMPLE_RATE_HZ
        found = []
        if self._wrong and whole:
            self._wrong, self._told = False, WRONG
            found.append(self._failure(start_s, WRONG))
        for at in range(0, whole, _STEP):
            self._end_s = start_s + (at + _STEP) / SAMPLE_RATE_HZ
            found += self._step(samples[at : at + _STEP].astype(np.float64))
        return found

    def end(self, at_s: float) -> list[Failure]:
        """The microphone is closed: what was told of it no longer holds."""
        told, self._told = self._told, ""
        return [Failure(at_s, told, "The microphone was closed.", recovered=True)] if told else []

    def _step(self, samples: np.ndarray) -> list[Failure]:
        step_s = _STEP / SAMPLE_RATE_HZ
        self._heard_s += step_s
        if float(np.ptp(samples)) <= 2 * DIGITAL_SILENCE:
            self._silent_s += step_s
            limit_s = GATED_SILENT_S if self._gated >= GATED_AFTER else SILENT_S
            return self._tell(SILENT) if self._silent_s >= limit_s - 1e-6 else []
        if 0.0 < self._silent_s < SILENT_S:
            self._gated += 1
        self._silent_s = 0.0
        found = self._take_back(SILENT)
        if _dbfs(samples) >= VOICE_DBFS:
            self._spoken = True
            found += self._take_back(QUIET)
        elif not self._spoken and self._within_s is not None and self._heard_s >= self._within_s - 1e-6:
            found += self._tell(QUIET)
        return found

    def _tell(self, code: str) -> list[Failure]:
        if self._told:
            return []
        self._told = code
        return [self._failure(self._end_s, code)]

    def _take_back(self, code: str) -> list[Failure]:
        if self._told != code:
            return []
        self._told = ""
        return [Failure(self._end_s, code, "The microphone is heard again.", recovered=True)]

    def _failure(self, at_s: float, code: str) -> Failure:
        message = {
            SILENT: f"The microphone '{self._name}' sends only silence. See whether it is muted, on the "
            "headset or in the system's sound settings, or choose another.",
            QUIET: f"The microphone '{self._name}' hears next to nothing. Speak a word; if this stays, "
            "raise its level in the system's sound settings, or choose the one you talk into.",
            WRONG: f"'{self._name}' records what this computer plays: the customer, not you. "
            "Choose the microphone you talk into.",
        }[code]
        return Failure(at_s, code, message)


class SourceWatch:
    """``MicrophoneWatch`` over an audio source, begun anew where the source went on with another device."""

    def __init__(self, source: AudioSource) -> None:
        self._source = source
        self._watch: MicrophoneWatch | None = None
        self._name = ""

    def feed(self, block: Block) -> list[Failure]:
        found = []
        if self._watch is None or self._name != self._source.name:
            found = self.end(block.start_s)
            self._name = self._source.name
            self._watch = MicrophoneWatch(self._name, wrong=getattr(self._source, "wrong", None))
        return found + self._watch.feed(block)

    def end(self, at_s: float) -> list[Failure]:
        """The source was stopped, or went on with another device."""
        watch, self._watch = self._watch, None
        return watch.end(at_s) if watch else []


def _dbfs(samples: np.ndarray) -> float:
    power = float(np.var(samples))
    return 10.0 * float(np.log10(max(power, 1e-14)))
