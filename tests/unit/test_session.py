"""One call on its own thread: what is promised when things go well, and when they do not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from coach.errors import KnownError
from coach.events import (
    Answer,
    Block,
    CallRecord,
    CallSource,
    Commitment,
    Cue,
    CueEnd,
    CueEnded,
    Event,
    Failure,
    FileProgress,
    Gap,
    Level,
    MovesFound,
    Recordable,
    SessionPaused,
    SessionResumed,
    SessionStarted,
    SessionStopped,
    Turn,
)
from coach.live.hearer import Ready
from coach.live.holes import ASLEEP
from coach.live.journal import Journal
from coach.pipeline import Coach, Pipeline
from coach.session import Session
from coach.settings import CueSettings
from tests.fakes import engine
from tests.fakes.session_rig import Followed
from tests.fakes.waiting import WAIT_S

GONE = KnownError("microphone-gone", "The microphone is gone. Plug it in again.")


class Rig(Followed):
    """A session over fakes, and a sink that the test can wait on."""

    def __init__(
        self,
        items: list[Block | KnownError | None],
        turns: list[Turn],
        source: CallSource = CallSource.LIVE,
        refuse_starts: int = 0,
        endless: bool = False,
        store: engine.FakeStore | None = None,
    ) -> None:
        self.source = engine.FakeSource(items, refuse_starts)
        self.source.endless = endless
        self.store = store or engine.FakeStore()
        detector = engine.FakeDetector({"wrong": "blaming"})
        self.policy = engine.FakePolicy()
        coach = Coach(CallRecord(engine.header(source)), detector, engine.FakeExtractor(), self.policy)
        self.pipeline = Pipeline(engine.FakeHearing(turns), coach)
        self.journal = Journal(self.store, coach.record, {})
        super().__init__()
        self.times = iter(range(0, 100_000, 7))
        self.session = Session(
            self.source,
            engine.header(source),
            Ready(self.pipeline, self.journal),
            self.heard.put,
            clock=lambda: float(next(self.times)),
        )

    def run(self) -> SessionStopped:
        self.session.start()
        return self.finish()

    def finish(self) -> SessionStopped:
        return self.ended()

    def of(self, kind: type[Event]) -> list[Event]:
        return [event for event in self.seen if isinstance(event, kind)]


WRONG = Turn(0, "You typed it in wrong.", 0.0, 0.4)
LATER = Turn(1, "I promise.", 5.0, 6.0)


def test_a_recording_runs_to_its_end_and_is_saved() -> None:
    """A file goes through the same flow as a live call, and stops by itself."""
    rig = Rig([engine.block(0.0), engine.block(0.5)], [WRONG], CallSource.FILE)
    stopped = rig.run()
    assert isinstance(rig.seen[0], SessionStarted)
    assert [event.at_s for event in rig.of(FileProgress)] == [0.5, 1.0]
    assert stopped.saved
    assert stopped.record.turns == [WRONG]
    assert rig.store.finished is not None
    assert rig.store.closed


def test_a_call_that_runs_still_has_to_be_saved() -> None:
    """That nothing waits yet does not mean that all of it is safe."""
    journal = Journal(engine.FakeStore(), CallRecord(engine.header()), {})
    journal.begin(lambda _error, _mended: None)
    assert journal.retry(lambda _error, _mended: None)
    assert not journal.closed
    journal.finish(lambda _error, _mended: None)
    assert journal.closed


def test_a_recording_with_a_flaw_is_kept_and_the_flaw_is_told() -> None:
    """What could be read of a damaged file counts, and the user learns that it was not all."""
    rig = Rig([engine.block(0.0)], [WRONG], CallSource.FILE)
    rig.source.warning = "It ends early."
    stopped = rig.run()
    assert rig.of(Failure) == [Failure(0.5, "recording-damaged", "It ends early.")]
    assert (stopped.saved, stopped.record.turns) == (True, [WRONG])


def test_a_recording_without_speech_is_told() -> None:
    """Silence may be the wrong file or the wrong channel, so the user hears of it."""
    rig = Rig([engine.block(0.0)], [], CallSource.FILE)
    rig.run()
    [failure] = rig.of(Failure)
    assert isinstance(failure, Failure)
    assert failure.code == "no-speech"
    assert rig.source.name in failure.message


def test_everything_is_in_the_store_before_it_is_shown() -> None:
    """A crash right after a line appears does not lose the line."""
    store = engine.FakeStore()
    rig = Rig([engine.block(0.0)], [WRONG], CallSource.FILE, store=store)
    known_when_shown: list[bool] = []
    rig.session._hearer._sink = lambda event: (
        known_when_shown.append(event in store.items) if isinstance(event, Turn | MovesFound | Cue) else None
    )
    rig.session.start()
    assert rig.session.join(WAIT_S)
    assert known_when_shown == [True, True, True]


def test_stop_hears_what_the_microphone_already_holds() -> None:
    """Stop never drops the last sentence still in the queue."""
    rig = Rig([engine.block(0.0)], [WRONG, LATER], endless=True)
    rig.session.start()
    rig.until(MovesFound)
    rig.session.stop()
    for start in (0.5, 1.0, 1.5):
        rig.source.items.put(engine.block(start))
    stopped = rig.finish()
    assert stopped.record.turns == [WRONG, LATER]
    assert stopped.record.duration_s >= LATER.end_s


def test_a_pause_stops_listening_and_is_marked() -> None:
    """While paused nothing is heard, the pause is a gap, and the clock goes on behind it."""
    rig = Rig([engine.block(0.0)], [WRONG], endless=True)
    rig.session.start()
    rig.until(Level)
    rig.session.pause()
    rig.until(SessionPaused)
    assert rig.source.stops == 1
    rig.session.resume()
    rig.until(SessionResumed)
    rig.source.items.put(engine.block(0.5))
    level = rig.until(Level)
    rig.session.stop()
    stopped = rig.finish()
    [gap] = stopped.record.gaps
    assert (gap.reason, gap.start_s, gap.end_s) == ("paused", 0.5, 7.5)
    assert isinstance(level, Level)
    assert level.at_s >= gap.end_s


def test_an_unplugged_microphone_is_waited_for() -> None:
    """What was heard is kept, the user is told, and listening goes on when the microphone is back."""
    rig = Rig([engine.block(0.0), GONE, engine.block(0.5)], [WRONG], endless=True)
    rig.session.start()
    told = rig.until(Failure)
    back = rig.until(Failure)
    rig.session.stop()
    stopped = rig.finish()
    assert isinstance(told, Failure)
    assert isinstance(back, Failure)
    assert (told.code, told.recovered) == ("microphone-gone", False)
    assert back.recovered
    assert [gap.reason for gap in stopped.record.gaps] == ["no microphone"]
    assert stopped.record.turns == [WRONG]
    assert stopped.saved


def test_a_call_can_be_stopped_while_the_microphone_is_gone() -> None:
    """Waiting for a microphone never holds the call hostage."""
    rig = Rig([engine.block(0.0), GONE], [WRONG], endless=True)
    rig.session.start()
    rig.until(Level)
    rig.source.refuse_starts = 10**6
    rig.until(Failure)
    rig.session.stop()
    assert rig.finish().record.turns == [WRONG]


def test_a_missing_microphone_at_the_start_is_waited_for() -> None:
    """Starting without a headset is a banner, not an end."""
    rig = Rig([engine.block(0.0)], [WRONG], refuse_starts=1, endless=True)
    rig.session.start()
    rig.until(Level)
    rig.session.stop()
    stopped = rig.finish()
    assert [event.recovered for event in rig.of(Failure)] == [False, True]
    assert stopped.record.turns == [WRONG]


def test_a_file_that_breaks_keeps_what_was_heard() -> None:
    """A recording that cannot be read further still gives its summary, and says why it ended."""
    broken = KnownError("not-audio", "The file ends in the middle.")
    stopped_rig = Rig([engine.block(0.0), broken], [WRONG], CallSource.FILE)
    stopped = stopped_rig.run()
    [failure] = stopped_rig.of(Failure)
    assert isinstance(failure, Failure)
    assert failure.code == "not-audio"
    assert stopped.record.turns == [WRONG]
    assert stopped.saved


def test_a_full_disk_loses_nothing() -> None:
    """While the store refuses, the call goes on; told once, and saved when there is room again."""
    store = engine.FakeStore()
    store.failing = KnownError("disk-full", "The disk is full.")
    rig = Rig([engine.block(0.0)], [WRONG, LATER], endless=True, store=store)
    rig.session.start()
    rig.until(Level)
    store.failing = None
    rig.source.items.put(engine.block(5.5))
    rig.until(Level)
    rig.session.stop()
    stopped = rig.finish()
    assert [(event.code, event.recovered) for event in rig.of(Failure)] == [
        ("disk-full", False),
        ("disk-full", True),
    ]
    assert stopped.saved
    assert store.header is not None
    assert [item for item in store.items if isinstance(item, Turn)] == [WRONG, LATER]


def test_a_call_the_store_never_took_is_not_called_saved() -> None:
    """The last event says honestly that the call is only in memory."""
    store = engine.FakeStore()
    store.failing = KnownError("store-locked", "The store is locked.")
    rig = Rig([engine.block(0.0)], [WRONG], CallSource.FILE, store=store)
    stopped = rig.run()
    assert not stopped.saved
    assert stopped.record.turns == [WRONG]
    assert not store.closed
    store.failing = None
    assert rig.journal.retry(lambda *_: None)
    assert store.finished is not None


def test_a_bug_in_the_engine_still_ends_the_call_properly() -> None:
    """Even our own fault leaves a saved call and a sentence a person understands."""
    rig = Rig([engine.block(0.0), engine.block(0.5)], [WRONG], endless=True)
    rig.source.read = lambda timeout_s: 1 / 0  # type: ignore[method-assign]
    stopped = rig.run()
    [failure] = rig.of(Failure)
    assert isinstance(failure, Failure)
    assert failure.code == "bug"
    assert stopped.saved


def test_the_user_ends_a_cue_through_the_session() -> None:
    """ "Not now" reaches the record on the engine thread."""
    rig = Rig([engine.block(0.0)], [WRONG], endless=True)
    rig.session.start()
    rig.until(Cue)
    rig.session.end_cue("cue-1", CueEnd.DISMISSED)
    ended = rig.until(CueEnded)
    rig.session.stop()
    rig.finish()
    assert isinstance(ended, CueEnded)
    assert ended.end is CueEnd.DISMISSED
    assert ended in rig.store.items


def test_another_level_of_cues_reaches_the_call_that_runs() -> None:
    """The policy is told on the engine thread, with the time of the call."""
    rig = Rig([engine.block(0.0)], [], endless=True)
    rig.session.choose_cues(CueSettings(level="quiet"))
    rig.session.stop()
    rig.run()
    assert [(cues.level, at_s) for cues, at_s in rig.policy.chosen] == [("quiet", 0.5)]


def test_the_user_answers_a_commitment_through_the_session() -> None:
    """ "Not a commitment" reaches record and store while the call runs; taken back, it stands again."""
    promise = Turn(0, "I promise to call you.", 0.0, 0.4)
    rig = Rig([engine.block(0.0)], [promise], endless=True)
    rig.session.start()
    heard = rig.until(Commitment)
    assert isinstance(heard, Commitment)
    rig.session.answer_commitment(heard.id, Answer.DROPPED)
    dropped = rig.until(Commitment)
    rig.session.answer_commitment(heard.id, Answer.OPEN)
    again = rig.until(Commitment)
    rig.session.stop()
    stopped = rig.finish()
    assert dropped == replace(heard, answer=Answer.DROPPED)
    assert [dropped, again] == [item for item in rig.store.items if isinstance(item, Commitment)][1:]
    assert stopped.record.commitments == [heard]


class Answering(engine.FakeStore):
    """Where each promise is confirmed the moment it is kept."""

    session: Session | None = None

    def append(self, call_id: str, item: Recordable) -> None:
        super().append(call_id, item)
        if isinstance(item, Commitment) and item.answer is Answer.OPEN and self.session is not None:
            self.session.answer_commitment(item.id, Answer.CONFIRMED)


@pytest.mark.parametrize("source", [CallSource.LIVE, CallSource.FILE])
def test_a_promise_of_the_last_words_can_be_answered_until_the_call_is_saved(source: CallSource) -> None:
    """It is shown and asked about while the call ends: the answer counts, and is in the store."""
    store = Answering()
    rig = Rig([engine.block(0.0)], [LATER], source, endless=source is CallSource.LIVE, store=store)
    store.session = rig.session
    if source is CallSource.LIVE:
        rig.session.stop()
    [kept] = rig.run().record.commitments
    assert kept.answer is Answer.CONFIRMED
    assert store.items[-1] == kept


def gap_of(dropped: int, until_s: float) -> Gap:
    """What a call tells of sound that was lost up to ``until_s``."""
    rig = Rig([engine.block(0.0)], [WRONG], endless=True)
    rig.session.start()
    rig.until(Level)
    rig.source.dropped = dropped
    rig.source.items.put(engine.block(until_s))
    gap = rig.until(Gap)
    rig.session.stop()
    rig.finish()
    assert isinstance(gap, Gap)
    return gap


def test_dropped_audio_is_marked_as_a_gap() -> None:
    """When this machine cannot keep up, the record says where words are missing."""
    gap = gap_of(dropped=3, until_s=2.0)
    assert (gap.start_s, gap.end_s) == (0.5, 2.0)


def test_a_machine_that_slept_is_not_said_to_have_been_busy() -> None:
    """The laptop was shut in the middle of a call."""
    assert gap_of(dropped=1, until_s=3_000.0).reason == ASLEEP


def test_holes_close_together_are_one_gap() -> None:
    """A busy machine loses sound again and again for seconds: that is one line, which grows."""
    rig = Rig([engine.block(0.0)], [WRONG], endless=True)
    rig.session.start()
    rig.until(Level)
    told = []
    for dropped, start_s, length_s in ((1, 1.0, 0.5), (2, 2.0, 3.0), (3, 9.0, 0.5)):
        rig.source.dropped = dropped
        rig.source.items.put(engine.block(start_s, length_s))
        told.append(rig.until(Gap))
    rig.session.stop()
    record = rig.finish().record
    gaps = [gap for gap in told if isinstance(gap, Gap)]
    assert [(gap.start_s, gap.end_s) for gap in gaps] == [(0.5, 1.0), (0.5, 2.0), (5.0, 9.0)]
    assert record.gaps == gaps[1:]
