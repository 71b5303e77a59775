"""A sample call as it was written, and how far what was heard is from it."""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from coach.resources import asset

Turn = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ScriptedCall:
    """``turns`` are the agent's, with what the script marks and their true ``t0`` and ``t1`` in seconds."""

    audio: Path
    turns: tuple[Turn, ...]

    @classmethod
    def load(cls, name: str) -> Self:
        script = tomllib.loads(asset("calls", f"{name}.toml").read_text(encoding="utf-8"))
        replay = json.loads(asset("calls", f"{name}.replay.json").read_text(encoding="utf-8"))
        written = [turn for turn in script["turn"] if turn["speaker"] == "agent"]
        pairs = zip(written, replay["turns"], strict=True)
        return cls(asset("calls", f"{name}.flac"), tuple(turn | times for turn, times in pairs))

    @property
    def text(self) -> str:
        return " ".join(turn["text"] for turn in self.turns)

    @property
    def duration_s(self) -> float:
        return float(self.turns[-1]["t1"])

    @property
    def cue_turn(self) -> Turn:
        """The turn a cue should be raised for."""
        return next(turn for turn in self.turns if "cue" in turn)

    @property
    def repair_turn(self) -> Turn:
        """The turn that repairs it."""
        return next(turn for turn in self.turns if turn.get("repairs") == self.cue_turn["cue"])


def word_error_rate(reference: str, heard: str) -> float:
    """Words wrong, missing or added, as a share of the words of ``reference``."""
    wanted, got = _words(reference), _words(heard)
    row = list(range(len(got) + 1))
    for i, word in enumerate(wanted, 1):
        diagonal, row[0] = row[0], i
        for j, other in enumerate(got, 1):
            diagonal, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, diagonal + (word != other))
    return row[-1] / len(wanted)


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9']+", text.lower().replace("’", "'"))
