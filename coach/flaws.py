"""What the user can act on in a recording that was read to its end."""

from __future__ import annotations

from coach.events import CallRecord, Failure
from coach.ports import AudioSource


def flaws_of(record: CallRecord, source: AudioSource, at_s: float) -> tuple[Failure, ...]:
    warning: str | None = getattr(source, "warning", None)
    if warning is not None:
        return (Failure(at_s, "recording-damaged", warning),)
    if record.turns:
        return ()
    heard = f"No speech was heard in {source.name}."
    advice = "Check that it is the right recording, and the agent's channel."
    return (Failure(at_s, "no-speech", f"{heard} {advice}"),)
