"""The part of the composition root that hears: models, the listener of a call, the choice of a model."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

from coach import resources
from coach.audio.media_file import read_samples
from coach.audio.output_monitor import far_end_of_output
from coach.errors import KnownError
from coach.events import SAMPLE_RATE_HZ, Utterance
from coach.machine.cores import cores
from coach.machine.priority import with_low_priority
from coach.modelfiles.manager import ModelFiles, ModelState
from coach.ports import FarEnd, ModelChoice, Progress, VoiceGate
from coach.services import model_choice
from coach.settings import ListeningSettings
from coach.speech.beside import Beside
from coach.speech.drafting import Drafter
from coach.speech.listening import Listener
from coach.speech.recorded import RecordedListener
from coach.speech.segmenter import Segmenter
from coach.speech.vad import SileroVad
from coach.speech.whisper import WhisperTranscriber

log = logging.getLogger(__name__)

_KIND = "whisper"
_Key = tuple[str, int, int, str, tuple[str, ...]]
"""Model, how many hear at once, threads, language, vocabulary."""
_BESIDE = 2
"""Pieces of a recording that are heard at the same time, on as many cores; each more takes 50 MB."""
_SAMPLE = "calls/parcel-recovery.flac"
_SAMPLE_S = 6.0


class EngineHearing:
    """Loads a recogniser once for the settings it was asked for, and makes the listener of each call."""

    def __init__(
        self,
        files: ModelFiles,
        chosen: Callable[[], ListeningSettings],
        gate: Callable[[], VoiceGate | None],
    ) -> None:
        self._files = files
        self._chosen = chosen
        self._gate = gate
        self._loading = threading.Lock()
        self._loaded: dict[_Key, WhisperTranscriber] = {}

    def recorded(self, gate: VoiceGate | None) -> RecordedListener:
        """For a recording: nobody waits for its words, so it is heard in long pieces, two at a time.

        Each is heard on a core of its own, also where calls are to be heard on one: a recording gives way,
        and stands still while a call runs.
        """
        at_once = _beside()
        transcriber = self.load_for_recordings()
        return RecordedListener(
            Segmenter(SileroVad()),
            transcriber,
            gate=gate,
            beside=Beside(at_once),
            ahead=at_once + 1,
            taken_for=transcriber.taken_for,
        )

    def load_for_recordings(self) -> WhisperTranscriber:
        """Raises ``KnownError`` (model-missing, model-damaged)."""
        return self._load(self._chosen().model, _beside())

    def listener(self, *, live: bool) -> Listener:
        """Without ``live``: sound that comes in as it is said, but needs no interim words."""
        with self._loading:
            self._loaded = {key: one for key, one in self._loaded.items() if key[1] == self._live_at_once}
        transcriber = self.transcriber()
        return Listener(
            Segmenter(SileroVad()),
            transcriber,
            drafter=Drafter(transcriber) if live else None,
            gate=self._gate(),
            far_end=_far_end() if live else None,
            faster=self._faster,
        )

    def transcriber(self) -> WhisperTranscriber:
        """The chosen model, ready. Raises ``KnownError`` (model-missing, model-damaged)."""
        return self._load(self._chosen().model, self._live_at_once)

    @property
    def _live_at_once(self) -> int:
        """A call hears one thing at a time; on a single thread the recogniser is the one of recordings."""
        return _beside() if self._chosen().threads == 1 else 1

    def choose_model(self, progress: Progress) -> ModelChoice:
        """Measure the models that are on this machine. Raises ``KnownError("model-missing")``."""
        names = self._by_size()
        if not names:
            raise KnownError("model-missing", "There is no recognition model here yet. Get one first.")
        return model_choice.choose(names, self._tried, _sample(), progress, time.monotonic)

    def _by_size(self) -> list[str]:
        there = [one for one in self._files.list() if one.kind == _KIND and one.state is ModelState.PRESENT]
        ordered = sorted(there, key=lambda one: one.size_bytes)
        multilingual = [one for one in ordered if self._chosen().language == "en" or ".en" not in one.name]
        return [one.name.removeprefix(f"{_KIND}-") for one in multilingual]

    def _faster(self) -> WhisperTranscriber | None:
        """The next smaller model that is here; None where there is none or it cannot be read."""
        names = self._by_size()
        mine = self._chosen().model
        smaller = names[: names.index(mine)] if mine in names else []
        try:
            return self._load(smaller[-1], self._live_at_once) if smaller else None
        except KnownError as error:
            log.warning("no faster model: %s", error.message)
            return None

    def _load(self, name: str, at_once: int) -> WhisperTranscriber:
        """Kept, and made only where it is not."""
        key = self._key(name, at_once)
        with self._loading:
            if key not in self._loaded:
                made = self._make(name, at_once)
                # Other settings were changed since: their model is not needed any more.
                self._loaded = {known: one for known, one in self._loaded.items() if known[2:] == key[2:]}
                self._loaded[key] = made
            return self._loaded[key]

    def _tried(self, name: str) -> WhisperTranscriber:
        """To be measured and let go; the one that is there already where it is this one."""
        at_once = self._live_at_once
        with self._loading:
            return self._loaded.get(self._key(name, at_once)) or self._make(name, at_once)

    def _key(self, name: str, at_once: int) -> _Key:
        chosen = self._chosen()
        return name, at_once, chosen.threads, chosen.language, tuple(chosen.vocabulary)

    def _make(self, name: str, at_once: int) -> WhisperTranscriber:
        folder, chosen = self._files.resolve(name), self._chosen()

        def load() -> WhisperTranscriber:
            each = max(1, chosen.threads // at_once)
            made = WhisperTranscriber(folder, each, chosen.language, chosen.vocabulary, at_once)
            made.warm()
            return made

        return with_low_priority(load)


def _beside() -> int:
    """How many pieces of a recording are heard at the same time here."""
    return min(_BESIDE, cores())


def _far_end() -> FarEnd | None:
    try:
        return far_end_of_output()
    except KnownError as error:
        log.info("the output cannot be observed: %s", error.message)
        return None


def _sample() -> Utterance:
    """The first seconds of the sample call that comes along."""
    samples = read_samples(resources.asset(_SAMPLE), most_s=_SAMPLE_S)
    return Utterance(samples, 0.0, len(samples) / SAMPLE_RATE_HZ)
