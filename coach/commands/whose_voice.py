"""Which voice of a recording is the agent's, as the command line asks and is told."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from coach.calls.phrases import clock
from coach.commands.lines import one_line
from coach.errors import KnownError
from coach.values.batches import FoundVoice, SeveralVoicesError

ALL = "all"
Ask = Callable[[str], str]


def chosen(text: str | None, paths: Sequence[Path]) -> int | None:
    """``--voice`` as a number from 1; 0 for all of them, None where it is not said. Raises ``KnownError``."""
    if text is None:
        return None
    if text.lower() == ALL:
        return 0
    if not text.isdecimal() or int(text) < 1:
        raise KnownError("voice-unknown", f"'{text}' is not a voice. Say a number from 1, or {ALL}.")
    if len(paths) > 1:
        raise KnownError(
            "voice-for-many",
            f"--voice {text} counts for one recording: voice {text} of another may be anybody's. Name one "
            "recording, or enrol your voice in the window.",
        )
    return int(text)


def voice_of(voices: Sequence[FoundVoice], number: int, path: Path) -> bytes:
    """The profile of the voice with this number. Raises ``KnownError``."""
    if number <= len(voices):
        return voices[number - 1].profile
    there = {0: "No voice was", 1: "One voice was"}.get(len(voices), f"{len(voices)} voices were")
    raise KnownError("voice-unknown", f"{there} found in {one_line(path.name)}, so there is no {number}.")


def listed(several: SeveralVoicesError) -> list[str]:
    """A line for each voice, with the seconds at which it is heard best."""
    return [
        f"voice {number} speaks for {round(voice.speech_s)} s, best heard from {clock(voice.start_s)} to "
        f"{clock(voice.end_s)}"
        for number, voice in enumerate(several.voices, 1)
    ]


def heard_as_one(channels: int) -> str:
    """What tells an agent with a channel of their own more surely than any voice; "" where there is one."""
    if channels < 2:
        return ""
    return (
        f"It has {channels} channels, heard here as one. If one of them is yours alone, say --channel left "
        "or right. "
    )


def refused(several: SeveralVoicesError, channels: int) -> KnownError:
    """All of it in one line, for scripts and reports."""
    # On another channel, or on a mix of all, the same number may be somebody else.
    before = "--channel as before, and " if several.shared_channel else ""
    return KnownError(
        several.code,
        f"{several.message} {heard_as_one(channels)}Of those people, {'; '.join(listed(several))}. Say "
        f"{before}--voice with the number of yours, --voice {ALL} if all of them are yours, or enrol your "
        "voice in the window.",
    )


def ask(several: SeveralVoicesError, channels: int, read: Ask = input) -> int | None:
    """Ask at a terminal: the number of a voice, 0 for all; None where it is left at that."""
    sys.stdout.flush()
    sys.stderr.write(f"{one_line(f'{several.message} {heard_as_one(channels)}')}\n")
    sys.stderr.writelines(f"  {line}\n" for line in listed(several))
    sys.stderr.write(f"Which is yours? A number, {ALL} if all of them are, or nothing to leave it: ")
    sys.stderr.flush()
    while True:
        try:
            said = read("").strip().lower()
        except EOFError:
            return None
        if said in ("", ALL):
            return 0 if said else None
        if said.isdecimal() and 1 <= int(said) <= len(several.voices):
            return int(said)
        sys.stderr.write(f"A number from 1 to {len(several.voices)}, {ALL}, or nothing: ")
        sys.stderr.flush()


def at_terminal() -> bool:
    """Whether somebody is there to answer."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stderr))
