"""The part of the composition root about the ear: outputs, levels, models, the leak check."""

from __future__ import annotations

from coach.audio.devices import list_outputs
from coach.audio.leak_run import check_leak
from coach.audio.microphone import Microphone
from coach.audio.watch import MicrophoneWatch
from coach.events import Block, Failure
from coach.modelfiles.manager import ModelFiles, ModelState
from coach.ports import AudioSource, EarSink, LeakVerdict, ModelOption, OutputDevice, Progress
from coach.services.enrolling import HeldMicrophone

_KIND = "whisper"


class EngineEar:
    """The part of ``coach.ports.EarServices`` that knows no voice; ``EngineServices`` is made of it."""

    def __init__(self, files: ModelFiles) -> None:
        self._files = files

    def outputs(self) -> list[OutputDevice]:
        return list_outputs()

    def watch_level(self, device_key: str | None, sink: EarSink) -> HeldMicrophone:
        source = self._microphone(device_key)
        return HeldMicrophone(source, Watched(source).hear, sink)

    def models(self) -> list[ModelOption]:
        return [
            ModelOption(one.name.removeprefix(f"{_KIND}-"), one.size_bytes, one.state is ModelState.PRESENT)
            for one in self._files.list()
            if one.kind == _KIND
        ]

    def check_leak(self, device_key: str | None, output_key: str | None, progress: Progress) -> LeakVerdict:
        return check_leak(device_key, output_key, progress)

    def _microphone(self, device_key: str | None) -> AudioSource:
        return Microphone(device_key)


class Watched:
    """Whether a microphone that is held gives anything; its name is known once it has started."""

    def __init__(self, source: AudioSource) -> None:
        self._source = source
        self._watch: MicrophoneWatch | None = None

    def hear(self, block: Block) -> list[Failure]:
        if self._watch is None:
            # Who looks at a meter need not speak.
            self._watch = MicrophoneWatch(self._source.name, speech_within_s=None)
        return self._watch.feed(block)
