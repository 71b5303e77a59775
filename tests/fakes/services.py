"""The engine as the app sees it, without a microphone, a model or a disk."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from coach.calls.summary import summarise
from coach.errors import KnownError
from coach.events import (
    Answer,
    CallHeader,
    CallListing,
    CallRecord,
    CallSource,
    CallSummary,
    CueEnd,
    CueEnded,
    Event,
    Recordable,
    SessionDropped,
    SessionPaused,
    SessionResumed,
    SessionStarted,
    SessionStopped,
)
from coach.ports import AudioSource, InputDevice, Progress, Sink
from coach.services.batch import EngineBatch
from coach.services.handbook import handbook_of
from coach.services.playbook_choice import shipped_playbook
from coach.services.summary import EngineSummaries
from coach.settings import CueSettings, Settings
from coach.values.batches import SeveralVoicesError
from coach.values.example import Example
from coach.values.handbook import Handbook
from coach.values.hits import BEGINS, ENDS
from coach.values.revisions import WHOLE_CALL, LineRevision, Revision
from tests.fakes import example, past_calls, sample_call
from tests.fakes.batch import MemoryBatch
from tests.fakes.ear import FakeEar
from tests.fakes.feedback import MemoryFeedback, feedback_over
from tests.fakes.follow_up import Clock, MemoryFollowUp, follow_up_over
from tests.fakes.own_moves import MemoryOwnMoves
from tests.fakes.practice import FakePractice
from tests.fakes.review import FakeReview, MemoryReview
from tests.fakes.sharing import NoSharing
from ui.text import MOVE_NAMES

DEVICES = [
    InputDevice("alsa:headset", "Jabra Evolve2 30", "ALSA", 1, 16_000, True),
    InputDevice("alsa:laptop", "Built-in microphone", "ALSA", 2, 48_000, False),
]


class MemoryStore:
    """A ``CallStore`` in a dictionary; a deleted call can be restored."""

    def __init__(self) -> None:
        self.calls: dict[str, tuple[CallRecord, CallSummary | None]] = {}
        self.deleted: dict[str, tuple[CallRecord, CallSummary | None]] = {}
        self.revisions: dict[str, dict[str, LineRevision]] = {}
        self.brought_back: dict[str, dt.datetime] = {}
        self.now: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC)
        self.closed = False

    def revision(self, call_id: str) -> Revision:
        kept = dict(self.revisions.get(call_id, {}))
        return Revision(kept.pop(WHOLE_CALL, LineRevision()).comment, kept)

    def revise(self, call_id: str, line_id: str, revision: LineRevision) -> LineRevision:
        self.load(call_id)
        kept = self.revisions.setdefault(call_id, {})
        before = kept.pop(line_id, LineRevision())
        if revision != LineRevision():
            kept[line_id] = revision
        return before

    def begin(self, header: CallHeader) -> None:
        self.calls[header.id] = (CallRecord(header), None)

    def append(self, call_id: str, item: Recordable) -> None:
        self.load(call_id)

    def finish(self, record: CallRecord, summary: CallSummary) -> None:
        self.calls[record.header.id] = (record, summary)

    def load(self, call_id: str) -> tuple[CallRecord, CallSummary | None]:
        if call_id not in self.calls:
            raise KnownError("call-unknown", "This call is no longer here.")
        return self.calls[call_id]

    def listing(self, query: str = "", limit: int | None = None, deleted: bool = False) -> list[CallListing]:
        rows = [
            dataclasses.replace(
                listing_of(record, summary, snippet),
                brought_back_at=self.brought_back.get(record.header.id),
            )
            for record, summary in (self.deleted if deleted else self.calls).values()
            if (snippet := _snippet(record, query)) is not None
        ]
        rows.sort(key=lambda row: row.started_at, reverse=True)
        return rows[:limit]

    def outlines(self, limit: int, since: dt.datetime | None = None, of: Any = ()) -> list[CallRecord]:
        found = [one for key, (one, summary) in self.calls.items() if summary and (not of or key in of)]
        found.sort(key=lambda record: record.header.started_at, reverse=True)
        return [one for one in found if since is None or one.header.started_at >= since][:limit]

    def unfinished(self) -> list[str]:
        return [key for key, (_record, summary) in self.calls.items() if summary is None]

    def delete(self, call_id: str) -> None:
        self.deleted[call_id] = self.calls.pop(call_id)

    def erase(self, call_id: str) -> None:
        if self.calls.pop(call_id, None) is None and self.deleted.pop(call_id, None) is None:
            raise KnownError("call-unknown", "There is no such call.")

    def forget(self, call_id: str) -> None:
        self.erase(call_id)

    def restore(self, call_id: str) -> None:
        self.calls[call_id] = self.deleted.pop(call_id)
        self.brought_back[call_id] = self.now()

    def close(self) -> None:
        self.closed = True


def _snippet(record: CallRecord, query: str) -> str | None:
    """None where the call does not match; empty where it matches by its title alone."""
    wanted = query.strip().casefold()
    if not wanted:
        return ""
    for turn in record.turns:
        if (at := turn.text.casefold().find(wanted)) >= 0:
            hit, rest = turn.text[at : at + len(wanted)], turn.text[at + len(wanted) :]
            return f"… {turn.text[max(0, at - 30) : at]}{BEGINS}{hit}{ENDS}{rest[:60]} …"
    return "" if wanted in record.header.title.casefold() else None


def listing_of(record: CallRecord, summary: CallSummary | None, snippet: str) -> CallListing:
    return CallListing(
        record.header.id,
        record.header.started_at,
        record.header.title,
        record.header.source,
        record.duration_s,
        len(record.turns),
        summary.flags_raised if summary else 0,
        summary.flags_repaired if summary else 0,
        len(record.commitments),
        summary is not None,
        snippet,
    )


class ScriptedCall:
    """A ``CallControl`` that sends what the test tells it to, on the caller's own thread."""

    def __init__(
        self, header: CallHeader, sink: Sink, finish: Callable[[ScriptedCall], SessionStopped]
    ) -> None:
        self.header = header
        self._sink = sink
        self._finish = finish
        self.device = DEVICES[0].name
        self.asked: list[str] = []
        self.cue_ends: list[tuple[str, CueEnd]] = []
        self.answers: list[tuple[str, Answer]] = []
        self.cues_chosen: list[CueSettings] = []
        self.ended = False
        self.loading = False
        self.refusal: KnownError | None = None

    @property
    def call_id(self) -> str:
        return self.header.id

    def send(self, *events: Event) -> None:
        for event in events:
            self._sink(event)

    def play(self, events: Iterable[Event]) -> None:
        self.send(*events)

    def start(self) -> None:
        self.asked.append("start")
        if self.refusal is not None:
            self.send(SessionDropped(self.refusal.code, self.refusal.message))
        elif not self.loading:
            self.send(SessionStarted(self.header, self.device))

    def loaded(self) -> None:
        """The models of a call that was ``loading`` are there."""
        self.loading = False
        self.send(SessionStarted(self.header, self.device))

    def pause(self) -> None:
        self.asked.append("pause")
        self.send(SessionPaused(20.0))

    def resume(self) -> None:
        self.asked.append("resume")
        self.send(SessionResumed(25.0))

    def stop(self) -> None:
        self.asked.append("stop")
        if not self.ended:
            self.ended = True
            self.send(SessionDropped() if self.loading else self._finish(self))

    def end_cue(self, cue_id: str, end: CueEnd) -> None:
        self.cue_ends.append((cue_id, end))
        self.send(CueEnded(cue_id, 50.0, end))

    def answer_commitment(self, commitment_id: str, answer: Answer) -> None:
        self.answers.append((commitment_id, answer))
        for made in sample_call.commitments():
            if made.id == commitment_id:
                self.send(dataclasses.replace(made, answer=answer))

    def choose_cues(self, cues: CueSettings) -> None:
        self.cues_chosen.append(cues)

    def black_out(self, seconds: float = 30.0) -> None:
        self.asked.append(f"black out {seconds:.0f}")

    def end_black_out(self) -> None:
        self.asked.append("end black-out")

    def use_microphone(self, device_key: str | None) -> None:
        self.asked.append(f"use {device_key}")

    def join(self, timeout_s: float) -> bool:
        return self.ended


