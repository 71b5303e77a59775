"""The part of the composition root about the agent's voice: enrolling it, the gate of a call, its channel."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from coach.audio.crosstalk import hears_others
from coach.audio.media_file import probe, read_samples
from coach.audio.microphone import Microphone
from coach.audio.sampling import sample
from coach.events import Block
from coach.ports import (
    AudioSource,
    EarSink,
    EnrolmentEvent,
    EnrolmentHeard,
    Progress,
    VoiceEnrolled,
    VoiceGate,
    VoiceStore,
)
from coach.services.ear import Watched
from coach.services.enrolling import HeldMicrophone
from coach.services.handing_over import WaitingMicrophone
from coach.services.waiting import SpeechWatch
from coach.settings import Settings
from coach.speech.vad import SileroVad
from coach.values.batches import FoundVoice, SeveralVoicesError
from coach.voice import READING_TEXT, Encoder, Enrolment, VoiceProfile, choose_channel, find_voices, make_gate

CHANNEL_S = 90.0
"""How much of a recording is listened to, to tell whose channel is whose."""


class EngineVoice:
    """The part of ``coach.ports.EarServices`` about the voice. The speaker encoder is loaded once and kept.

    ``voices`` opens the store that keeps the profile, and raises what the store raises; where there is no
    store yet (``any_kept``) it is not made only to find no profile in it.
    """

    def __init__(
        self, chosen: Settings, voices: Callable[[], VoiceStore], any_kept: Callable[[], bool]
    ) -> None:
        self._chosen = chosen
        self._voices = voices
        self._any_kept = any_kept
        self._encoder: Encoder | None = None
        self._encoder_loading = threading.Lock()
        self._one_voice: set[tuple[Path, int, int, int | None]] = set()

    def voice_enrolled(self) -> dt.date | None:
        return self._voices().voice_enrolled() if self._any_kept() else None

    def reading_text(self) -> tuple[str, ...]:
        return READING_TEXT

    def enrol(self, device_key: str | None, sink: EarSink) -> HeldMicrophone:
        """The encoder is loaded on the microphone's own thread, so that this returns at once."""
        source = self._reading_microphone(device_key)
        return HeldMicrophone(source, _Reading(source, self._enrolment, self._voices).hear, sink)

    def wait_for_speech(self, device_key: str | None, sink: EarSink) -> WaitingMicrophone:
        """Models are loaded on the microphone's own thread, so that this returns at once."""

        def begin() -> SpeechWatch:
            gate = self.voice_gate()
            return SpeechWatch(SileroVad(), gate.voice_of if gate is not None else None)

        return WaitingMicrophone(self._reading_microphone(device_key), _Waiting(begin).hear, sink)

    def delete_voice(self) -> None:
        self._voices().delete_voice()

    def agent_channel(self, path: Path, picked: bytes | None = None) -> int | None:
        profile = self._profile() if picked is None else VoiceProfile.from_bytes(picked)
        if profile is None or probe(path).channels != 2:
            return None
        channels = [read_samples(path, channel, CHANNEL_S) for channel in range(2)]
        return choose_channel(channels, profile, self._the_encoder(), SileroVad())

    def voice_gate(self) -> VoiceGate | None:
        """One for a call that begins; None where every voice is to be heard."""
        listening = self._chosen.listening
        profile = self._profile() if listening.own_voice_only else None
        return make_gate(profile, listening.profile, self._the_encoder()) if profile else None

    def channels(self, path: Path) -> int:
        return probe(path).channels

    def knows_voice(self) -> bool:
        """Whether a call that begins hears only the enrolled voice."""
        return self._chosen.listening.own_voice_only and self.voice_enrolled() is not None

    def gate_for(self, picked: bytes) -> VoiceGate:
        """One for a recording, that lets only a voice through which was picked in it."""
        profile = VoiceProfile.from_bytes(picked)
        return make_gate(profile, self._chosen.listening.profile, self._the_encoder(), picked=True)

    def whose(
        self,
        path: Path,
        picked: bytes | None,
        channel: int | None,
        told: Progress,
        *,
        everyone: bool = False,
    ) -> VoiceGate | None:
        """The gate of a recording; None where ``everyone`` on the ``channel`` is the agent.

        On one track, or where the channel is not the agent's alone, there may be others. Raises
        ``SeveralVoicesError`` where nothing tells which of them is the agent: nobody is written down unasked.
        """
        gate = self.voice_gate() if picked is None else self.gate_for(picked)
        if gate is None and not everyone and _as_it_is(path, channel) not in self._one_voice:
            mine = channel if probe(path).channels > 1 else None
            # Nothing of it counts as done yet, but whoever is told may want to stop.
            if mine is not None and not hears_others(path, mine, lambda _share: told("voices", 0, 100)):
                return None
            found = self.voices_in(path, told, channel, lone=False)
            if len(found) > 1:
                raise SeveralVoicesError(path, found, shared_channel=mine is not None)
        return gate

    def voices_in(
        self, path: Path, progress: Progress, channel: int | None = None, *, lone: bool = True
    ) -> list[FoundVoice]:
        """Who speaks in a recording, most speech first; a long one is heard in stretches all over it.

        Without ``lone`` nobody is told of where one speaks alone, which takes half the time.
        """
        heard = sample(path, channel, lambda share: progress("voices", round(10 * share), 100))

        def told(share: float) -> None:
            progress("voices", round(10 + 90 * share), 100)

        encoder, today = self._the_encoder(), dt.date.today()
        found = find_voices(heard.samples, encoder, SileroVad(), today, told, lone=lone)
        if len(found) < 2:
            self._one_voice.add(_as_it_is(path, channel))
        return [
            FoundVoice(
                one.profile.to_bytes(),
                one.speech_s * heard.thinned,
                heard.in_file(one.start_s),
                heard.in_file(one.end_s),
                one.narrow,
            )
            for one in found
        ]

    def enrol_picked(self, picked: bytes) -> None:
        """A voice that was picked in a recording is the agent's from now on."""
        profile = VoiceProfile.from_bytes(picked)
        self._voices().save_voice(picked, profile.created_on)

    def _reading_microphone(self, device_key: str | None) -> AudioSource:
        return Microphone(device_key)

    def _profile(self) -> VoiceProfile | None:
        kept = self._voices().load_voice() if self._any_kept() else None
        return VoiceProfile.from_bytes(kept) if kept is not None else None

    def _enrolment(self) -> Enrolment:
        return Enrolment(self._the_encoder(), SileroVad())

    def _the_encoder(self) -> Encoder:
        with self._encoder_loading:
            if self._encoder is None:
                self._encoder = Encoder()
            return self._encoder


