"""What the pipeline and the session ask of the world, as Protocols. Adapters live in their rooms."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from coach.errors import KnownError
from coach.events import (
    Answer,
    Block,
    CallHeader,
    CallListing,
    CallRecord,
    CallSummary,
    Commitment,
    Cue,
    CueEnd,
    CueEnded,
    Event,
    Failure,
    Level,
    Move,
    Recordable,
    Samples,
    Speaker,
    Turn,
    Utterance,
    Word,
)
from coach.settings import CueSettings, Settings
from coach.values.aloud import AloudServices
from coach.values.batches import BatchServices
from coach.values.ear_events import EnrolmentHeard as EnrolmentHeard
from coach.values.ear_events import LeakVerdict as LeakVerdict
from coach.values.ear_events import ModelChoice as ModelChoice
from coach.values.ear_events import SpeechBegan as SpeechBegan
from coach.values.ear_events import VoiceEnrolled as VoiceEnrolled
from coach.values.example import Example
from coach.values.follow_up import FollowUpServices
from coach.values.handbook import Handbook
from coach.values.judgements import FeedbackServices
from coach.values.own_moves import OwnListing, OwnMove, OwnProblem, Tried
from coach.values.reviewing import ReviewServices
from coach.values.revisions import SummaryServices
from coach.values.share_ports import SharingServices


class AudioSource(Protocol):
    """A finite or endless source of blocks at 16 kHz mono.

    ``read`` blocks for at most ``timeout_s`` and returns None when nothing came in that time;
    it raises ``EOFError`` at the end, and ``KnownError`` when the device is gone.
    """

    name: str

    def start(self) -> None: ...
    def read(self, timeout_s: float) -> Block | None: ...
    def stop(self) -> None: ...


class VoiceActivity(Protocol):
    """Speech probability of one window of 512 samples (32 ms at 16 kHz), in [0, 1]. Keeps its own state."""

    def probability(self, window: Samples) -> float: ...
    def reset(self) -> None: ...


class Hearing(Protocol):
    """What was recognised in one utterance. ``words`` have estimated times; ``timed`` aligns them, once.

    Aligning costs a quarter of the recognition, and most words are heard again before their times are needed.
    """

    words: tuple[Word, ...]

    def timed(self) -> tuple[Word, ...]: ...


class Transcriber(Protocol):
    """Words of one utterance, times in seconds of the call. Empty where nothing trustworthy was said.

    ``draft`` is quick, for speech that still goes on.
    """

    name: str

    def hear(self, utterance: Utterance) -> Hearing: ...
    def draft(self, utterance: Utterance) -> tuple[Word, ...]: ...


class FarEnd(Protocol):
    """Whether the microphone heard the loudspeaker, as far as that can be known. Nothing of it is kept.

    ``hear`` is given every block of the microphone and never waits. ``leaked``: most of [start_s, end_s) was
    the loudspeaker's sound. ``rest`` lets go of the output in a pause and at the end; ``hear`` begins again.
    """

    def hear(self, block: Block) -> None: ...
    def leaked(self, start_s: float, end_s: float) -> bool: ...
    def rest(self) -> None: ...


class VoiceGate(Protocol):
    """Is this the enrolled agent? Asked before anything is recognised, from the audio alone.

    ``voice_of`` judges the speech of one utterance so far, shape (n,) at 16 kHz: AGENT, OTHER, or UNSURE
    (also where it is too short to tell). It is cheap enough to be asked every half second.
    ``agent_parts`` cuts a finished utterance where the voice changes and says whose each part is, in order,
    without overlap. ``UNSURE`` is already settled by the profile: it only comes back where it is to be kept.
    """

    def voice_of(self, samples: Samples) -> Speaker: ...
    def agent_parts(self, utterance: Utterance) -> tuple[tuple[Utterance, Speaker], ...]: ...


class MoveDetector(Protocol):
    """Moves of one turn above their thresholds, most confident first, and all 25 confidences.

    ``thresholds`` are the confidences from which on a move is flagged, as they are now.
    """

    @property
    def thresholds(self) -> Mapping[str, float]: ...
    def judge(self, text: str, context: Sequence[str] = ()) -> tuple[tuple[Move, ...], dict[str, float]]: ...
    def scores(self, text: str, context: Sequence[str] = ()) -> dict[str, float]: ...


class CommitmentExtractor(Protocol):
    """Promises in one turn. ``said_at`` is the wall clock of the turn's end, with its time zone.

    ``committing`` is the move detector's confidence for the turn, in [0, 1]; None where unknown.
    """

    def extract(
        self, turn: Turn, earlier: Sequence[Turn], said_at: dt.datetime, committing: float | None
    ) -> tuple[Commitment, ...]: ...


class CuePolicy(Protocol):
    """Decides one cue or silence after each turn; also tells which open cue the turn repaired.

    ``record`` holds the whole call so far, the turn and its moves included. ``interrupt`` is for a turn that
    is still being said, which ``record`` does not hold yet; ``hear``: a voice, or whose it was.
    ``choose``: how often cues may come from ``now_s`` on; switched off, a cue that is open goes.
    """

    def decide(self, record: CallRecord, turn: Turn, moves: Sequence[Move]) -> list[Cue | CueEnded]: ...
    def interrupt(self, record: CallRecord, turn: Turn, moves: Sequence[Move]) -> list[Cue | CueEnded]: ...
    def hear(self, event: Event) -> None: ...
    def tick(self, record: CallRecord, now_s: float) -> list[Cue | CueEnded]: ...
    def user_ended(self, ended: CueEnded) -> None: ...
    def choose(self, cues: CueSettings, now_s: float) -> list[Cue | CueEnded]: ...
    def as_offered(self, text: str, moves: Sequence[Move]) -> tuple[Move, ...]:
        """``moves`` of a turn, put right where it says a line that a card of this call offered."""
        ...


class CallStore(Protocol):
    """Keeps calls. ``append`` is durable when it returns; methods raise ``KnownError``."""

    def begin(self, header: CallHeader) -> None: ...
    def append(self, call_id: str, item: Recordable) -> None: ...
    def finish(self, record: CallRecord, summary: CallSummary) -> None: ...
    def load(self, call_id: str) -> tuple[CallRecord, CallSummary | None]: ...
    def listing(
        self, query: str = "", limit: int | None = None, deleted: bool = False
    ) -> list[CallListing]: ...
    def unfinished(self) -> list[str]: ...
    def delete(self, call_id: str) -> None: ...
    def erase(self, call_id: str) -> None: ...
    def forget(self, call_id: str) -> None:
        """Gone for good, at once, as by ``erase``, and out of every copy. Raises ("call-unfinished")."""
        ...

    def restore(self, call_id: str) -> None: ...
    def close(self) -> None: ...


class VoiceStore(Protocol):
    """Keeps the one voice profile of this machine, encrypted; it is never exported. Raises ``KnownError``.

    ``profile`` is what ``coach.voice`` makes of it. ``delete_voice`` leaves no trace of it.
    """

    def save_voice(self, profile: bytes, on: dt.date) -> None: ...
    def load_voice(self) -> bytes | None: ...
    def voice_enrolled(self) -> dt.date | None: ...
    def delete_voice(self) -> None: ...


Progress = Callable[[str, int, int], None]
"""Called with (what, done, total) in bytes or seconds; total 0 where unknown."""


class CallControl(Protocol):
    """A running call, as the app sees it. Every method returns at once; what comes of it arrives as an event.

    It hears from ``start`` on, and can be paused and blacked out, while its models still load:
    ``SessionStarted`` comes once they have. Events reach the sink on the engine thread, in order; the last is
    ``SessionStopped``, or ``SessionDropped`` where the call never began.
    """

    @property
    def call_id(self) -> str: ...
    def start(self) -> None: ...
    def pause(self) -> None: ...
    def resume(self) -> None: ...
    def stop(self) -> None: ...
    def end_cue(self, cue_id: str, end: CueEnd) -> None: ...
    def answer_commitment(self, commitment_id: str, answer: Answer) -> None: ...
    def choose_cues(self, cues: CueSettings) -> None:
        """How often cues may come, from now on; give a copy that nobody changes any more."""
        ...

    def black_out(self, seconds: float = 30.0) -> None:
        """Hear, keep and show nothing for so long from now on; said again, so much longer."""
        ...

    def end_black_out(self) -> None: ...
    def use_microphone(self, device_key: str | None) -> None: ...
    def join(self, timeout_s: float) -> bool: ...


@dataclass(frozen=True, slots=True)
class InputDevice:
    """A microphone. ``key`` is stable across restarts (host API and name), ``index`` is not."""

    key: str
    name: str
    host_api: str
    channels: int
    rate_hz: int
    is_default: bool


@dataclass(frozen=True, slots=True)
class OutputDevice:
    """A loudspeaker or headset; ``key`` is stable across restarts."""

    key: str
    name: str
    is_default: bool


@dataclass(frozen=True, slots=True)
class ModelOption:
    """A recognition model of the manifest. ``size_bytes`` is 0 where it is not known yet."""

    name: str
    size_bytes: int
    here: bool


EnrolmentEvent = Level | EnrolmentHeard | VoiceEnrolled | SpeechBegan | Failure
"""What a reading sends: ``VoiceEnrolled`` or ``Failure`` is its last event, unless it was stopped."""

EarSink = Callable[[EnrolmentEvent], None]


class ListeningControl(Protocol):
    """A microphone held open for a meter or a reading. ``stop`` returns at once and may be said twice."""

    def stop(self) -> None: ...
    def join(self, timeout_s: float) -> bool: ...


class WaitingControl(ListeningControl, Protocol):
    """A microphone on which speech is waited for."""

    def hand_over(self) -> AudioSource:
        """What is said from the last ``SpeechBegan`` on, as the source of a call that begins there. Whoever
        takes it stops it."""
        ...


Sink = Callable[[Event], None]


class EarServices(Protocol):
    """What the app asks about the ear: microphones, voice, model, leak. Methods raise ``KnownError``."""

    def outputs(self) -> list[OutputDevice]: ...
    def watch_level(self, device_key: str | None, sink: EarSink) -> ListeningControl:
        """Levels of a microphone until stopped; no sound is kept.

        A ``Failure`` tells that it is silent, or that it is gone, which ends it.
        """
        ...

    def wait_for_speech(self, device_key: str | None, sink: EarSink) -> WaitingControl:
        """Hold a microphone until stopped; ``SpeechBegan`` for each beginning after a quiet time. No sound
        from before is kept. Where only an enrolled voice is to be heard, another's begins nothing."""
        ...

    def models(self) -> list[ModelOption]: ...
    def choose_model(self, progress: Progress) -> ModelChoice:
        """Measure the models that are here, about ten seconds, and take the best that is quick enough."""
        ...

    def voice_enrolled(self) -> dt.date | None:
        """The day the voice was enrolled; None where there is no profile."""
        ...

    def reading_text(self) -> tuple[str, ...]:
        """The sentences to read aloud for a voice profile, in order."""
        ...

    def enrol(self, device_key: str | None, sink: EarSink) -> ListeningControl: ...
    def delete_voice(self) -> None: ...
    def check_leak(
        self, device_key: str | None, output_key: str | None, progress: Progress
    ) -> LeakVerdict: ...
    def agent_channel(self, path: Path) -> int | None:
        """The channel of a stereo recording with the enrolled voice; None where that cannot be told."""
        ...


