"""Every value that flows through Sameside, in flow order.

All times are seconds since the call began (``_s``), counted in samples, so a recording and a live call
give the same numbers. Values are frozen: stages yield new ones and never change or "fire" them.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from coach.quiet import BlackedOut as BlackedOut
from coach.quiet import BlackOutEnded as BlackOutEnded
from coach.quiet import SessionPaused as SessionPaused
from coach.quiet import SessionResumed as SessionResumed
from coach.summaries import CallSummary as CallSummary
from coach.summaries import SummaryLine as SummaryLine
from coach.summaries import SummarySection as SummarySection

SAMPLE_RATE_HZ = 16_000
"""The one rate inside the engine: what Whisper and Silero VAD were trained on."""

Samples = NDArray[np.float32]
"""Mono audio, shape (n,), float32 in [-1, 1], at ``SAMPLE_RATE_HZ``."""


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """A run of samples, ``start_s`` seconds into the call."""

    samples: Samples
    start_s: float

    @property
    def end_s(self) -> float:
        return self.start_s + len(self.samples) / SAMPLE_RATE_HZ


@dataclass(frozen=True, slots=True)
class Level:
    """How loud the input is, for a meter: root mean square and peak in dB full scale."""

    at_s: float
    rms_dbfs: float
    peak_dbfs: float


class VadState(Enum):
    """Voice activity as a four-state machine."""

    QUIET = "quiet"
    STARTING = "starting"
    SPEAKING = "speaking"
    STOPPING = "stopping"


@dataclass(frozen=True, slots=True)
class VadChanged:
    at_s: float
    state: VadState


@dataclass(frozen=True, slots=True, eq=False)
class Utterance:
    """Speech between two pauses, as audio.

    ``lead`` is what came right before it, where that is known: the quiet since the utterance before. It holds
    what voice activity was too deaf for, and is only worth hearing together with both.
    """

    samples: Samples
    start_s: float
    end_s: float
    lead: Samples = field(default_factory=lambda: np.zeros(0, np.float32))


@dataclass(frozen=True, slots=True)
class Word:
    """One recognised word as written, with its place in the call and the recogniser's probability."""

    text: str
    start_s: float
    end_s: float
    probability: float


@dataclass(frozen=True, slots=True)
class WordsHeard:
    """All words of the turn that is not closed yet. Final, unless the agent goes on with the turn: whole
    sentences are heard better than their pieces, so the next one may mend the words of this one."""

    turn_index: int
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class InterimWords:
    """What is said after the words of ``WordsHeard``; each replaces the one before, ``WordsHeard`` the last.

    ``committed`` two successive hypotheses agreed on; ``tentative`` may still change.
    """

    turn_index: int
    committed: tuple[Word, ...]
    tentative: tuple[Word, ...] = ()


class Speaker(Enum):
    """Who a turn was heard from. ``UNSURE``: kept, and marked, for it was not clearly the agent's voice."""

    AGENT = "agent"
    UNSURE = "unsure"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class OtherVoice:
    """Speech that was not the agent's, dropped before recognition: nothing of it but its place is kept.

    ``reason`` is "other voice" or "leak" (the far end, heard through the loudspeaker).
    """

    start_s: float
    end_s: float
    reason: str = "other voice"


@dataclass(frozen=True, slots=True)
class DelayMeasured:
    """From a turn's last word to its final words, in seconds; p50 and p95 over the latest utterances."""

    at_s: float
    last_s: float
    p50_s: float
    p95_s: float


@dataclass(frozen=True, slots=True)
class Turn:
    """Utterances joined until the floor passes on. ``language``: an ISO 639 code where it is not judged."""

    index: int
    text: str
    start_s: float
    end_s: float
    words: tuple[Word, ...] = ()
    speaker: Speaker = Speaker.AGENT
    language: str = ""


@dataclass(frozen=True, slots=True)
class Move:
    """A conversation move found in a turn.

    ``evidence`` is the half-open range of characters in the turn's text that carries it. ``context`` says
    what earlier turns had to do with it, where they decided; it is empty where the turn speaks for itself.
    """

    name: str
    confidence: float
    evidence: tuple[int, int]
    context: str = ""


@dataclass(frozen=True, slots=True)
class MovesFound:
    """All moves of one closed turn, contentious and repair, most confident first."""

    turn_index: int
    moves: tuple[Move, ...]


@dataclass(frozen=True, slots=True)
class Because:
    """Why a cue was raised: the move, the agent's own words, the turn, the source ids (A1 ... E8).

    ``context`` is that of the move: what earlier turns had to do with it.
    """

    move: str
    words: str
    turn_index: int
    sources: tuple[str, ...]
    context: str = ""


