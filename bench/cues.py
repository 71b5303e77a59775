"""The cues of written calls nobody tuned on: calm calls stay silent, calls that go wrong are cued in time.

    python bench/cues.py [--show] [--development]

Plays bench/data/calls/*.toml (see its README) through the shipped detector and the cue policy at the
standard level, as `sameside replay` would, and once more with the labels in the detector's place: what is
left then is the policy's own. Prints a table and every call that missed its goal; --show adds every cue.
Writes bench/results/cues.json. --development plays bench/data/cue_calls_dev, on which rules may be tried, and
writes nothing.

A cue is *right* where the turn it is about carries its move by the labels, or where it is a reminder the
call lists as fair. The *needed* cue of a call that goes wrong is in time when it comes by the end of the
turn after the marked one. *First delay* is the number of the agent's turns between the marked turn and the
needed cue. *Repaired* is the share of cues that the agent's next turns repaired; the texts are fixed, so it
tells whether a repair is noticed.
"""

from __future__ import annotations

import argparse
import json
import sys
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from coach import resources  # noqa: E402
from coach.calls.record import repaired_within  # noqa: E402
from coach.coaching.closing import load_closing  # noqa: E402
from coach.coaching.pacing import Pacing  # noqa: E402
from coach.coaching.playbook import load_playbook  # noqa: E402
from coach.coaching.policy import RepairPolicy  # noqa: E402
from coach.commands.scenario import STARTED_AT, Scenario, ScriptedDetector, play  # noqa: E402
from coach.commitments.extract import RuleExtractor  # noqa: E402
from coach.events import CallHeader, CallRecord, CallSource, Cue, CueEnd  # noqa: E402
from coach.moves.detector import OnnxMoveDetector  # noqa: E402
from coach.pipeline import Coach  # noqa: E402
from coach.ports import MoveDetector  # noqa: E402
from coach.taxonomy import CONTENTIOUS  # noqa: E402

CALLS = ROOT / "bench" / "data" / "calls"
DEVELOPMENT = ROOT / "bench" / "data" / "cue_calls_dev"


@dataclass(frozen=True)
class Call:
    name: str
    scenario: Scenario
    needed_turn: int
    """From 1; 0 in a calm call."""
    needed: tuple[str, ...]
    fair: tuple[str, ...]

    @classmethod
    def read(cls, path: Path) -> Call:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        scenario = Scenario.model_validate({"title": data["title"], "turn": data["turns"]})
        needed = tuple(data.get("needed", ()))
        fair = (*needed, *data.get("missing", ()))
        return cls(path.stem, scenario, data.get("needed_turn", 0), needed, fair)

    @property
    def calm(self) -> bool:
        return self.needed_turn == 0

    def is_right(self, cue: Cue) -> bool:
        if cue.move not in CONTENTIOUS:
            return cue.move in self.fair
        return cue.move in self.scenario.turn[cue.because.turn_index].moves

    def delay(self, record: CallRecord) -> int | None:
        """Turns from the marked one to the needed cue; None where it did not come."""
        ends = [turn.end_s for turn in record.turns]
        for cue in record.cues:
            if cue.move in self.needed and cue.at_s >= ends[self.needed_turn - 1]:
                return sum(end <= cue.at_s for end in ends) - self.needed_turn
        return None


@dataclass
class Totals:
    minutes: float = 0.0
    cues: int = 0
    right: int = 0
    repaired: int = 0
    calm: int = 0
    silent: int = 0
    wrong: int = 0
    in_time: int = 0
    flags: int = 0
    flags_repaired: int = 0
    delays: list[int] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)

    def add(self, call: Call, record: CallRecord) -> None:
        self.minutes += record.duration_s / 60
        self.cues += len(record.cues)
        self.right += sum(call.is_right(cue) for cue in record.cues)
        self.repaired += sum(end.end is CueEnd.REPAIRED for end in record.cue_ends.values())
        flags = repaired_within(record)
        self.flags += len(flags)
        self.flags_repaired += sum(flag.repaired for flag in flags)
        if call.calm:
            self.calm += 1
            self.silent += not record.cues
            if record.cues:
                self.missed.append(f"{call.name}: {', '.join(_told(cue) for cue in record.cues)}")
            return
        self.wrong += 1
        delay = call.delay(record)
        if delay is not None:
            self.delays.append(delay)
        self.in_time += delay is not None and delay <= 1
        if delay is None or delay > 1:
            came = ", ".join(_told(cue) for cue in record.cues) or "nothing"
            self.missed.append(
                f"{call.name}: needed {call.needed[0]} at turn {call.needed_turn}; came {came}"
            )

    def result(self) -> dict[str, Any]:
        return {
            "calm_calls_silent": f"{self.silent} of {self.calm}",
            "needed_cue_in_time": f"{self.in_time} of {self.wrong}",
            "first_delay_turns_mean": sum(self.delays) / len(self.delays) if self.delays else None,
            "cues": self.cues,
            "cues_per_minute": self.cues / self.minutes,
            "precision": self.right / self.cues if self.cues else None,
            "cues_repaired": self.repaired / self.cues if self.cues else None,
            "flags": self.flags,
            "flags_repaired_within_two_turns": self.flags_repaired / self.flags if self.flags else None,
            "missed": self.missed,
        }


def _told(cue: Cue) -> str:
    return f"{cue.move} at turn {cue.because.turn_index + 1}"


def run(calls: Sequence[Call], detector_of: Callable[[Call], MoveDetector], show: bool) -> dict[str, Any]:
    playbook = load_playbook(resources.asset("playbook.toml"))
    closing = load_closing(resources.asset("closing.toml"))
    totals = Totals()
    for call in calls:
        policy = RepairPolicy(playbook, Pacing.of("standard"), closing)
        record = CallRecord(CallHeader(call.name, STARTED_AT, CallSource.WRITTEN, call.scenario.title))
        coach = Coach(record, detector_of(call), RuleExtractor(), policy)
        for _ in play(coach, call.scenario):
            pass
        totals.add(call, record)
        for cue in record.cues if show else ():
            mark = "right" if call.is_right(cue) else "WRONG"
            sure = [
                move.confidence
                for move in record.moves.get(cue.because.turn_index, ())
                if move.name == cue.move
            ]
            print(
                f"  {call.name:34} {cue.at_s:6.1f} s  {_told(cue):28} {mark} {max(sure, default=1.0):.2f}  "
                f"“{cue.because.words}”"
            )
    return totals.result()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", action="store_true", help="every cue")
    parser.add_argument("--development", action="store_true", help="the calls that rules are tried on")
    chosen = parser.parse_args()
    show = chosen.show
    folder = DEVELOPMENT if chosen.development else CALLS
    calls = [Call.read(path) for path in sorted(folder.glob("*.toml"))]
    shipped = OnnxMoveDetector(ROOT / "models" / "moves" / "release")
    systems: dict[str, Callable[[Call], MoveDetector]] = {
        "shipped detector": lambda _call: shipped,
        "labels in its place": lambda call: ScriptedDetector(call.scenario),
    }
    results = {}
    for name, detector_of in systems.items():
        print(f"\n{name}: {len(calls)} calls")
        results[name] = result = run(calls, detector_of, show)
        for key, value in result.items():
            if key != "missed":
                print(f"  {key:34} {value if not isinstance(value, float) else round(value, 2)}")
        for line in result["missed"]:
            print(f"  missed  {line}")
    if chosen.development:
        return
    out = ROOT / "bench" / "results" / "cues.json"
    out.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