def untold(_what: str, _done: int, _total: int) -> None:
    """Nobody waits for it."""


def _as_it_is(path: Path, channel: int | None) -> tuple[Path, int, int, int | None]:
    """Tells it from what another file of that name may be later."""
    try:
        found = path.stat()
    except OSError:
        return path, 0, 0, channel
    return path, found.st_size, found.st_mtime_ns, channel


class _Waiting:
    """Speech that is waited for; what tells it is made with the first sound."""

    def __init__(self, begin: Callable[[], SpeechWatch]) -> None:
        self._begin = begin
        self._watch: SpeechWatch | None = None

    def hear(self, block: Block) -> Iterator[EnrolmentEvent]:
        if self._watch is None:
            self._watch = self._begin()
        yield from self._watch.hear(block)


class _Reading:
    """A voice being enrolled: blocks in; how far it is, what is wrong, and at last the profile, kept."""

    def __init__(
        self, source: AudioSource, begin: Callable[[], Enrolment], voices: Callable[[], VoiceStore]
    ) -> None:
        self._watched = Watched(source)
        self._begin = begin
        self._voices = voices
        self._enrolment: Enrolment | None = None
        self._last = EnrolmentHeard(0.0, 1.0)

    def hear(self, block: Block) -> Iterator[EnrolmentEvent]:
        if self._enrolment is None:
            self._enrolment = self._begin()
        for heard in self._enrolment.feed(block):
            self._last = heard
            yield heard
        for failure in self._watched.hear(block):
            if not failure.recovered:
                yield replace(self._last, problem="too-quiet", advice=failure.message)
        if self._enrolment.done:
            profile = self._enrolment.profile()
            self._voices().save_voice(profile.to_bytes(), profile.created_on)
            yield VoiceEnrolled(profile.created_on)