@dataclass(frozen=True, slots=True)
class Cue:
    """One line to say next."""

    id: str
    at_s: float
    move: str
    title: str
    say: str
    why: str
    because: Because
    alternatives: tuple[str, ...] = ()


class CueEnd(Enum):
    """What came of a cue. ``WITHDRAWN``: not borne out by the end of its turn, or cues were switched off."""

    REPAIRED = "repaired"
    DISMISSED = "dismissed"
    EXPIRED = "expired"
    UNFAIR = "unfair"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class CueEnded:
    """A cue left the overlay. ``by_move`` and ``turn_index`` tell which repair was said, if one was."""

    cue_id: str
    at_s: float
    end: CueEnd
    by_move: str | None = None
    turn_index: int | None = None


Moment = dt.date | dt.datetime
Due = Moment | tuple[Moment, Moment] | None
"""A day, a moment, a range [from, to], or not said."""


class Owner(Enum):
    AGENT = "agent"
    COMPANY = "company"
    CUSTOMER = "customer"


class Answer(Enum):
    """What the agent said of a promise that was heard: nothing yet, that it stands, or that it was none."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Commitment:
    """A promise heard. ``evidence`` are the exact words; times are theirs in the call."""

    id: str
    action: str
    owner: Owner
    due_text: str | None
    due: Due
    conditional: bool
    evidence: str
    turn_index: int
    start_s: float
    end_s: float
    answer: Answer = Answer.OPEN


@dataclass(frozen=True, slots=True)
class Gap:
    """Audio that never arrived: a dropped block, an unplugged microphone, a pause the agent asked for."""

    start_s: float
    end_s: float
    reason: str


@dataclass(frozen=True, slots=True)
class Failure:
    """Something went wrong that the user should see as a banner. Nothing recorded is lost by it.

    ``code`` is stable for tests and help, ``message`` says what happened and what to do.
    """

    at_s: float
    code: str
    message: str
    recovered: bool = False


class CallSource(Enum):
    LIVE = "live"
    FILE = "file"
    WRITTEN = "written"


@dataclass(frozen=True, slots=True)
class CallHeader:
    """What is known when a call begins. ``started_at`` carries a time zone."""

    id: str
    started_at: dt.datetime
    source: CallSource
    title: str
    model: str = ""


@dataclass(slots=True)
class CallRecord:
    """All that is known of one call. Grows while the call runs; the only mutable value here."""

    header: CallHeader
    turns: list[Turn] = field(default_factory=list)
    moves: dict[int, tuple[Move, ...]] = field(default_factory=dict)
    cues: list[Cue] = field(default_factory=list)
    cue_ends: dict[str, CueEnded] = field(default_factory=dict)
    commitments: list[Commitment] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)
    call_flags: list[str] = field(default_factory=list)
    duration_s: float = 0.0


@dataclass(frozen=True, slots=True)
class CallListing:
    """A row of the list of past calls. ``snippet``: see ``coach.values.hits``."""

    id: str
    started_at: dt.datetime
    title: str
    source: CallSource
    duration_s: float
    turns: int
    flags: int
    repaired: int
    commitments: int
    finished: bool
    snippet: str = ""
    brought_back_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class SessionStarted:
    header: CallHeader
    device: str


@dataclass(frozen=True, slots=True)
class FileProgress:
    """How far a recording has been read; ``total_s`` is 0 where its length is unknown."""

    at_s: float
    total_s: float


@dataclass(frozen=True, slots=True)
class SessionDropped:
    """The only end of a call that never began: stopped while it got ready, or, where there is a ``code``, one
    that could not. Nothing of it is kept."""

    code: str = ""
    message: str = ""


@dataclass(frozen=True, slots=True)
class SessionStopped:
    """The last event of a call. ``saved`` is false where the store could not take it (see Failure)."""

    record: CallRecord
    summary: CallSummary
    saved: bool


Recordable = Turn | MovesFound | Cue | CueEnded | Commitment | Gap
"""What a running call writes to the store as it happens."""

Event = (
    Level
    | VadChanged
    | InterimWords
    | WordsHeard
    | OtherVoice
    | DelayMeasured
    | Turn
    | MovesFound
    | Cue
    | CueEnded
    | Commitment
    | Gap
    | Failure
    | SessionStarted
    | SessionPaused
    | SessionResumed
    | BlackedOut
    | BlackOutEnded
    | FileProgress
    | SessionDropped
    | SessionStopped
)