class _FileCall(ScriptedCall):
    """A recording plays from beginning to end as soon as it starts."""

    def start(self) -> None:
        super().start()
        self.play(sample_call.events())
        self.stop()


class FakeServices(FakeEar, FakePractice):
    """``Services`` with everything settable: what is missing, what fails, what the store holds."""

    def __init__(self, first_run_done: bool = True) -> None:
        FakeEar.__init__(self)
        FakePractice.__init__(self)
        self.settings = Settings()
        self.policy_trouble: KnownError | None = None
        consent = self.settings.consent
        consent.first_run_done = consent.first_steps_done = first_run_done
        self.memory = MemoryStore()
        self.undo_call: Callable[[str], None] = self.memory.erase
        self.unfair = MemoryFeedback(self._record_of)
        self.feedback = feedback_over(self.unfair)
        self.summaries = EngineSummaries(
            self.store,
            self.feedback,
            lambda: self.settings.local_model,
            lambda call_id: self.follow_up.mended(call_id),
        )
        self.own_moves = MemoryOwnMoves()
        self.kept = MemoryFollowUp(self.memory.calls)
        self.clock = Clock()
        self.follow_up = follow_up_over(self.kept, self.clock)
        self.review = FakeReview(MemoryReview(self.memory.calls))
        self.sharing: Any = NoSharing()
        self.line = MemoryBatch(self.memory)
        self.batch = EngineBatch(self, lambda: self.line, lambda: True)
        self.microphones = list(DEVICES)
        self.book = handbook_of(shipped_playbook())
        self.example_error: KnownError | None = None
        self.missing: list[str] = []
        self.passphrase: str | None = None
        self.passphrase_unset = self.unlocked = False
        self.saves = True
        self.recoverable: list[str] = []
        self.fetch_steps: list[tuple[str, int, int]] = [("base", 50, 100), ("base", 100, 100)]
        self.before_step: Callable[[int], None] = lambda _step: None
        self.saved_settings = 0
        self.live_device: str | None = None
        self.waited: AudioSource | None = None
        self.opened: list[tuple[Path, int | None]] = []
        self.voices_opened: list[bytes | None] = []
        self.channel_shared = False
        self.call: ScriptedCall | None = None
        self.call_error: KnownError | None = None
        self.loading = False  # live calls get ready until ``ScriptedCall.loaded``

    def save_settings(self) -> None:
        self.saved_settings += 1

    def handbook(self) -> Handbook:
        return self.book

    def example(self) -> Example:
        if self.example_error is not None:
            raise self.example_error
        return example.example()

    def devices(self) -> list[InputDevice]:
        return list(self.microphones)

    def store(self) -> MemoryStore:
        if self.passphrase_unset:
            raise KnownError("passphrase-new", "This computer has no keyring. Choose a passphrase.")
        if self.passphrase is not None and not self.unlocked:
            raise KnownError("passphrase-needed", "Your calls are locked. Enter the passphrase.")
        return self.memory

    def unlock(self, passphrase: str) -> None:
        if self.passphrase_unset:
            self.passphrase, self.passphrase_unset = passphrase, False
        if passphrase != self.passphrase:
            raise KnownError("passphrase-wrong", "That is not the passphrase of your calls.")
        self.unlocked = True

    def models_missing(self) -> list[str]:
        return list(self.missing)

    def fetch_models(self, progress: Progress) -> None:
        for step, (what, done, total) in enumerate(self.fetch_steps):
            self.before_step(step)
            progress(what, done, total)
        self.missing = []

    def live_call(
        self, device_key: str | None, sink: Sink, *, waited: AudioSource | None = None
    ) -> ScriptedCall:
        self.waited = waited
        self.live_device = device_key
        self.call = ScriptedCall(sample_call.header("live"), sink, self._finished)
        self.call.loading, self.call.refusal = self.loading, self.call_error
        return self.call

    def file_call(
        self,
        path: Path,
        channel: int | None,
        sink: Sink,
        *,
        voice: bytes | None = None,
        everyone: bool = False,
        told: Progress = lambda _what, _done, _total: None,
    ) -> ScriptedCall:
        if self.call_error is not None:
            raise self.call_error
        told("voices", 50, 100)
        known = everyone or voice is not None or self.knows_voice()
        own = channel is not None and self.channel_count > 1
        if not known and (self.channel_shared or not own) and len(self.voices) > 1:
            raise SeveralVoicesError(path, self.voices, shared_channel=own)
        self.opened.append((path, channel))
        self.voices_opened.append(voice)
        name = "file" if len(self.opened) == 1 else f"file-{len(self.opened)}"
        header = dataclasses.replace(sample_call.header(name, path.stem), source=CallSource.FILE)
        self.call = _FileCall(header, sink, self._finished)
        return self.call

    def recover(self) -> list[str]:
        found, self.recoverable = self.recoverable, []
        return found

    def retry_saving(self) -> bool:
        return self.saves

    def close(self) -> None:
        self.batch.close()
        self.memory.close()

    def knows_voice(self) -> bool:
        return self.settings.listening.own_voice_only and self.enrolled_on is not None

    def _record_of(self, call_id: str) -> CallRecord:
        """A kept call, or the running one, which says what the sample call says."""
        kept = self.memory.calls.get(call_id)
        return sample_call.record(call_id) if kept is None else kept[0]

    def _finished(self, call: ScriptedCall) -> SessionStopped:
        record = sample_call.record(call.call_id)
        record.header = call.header
        summary = summarise(record, MOVE_NAMES)
        if self.saves:
            self.memory.finish(record, summary)
        return SessionStopped(record, summary, self.saves)


def fill_past_calls(store: MemoryStore) -> None:
    """The sample call, and five older ones."""
    for record in (sample_call.record(), *past_calls.records()):
        store.finish(record, summarise(record, MOVE_NAMES))
