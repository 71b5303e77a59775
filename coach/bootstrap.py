"""The composition root: the only module that knows every adapter and puts them together."""

from __future__ import annotations

import datetime as dt
import os
import random
import secrets
import threading
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

from coach import organisation, resources, settings
from coach.audio.devices import list_inputs
from coach.audio.media_file import MediaFile, probe
from coach.audio.microphone import Microphone
from coach.audio.system_voice import SystemVoice, find_voice
from coach.calls.summary import conclude
from coach.coaching.closing import load_closing
from coach.coaching.lines import where_of
from coach.coaching.pacing import Pacing
from coach.coaching.playbook import Playbook
from coach.coaching.policy import RepairPolicy
from coach.commitments.extract import RuleExtractor
from coach.commitments.office import Office
from coach.commitments.public_holidays import office_of
from coach.errors import KnownError
from coach.events import CallHeader, CallRecord, CallSource, CallSummary, Event, Failure, Turn
from coach.live.hearer import Ready
from coach.live.journal import Journal
from coach.live.pace import Pace
from coach.machine import heap
from coach.machine.clock import awake_or_not
from coach.modelfiles.manager import ModelFiles
from coach.moves.detector import OnnxMoveDetector
from coach.moves.partial import PartialJudge
from coach.pipeline import Coach, Pipeline, RecordedPipeline, replayed
from coach.ports import (
    AudioSource,
    CallControl,
    InputDevice,
    ModelChoice,
    MoveDetector,
    Progress,
    Sink,
    VoiceGate,
)
from coach.practice.library import load_library
from coach.recordings.finding import date_of
from coach.redaction.hiding import Choice, find, hide
from coach.redaction.redactor import Redactor
from coach.services.answering import SpokenAnswer
from coach.services.batch import EngineBatch
from coach.services.correcting import Judges
from coach.services.ear import EngineEar
from coach.services.example import example_of
from coach.services.feedback import EngineFeedback
from coach.services.follow_up import EngineFollowUp
from coach.services.handbook import handbook_of
from coach.services.hearing import EngineHearing
from coach.services.meanwhile import meanwhile
from coach.services.opened import EngineStore
from coach.services.own_moves import EngineOwnMoves, OwnFiles
from coach.services.playbook_choice import organisation_playbook, playbook_in_effect, shipped_playbook
from coach.services.practice import EnginePractice, customer_model, helps
from coach.services.recovering import recover
from coach.services.review import EngineReview
from coach.services.sharing import EngineSharing
from coach.services.summary import EngineSummaries
from coach.services.unsaved import Unsaved
from coach.services.voice import EngineVoice, untold
from coach.session import Session
from coach.store.key import store_path
from coach.values.answers import AnswerSink
from coach.values.example import Example
from coach.values.file_names import shown_name
from coach.values.follow_up import UNNAMED
from coach.values.handbook import Handbook
from coach.values.practice_log import MemoryPracticeStore

PASSPHRASE_VARIABLE = "SAMESIDE_PASSPHRASE"
"""The passphrase of the store, for machines without a keyring and for scripts."""

TICK_S = 1.0
"""How often time passes in a written call."""


def settings_path() -> Path:
    return resources.config_dir() / "settings.toml"


def load_settings() -> tuple[settings.Settings, KnownError | None]:
    """The user's under what the organisation lays down, and what of that is wrong. Raises ``KnownError``."""
    policy = organisation.read_policy(resources.policy_path())
    return organisation.apply(policy, settings.load(settings_path())), policy.trouble


def load_detector() -> OnnxMoveDetector:
    """The shipped moves detector, verified. Raises ``KnownError`` (model-missing, model-damaged)."""
    return OnnxMoveDetector(ModelFiles().path("moves"))


def own_files(chosen: settings.Settings) -> OwnFiles:
    """Where own moves come from: the organisation's playbook, and the file the settings write."""
    folder = resources.config_dir()
    ordinary, cache = resources.asset("ordinary_turns.txt"), resources.cache_dir() / "own-moves.npz"
    return OwnFiles(organisation_playbook(chosen), folder / "own-moves.toml", ordinary, cache)


def office_in_effect(chosen: settings.Settings, day: dt.date) -> Office:
    """The office of the settings, with the public holidays around ``day``. Raises ``KnownError``."""
    kept = chosen.office
    return office_of(kept.opens, kept.closes, kept.working_days, kept.closed, kept.country, day)


def new_header(source: CallSource, title: str, started_at: dt.datetime, model: str = "") -> CallHeader:
    """``started_at`` without a zone is taken as local time."""
    started_at = started_at.astimezone() if started_at.tzinfo is None else started_at
    call_id = f"{started_at:%Y%m%d-%H%M%S}-{secrets.token_hex(3)}"
    return CallHeader(call_id, started_at, source, shown_name(title), model)


