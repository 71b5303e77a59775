"""The part of the composition root about the ear: outputs, levels, models, voice, leak check."""

# ruff: noqa: ARG002 - most of it is filled in by the next commits

from __future__ import annotations

import datetime as dt
from pathlib import Path

from coach.audio.microphone import Microphone
from coach.enrolling import HeldMicrophone
from coach.errors import KnownError
from coach.modelfiles.manager import ModelFiles, ModelState
from coach.ports import (
    AudioSource,
    EarSink,
    LeakVerdict,
    ModelChoice,
    ModelOption,
    OutputDevice,
    Progress,
)


class EngineEar:
    """``coach.ports.EarServices`` over the real engine: a part of ``EngineServices``."""

    def __init__(self, files: ModelFiles) -> None:
        self._files = files

    def outputs(self) -> list[OutputDevice]:
        return []

    def watch_level(self, device_key: str | None, sink: EarSink) -> HeldMicrophone:
        return HeldMicrophone(self._microphone(device_key), lambda _block: (), sink)

    def models(self) -> list[ModelOption]:
        whisper = [one for one in self._files.list() if one.kind == "whisper"]
        return [
            ModelOption(one.name.removeprefix("whisper-"), one.size_bytes, one.state is ModelState.PRESENT)
            for one in whisper
        ]

    def choose_model(self, progress: Progress) -> ModelChoice:
        raise _later()

    def voice_enrolled(self) -> dt.date | None:
        return None

    def reading_text(self) -> tuple[str, ...]:
        raise _later()

    def enrol(self, device_key: str | None, sink: EarSink) -> HeldMicrophone:
        raise _later()

    def delete_voice(self) -> None:
        raise _later()

    def check_leak(self, device_key: str | None, output_key: str | None, progress: Progress) -> LeakVerdict:
        raise _later()

    def agent_channel(self, path: Path) -> int | None:
        return None

    def _microphone(self, device_key: str | None) -> AudioSource:
        return Microphone(device_key)


def _later() -> KnownError:
    return KnownError("not-yet", "This part of Sameside is not there yet.")
