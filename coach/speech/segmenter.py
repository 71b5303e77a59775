"""Where speech begins and ends: a four-state machine over voice activity. Pure: no clock, no device.

QUIET turns STARTING at the first window that sounds like speech, SPEAKING after ``min_speech_s``
of it, STOPPING at the first window that does not, and QUIET again after ``end_silence_s``,
which closes the utterance: a run of speech between two short pauses. Some of that silence is enough to
expect the end (``Pausing``).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from coach.events import SAMPLE_RATE_HZ, Block, Samples, Utterance, VadChanged, VadState
from coach.ports import VoiceActivity
from coach.speech.tape import WINDOW, WINDOW_S, Tape

_NOTHING: Samples = np.zeros(0, np.float32)
GAP_S = 0.05
"""A block this much later than expected means that audio is missing in between."""


@dataclass(frozen=True, slots=True)
class SegmenterConfig:
    """Thresholds are speech probabilities; everything else is seconds."""

    on_threshold: float = 0.4
    off_threshold: float = 0.2
    pre_roll_s: float = 0.25
    lead_s: float = 2.0
    """How much of the quiet before a run is kept at most, to join it with the run before."""
    post_roll_s: float = 0.25
    min_speech_s: float = 0.2
    start_pause_s: float = 0.1
    """How long a first sound may break off before it counts as noise."""
    early_silence_s: float = 0.1
    """So much of it is worth hearing what was said, in case it is the end."""
    end_silence_s: float = 0.25
    least_speech_s: float = 0.15
    """An utterance with less speech in it holds no word and is left out; the rest of a cut one is kept."""
    max_utterance_s: float = 5.5
    """Longer without a pause, it is handed on where it is quietest, to be joined again with what follows."""
    cut_patience_s: float = 0.5
    """So much earlier it is handed on, but not where the voice is falling: a pause may be about to come."""
    cut_search_s: float = 4.0
    """How far back a pause is looked for when an utterance grows too long."""


@dataclass(frozen=True, slots=True, eq=False)
class Pausing:
    """Speech has just broken off: if it ends here, ``run`` is the utterance, but for some silence.

    That it goes on is told by the change to SPEAKING.
    """

    run: Utterance
    quiet_from_s: float


Found = VadChanged | Pausing | Utterance


class Segmenter:
    """Blocks of any size in, voice activity changes, pauses and utterances out.

    Utterances never overlap and hold the input's own samples of [start_s, end_s), never padding.
    Besides the block at hand at most ``max_utterance_s`` and ``lead_s`` of audio is held.
    A change comes before the utterance it closes; its ``at_s`` is when it was known.
    """

    def __init__(self, vad: VoiceActivity, config: SegmenterConfig | None = None) -> None:
        self._vad = vad
        self._config = config or SegmenterConfig()
        self._state = VadState.QUIET
        self._tape: Tape | None = None
        self._rest: Samples = np.zeros(0, np.float32)
        self._expected = 0
        self._floor = 0  # window after the last utterance
        self._begin = 0  # first window of the open utterance
        self._lead: Samples = _NOTHING  # the quiet before it
        self._continues = False  # the open utterance is the rest of one that was cut
        self._voiced = 0  # windows of speech so far, while STARTING
        self._pause = 0  # first window of the pause, in STARTING and STOPPING

    def feed(self, block: Block) -> Iterator[Found]:
        position = round(block.start_s * SAMPLE_RATE_HZ)
        if self._tape is not None and position - self._expected > GAP_S * SAMPLE_RATE_HZ:
            yield from self.flush()
        if self._tape is None:
            self._tape, self._expected = Tape(position), position
        self._expected += len(block.samples)
        samples = np.concatenate([self._rest, block.samples])
        whole = len(samples) - len(samples) % WINDOW
        self._rest = samples[whole:].copy()
        for at in range(0, whole, WINDOW):
            # Copied: a view would keep the whole block in memory, however long it is.
            yield from self._take(self._tape, samples[at : at + WINDOW].copy())

    def flush(self) -> Iterator[Found]:
        """The end of the audio, or of a run of it: closes what is open. The next block begins anew."""
        tape, self._tape = self._tape, None
        if tape is None:
            return
        rest, self._rest = self._rest, np.zeros(0, np.float32)
        if len(rest):
            yield from self._take(tape, rest)
        if self._state is VadState.STOPPING:
            yield from self._close(tape, self._rolled_out(tape))
        elif self._state is not VadState.QUIET:
            yield from self._close(tape, tape.end)
        self._vad.reset()
        self._floor = 0

    def open_run(self) -> Utterance | None:
        """The speech that is going on, as far as it has come; None in a pause, and where one may begin."""
        if self._tape is None or self._state is not VadState.SPEAKING:
            return None
        if self._tape.latest < self._config.on_threshold:
            return None
        return self._tape.utterance(self._begin, self._tape.end)

    def _take(self, tape: Tape, samples: Samples) -> Iterator[Found]:
        whole = samples if len(samples) == WINDOW else np.pad(samples, (0, WINDOW - len(samples)))
        probability = self._vad.probability(whole)
        tape.append(samples, probability)
        yield from self._step(tape, probability)
        if self._state is VadState.QUIET:
            tape.forget(tape.end - _windows(self._config.lead_s))
            return
        if self._too_long(tape):
            yield from self._cut(tape)
        tape.forget(self._begin)

    def _step(self, tape: Tape, probability: float) -> Iterator[Found]:
        config = self._config
        speech, quiet = probability >= config.on_threshold, probability < config.off_threshold
        match self._state:
            case VadState.QUIET if speech:
                window = tape.end - 1
                self._begin = max(self._floor, tape.first, window - _windows(config.pre_roll_s))
                self._lead = self._quiet_before(tape)
                self._voiced = 0
                self._continues = False
                yield self._change(tape, VadState.STARTING)
                yield from self._gather(tape)
            case VadState.STARTING if not quiet:
                yield from self._gather(tape)
            case VadState.STARTING if tape.end - self._pause > _windows(config.start_pause_s):
                yield self._change(tape, VadState.QUIET)
            case VadState.SPEAKING if quiet:
                self._pause = tape.end - 1
                yield self._change(tape, VadState.STOPPING)
            case VadState.STOPPING if speech:
                yield self._change(tape, VadState.SPEAKING)
            case VadState.STOPPING if tape.end - self._pause >= _windows(config.end_silence_s):
                yield from self._close(tape, self._rolled_out(tape))
            case VadState.STOPPING if tape.end - self._pause == _windows(config.early_silence_s):
                run = self._run(tape, tape.end)
                if run is not None:
                    yield Pausing(run, tape.time_s(self._pause))
            case _:
                pass

    def _gather(self, tape: Tape) -> Iterator[VadChanged]:
        self._voiced += 1
        self._pause = tape.end
        if self._voiced >= _windows(self._config.min_speech_s):
            yield self._change(tape, VadState.SPEAKING)

    def _change(self, tape: Tape, state: VadState) -> VadChanged:
        self._state = state
        return VadChanged(tape.end_s, state)

    def _rolled_out(self, tape: Tape) -> int:
        return min(tape.end, self._pause + _windows(self._config.post_roll_s))

    def _close(self, tape: Tape, end: int) -> Iterator[Found]:
        yield self._change(tape, VadState.QUIET)
        yield from self._emit(tape, end)

    def _too_long(self, tape: Tape) -> bool:
        config, long = self._config, tape.end - self._begin
        if long >= _windows(config.max_utterance_s):
            return True
        patient = long < _windows(config.max_utterance_s - config.cut_patience_s)
        return not patient and tape.latest >= config.on_threshold

    def _cut(self, tape: Tape) -> Iterator[Found]:
        if self._state is VadState.STOPPING:
            yield from self._close(tape, self._rolled_out(tape))
            return
        search = max(self._begin, tape.end - _windows(self._config.cut_search_s))
        cut = tape.best_cut(search, tape.end, self._config.off_threshold)
        yield from self._emit(tape, cut)
        self._begin, self._continues = cut, True

    def _emit(self, tape: Tape, end: int) -> Iterator[Utterance]:
        run = self._run(tape, end)
        self._floor, self._lead = end, _NOTHING
        if run is not None:
            yield run

    def _run(self, tape: Tape, end: int) -> Utterance | None:
        """The open utterance up to ``end``, if there is speech enough in it."""
        voiced_s = tape.voiced_s(self._begin, end, self._config.off_threshold)
        least_s = 0.0 if self._continues else self._config.least_speech_s
        if voiced_s <= 0 or voiced_s < least_s:
            return None
        return replace(tape.utterance(self._begin, end), lead=self._lead)

    def _quiet_before(self, tape: Tape) -> Samples:
        """From the utterance before to the open one; nothing where that is too long ago."""
        if not self._floor or not tape.first <= self._floor < self._begin:
            return _NOTHING
        return tape.utterance(self._floor, self._begin).samples


def _windows(seconds: float) -> int:
    return max(1, round(seconds / WINDOW_S))