def make_services() -> EngineServices:
    """Everything the app or a command needs, from the user's settings. Raises ``KnownError``."""
    heap.hold_steady()
    chosen, trouble = load_settings()
    services = EngineServices(chosen, os.environ.get(PASSPHRASE_VARIABLE))
    services.policy_trouble = trouble
    return services


class EngineServices(EngineStore, EngineEar, EngineVoice):
    """``coach.ports.Services`` over the real engine. Models are loaded once and kept."""

    policy_trouble: KnownError | None = None

    def __init__(self, chosen: settings.Settings, passphrase: str | None = None) -> None:
        self.settings = chosen
        self.playbook, self.playbook_trouble = playbook_in_effect(chosen)
        EngineStore.__init__(self, passphrase)
        EngineEar.__init__(self, ModelFiles())
        any_kept = store_path(resources.data_dir()).exists
        EngineVoice.__init__(self, chosen, self._open, any_kept)
        self.feedback = EngineFeedback(self._open, any_kept, lambda: self.own_moves.thresholds())
        self.own_moves = EngineOwnMoves(self._the_detector, own_files(chosen), lambda: self.playbook.names())
        self.follow_up = EngineFollowUp(
            self._open, any_kept, self._office, self._lead, lambda: self.playbook.names()
        )
        self.summaries = EngineSummaries(
            self._open, self.feedback, lambda: self.settings.local_model, self.follow_up.mended
        )
        self.review = EngineReview(
            self._open, self._judges, self._spoken, resources.cache_dir() / "waveforms"
        )
        self.sharing = EngineSharing(
            self._open,
            any_kept,
            lambda: self.settings.sharing,
            self.summaries.shown,
            self.follow_up.settled_of,
            lambda text: hide(text, find(text, self._hidden())),
            heard=self.review,
        )
        self.batch = EngineBatch(self, self._open, any_kept)
        self.aloud = SystemVoice(find_voice())
        self._loading = threading.Lock()
        self._hearing = EngineHearing(self._files, lambda: self.settings.listening, self.voice_gate)
        self._detector: OnnxMoveDetector | None = None
        self._unsaved = Unsaved(self._open)

    def save_settings(self) -> None:
        settings.save(self.settings, settings_path())

    def handbook(self) -> Handbook:
        own = organisation_playbook(self.settings) is not None
        return handbook_of(self.playbook, own, self.playbook_trouble)

    def devices(self) -> list[InputDevice]:
        return list_inputs()

    def models_missing(self) -> list[str]:
        """The chosen recognition model, if it is not here. Raises ``KnownError`` where it is damaged."""
        try:
            self._files.resolve(self.settings.listening.model)
        except KnownError as error:
            if error.code not in {"model-missing", "model-damaged"}:
                raise
            return [self.settings.listening.model]
        return []

    def fetch_models(self, progress: Progress) -> None:
        for name in self.models_missing():
            self._files.get(name, progress)

    def choose_model(self, progress: Progress) -> ModelChoice:
        return self._hearing.choose_model(progress)

    def live_call(
        self,
        device_key: str | None,
        sink: Sink,
        *,
        save: bool = True,
        waited: AudioSource | None = None,
        alone: bool = False,
    ) -> CallControl:
        """``alone``: nobody reads the store while the call runs; it writes through the one that is open."""
        self._tell_trouble(sink)
        now = dt.datetime.now().astimezone()
        header = new_header(CallSource.LIVE, UNNAMED, now, self._model)
        source = waited or Microphone(device_key)
        return Session(source, header, lambda: self._ready(header, save=save, alone=alone), sink)

    def file_call(
        self,
        path: Path,
        channel: int | None,
        sink: Sink,
        *,
        save: bool = True,
        started_at: dt.datetime | None = None,
        voice: bytes | None = None,
        everyone: bool = False,
        told: Progress = untold,
    ) -> CallControl:
        """A recording through the same pipeline, dated by its file unless ``started_at`` says better.

        ``voice``: only this one counts, that was picked in a recording. ``everyone``: the agent said that all
        voices are theirs; ``told`` how far it was listened to for voices. Raises ``SeveralVoicesError``.
        """
        info = probe(path)
        with meanwhile(self._load_models):
            gate = self.whose(path, voice, channel, told, everyone=everyone)
        sink = self.review.noting(path, channel, sink) if save else sink
        at = started_at or date_of(path)
        header = new_header(CallSource.FILE, path.stem, at, self._model)
        total_s = info.duration_s or 0.0
        self._tell_trouble(sink)
        ready = self._ready(header, save=save, gate=gate)
        return Session(MediaFile(path, channel), header, ready, sink, total_s=total_s)

    def recover(self) -> list[str]:
        return recover(self._open(), self.playbook.names(), dt.datetime.now().astimezone())

    def retry_saving(self) -> bool:
        return self._unsaved.retry()

    def undo_call(self, call_id: str) -> None:
        self._unsaved.undo(call_id)

    def practice(
        self, chance: random.Random, *, save: bool = True, names: Mapping[str, str] | None = None
    ) -> EnginePractice:
        """What there is to practise with. Not saved, it leaves no trace and looks at no call.

        ``names`` are what moves are called, those of the playbook unless given.
        """
        kept = self._open() if save else None
        return EnginePractice(
            load_library(resources.asset("practice"), shipped_playbook().sources),
            names or self.playbook.names(),
            self._the_detector,
            kept or MemoryPracticeStore(),
            kept,
            chance=chance,
            points=shipped_playbook().sources,
            helps=helps(self.playbook.spoken(where_of(self.settings.listening.profile))),
            wording=lambda: customer_model(self.settings),
            unfair=self.feedback.unfair,
        )

    def hear_answer(self, device_key: str | None, sink: AnswerSink) -> SpokenAnswer:
        """One answer spoken in practice: heard as a call is, and nothing of it is kept."""
        return SpokenAnswer(self._microphone(device_key), lambda: self._hearing.listener(live=True), sink)

    def close(self) -> None:
        self.batch.close()
        self._close_store()

    def example(self) -> Example:
        header = new_header(CallSource.WRITTEN, "An example", dt.datetime.now().astimezone())
        usual = Pacing.chosen(settings.CueSettings())
        return example_of(header, lambda one: self.coach(one, pacing=usual))

    def coach(
        self, header: CallHeader, detector: MoveDetector | None = None, pacing: Pacing | None = None
    ) -> Coach:
        """Moves, cues and commitments for one call, by the shipped thresholds unless a detector is given."""
        detector = detector or self.own_moves.composed()
        pacing = pacing or Pacing.chosen(self.settings.cues)
        policy = RepairPolicy(self._spoken(), pacing, load_closing(resources.asset("closing.toml")))
        partial = PartialJudge(detector, detector.thresholds, pacing.urgent if pacing.most else ())
        judges = self._judges(header, detector)
        record, extractor = CallRecord(header), judges.extractor
        return Coach(record, detector, extractor, policy, partial=partial, redactor=judges.redactor)

    def _judges(self, header: CallHeader, detector: MoveDetector | None = None) -> Judges:
        """What judges the turns of a call; without a ``detector`` as this agent has it now."""
        detector = detector or self.feedback.adjusted(self.own_moves.composed(), self._open())
        redactor = Redactor(self._hidden())
        return Judges(detector, RuleExtractor(self._office(header.started_at.date())), redactor)

    def _hidden(self) -> Choice:
        return Choice(self.settings.privacy.hide_names, self.settings.privacy.hide_references)

    def _spoken(self) -> Playbook:
        """The playbook in effect, own moves included, with the lines that suit the place."""
        return self.own_moves.over(self.playbook).spoken(where_of(self.settings.listening.profile))

    def _office(self, day: dt.date) -> Office:
        return office_in_effect(self.settings, day)

    def _lead(self) -> dt.timedelta:
        return dt.timedelta(minutes=self.settings.follow_up.lead_minutes)

    @property
    def _model(self) -> str:
        return self.settings.listening.model

    def _tell_trouble(self, sink: Sink) -> None:
        if self.playbook_trouble is not None:
            sink(Failure(0.0, self.playbook_trouble.code, self.playbook_trouble.message))

    def _ready(
        self, header: CallHeader, *, save: bool, gate: VoiceGate | None = None, alone: bool = False
    ) -> Ready:
        # As in ``_load_models``.
        hear: Callable[[Coach], Pipeline | RecordedPipeline]
        if header.source is CallSource.LIVE:
            live = self._hearing.listener(live=True)
            hear, pace = partial(Pipeline, live), Pace(live, awake_or_not)
        else:
            hear, pace = partial(RecordedPipeline, self._hearing.recorded(gate)), None
        detector = self.own_moves.composed()
        opened = self._hand_over if alone else self._open_store
        store = opened() if save else None
        pipeline = hear(self.coach(header, self.feedback.adjusted(detector, store)))
        journal = Journal(store, pipeline.coach.record, self.playbook.names())
        if save:
            self._unsaved.add(journal)
        return Ready(pipeline, journal, pace)

    def _load_models(self) -> None:
        # First the one that takes most room while it is read: the highest moment is lower that way.
        self._hearing.load_for_recordings()
        self._the_detector()

    def _the_detector(self) -> OnnxMoveDetector:
        with self._loading:
            if self._detector is None:
                self._detector = OnnxMoveDetector(self._files.path("moves"))
            return self._detector


def replay(services: EngineServices, header: CallHeader, turns: list[Turn]) -> tuple[CallRecord, CallSummary]:
    """The cue policy on a written call: the same coaching as live, without audio."""
    coach = services.coach(header)
    ended_s = 0.0
    for turn, _events in replayed(coach, turns, TICK_S):
        ended_s = turn.end_s
    _exhaust(coach.tick(ended_s))
    return coach.record, conclude(coach.record, services.playbook.names())


def _exhaust(events: Iterator[Event]) -> None:
    deque(events, maxlen=0)