class OwnMovesServices(Protocol):
    """Moves that the organisation or the agent added. Each asks the model, and raises ``KnownError``."""

    def listing(self) -> OwnListing:
        """The own moves there are, and what their examples show to be wrong."""
        ...

    def keep(self, move: OwnMove, instead_of: str = "") -> OwnListing:
        """Keep a personal move, in the place of the one named; in force from the next call on."""
        ...

    def remove(self, name: str) -> OwnListing: ...
    def check(self, tables: object) -> list[OwnProblem]:
        """What is wrong with moves not kept yet, as ``tables`` by name: in form, and by their examples."""
        ...

    def try_sentence(self, text: str) -> Tried:
        """All moves, shipped and own, against one sentence."""
        ...


class Services(EarServices, Protocol):
    """What the app asks of the engine; made by the composition root, faked in the app's tests."""

    settings: Settings
    policy_trouble: KnownError | None
    feedback: FeedbackServices
    own_moves: OwnMovesServices
    follow_up: FollowUpServices
    summaries: SummaryServices
    review: ReviewServices
    sharing: SharingServices
    batch: BatchServices
    aloud: AloudServices

    def save_settings(self) -> None: ...
    def handbook(self) -> Handbook: ...
    def example(self) -> Example: ...

    def devices(self) -> list[InputDevice]: ...
    def store(self) -> CallStore:
        """The store, opened on first use. Raises ``KnownError``.

        "passphrase-new": there is none yet, choose one. "passphrase-needed", "passphrase-wrong": enter it.
        """
        ...

    def unlock(self, passphrase: str) -> None: ...
    def models_missing(self) -> list[str]:
        """Names of the model files a call needs that are not on this machine yet."""
        ...

    def fetch_models(self, progress: Progress) -> None: ...
    def live_call(
        self, device_key: str | None, sink: Sink, *, waited: AudioSource | None = None
    ) -> CallControl:
        """Returns at once. ``waited``: a microphone that is open and was spoken into, in place of
        ``device_key``; the call stops it."""
        ...

    def file_call(
        self, path: Path, channel: int | None, sink: Sink, *, voice: bytes | None = None
    ) -> CallControl: ...
    def recover(self) -> list[str]:
        """Finish calls a crash left open; returns their ids, without half calls of recordings, which go."""
        ...

    def retry_saving(self) -> bool:
        """Try again to save a call the store could not take; true when nothing is left over."""
        ...

    def undo_call(self, call_id: str) -> None:
        """Nothing of a call that is over stays, nor of what waits to be saved of it."""
        ...

    def close(self) -> None:
        """Let go of the store; the last thing the app does."""
        ...
