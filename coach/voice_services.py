"""The part of the composition root about the agent's voice, as far as its room is built."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from coach.errors import KnownError
from coach.ports import EarSink, ListeningControl, ModelChoice, Progress, VoiceStore


class EngineVoice:
    """What of ``coach.ports.EarServices`` is not there yet says so."""

    def __init__(self, voices: Callable[[], VoiceStore]) -> None:
        self._voices = voices

    def voice_enrolled(self) -> dt.date | None:
        return self._voices().voice_enrolled()

    def reading_text(self) -> tuple[str, ...]:
        raise _not_yet()

    def enrol(self, device_key: str | None, sink: EarSink) -> ListeningControl:  # noqa: ARG002
        raise _not_yet()

    def delete_voice(self) -> None:
        self._voices().delete_voice()

    def agent_channel(self, path: Path) -> int | None:  # noqa: ARG002
        return None

    def choose_model(self, progress: Progress) -> ModelChoice:  # noqa: ARG002
        raise _not_yet()


def _not_yet() -> KnownError:
    return KnownError("not-yet", "This part of Sameside is not there yet.")
