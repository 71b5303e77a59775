"""How well promises are found: detection, action, owner and due date on held-out turns.

Run: python -m bench.commitments [--rules-only] [FILE]. Prints a table, writes bench/results/commitments.json.
The turns of bench/data/commitments_test.jsonl were written before the rules and not run while
tuning them, but by the same author: read the figures as an upper bound.
"""

from __future__ import annotations

import argparse
import json
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from coach.bootstrap import load_detector
from coach.commands.commitments import CallIn, commitments_of, said_at
from coach.commitments.phrases import key_of

HERE = Path(__file__).resolve().parent
DATA = HERE / "data" / "commitments_test.jsonl"
RESULTS = HERE / "results" / "commitments.json"


class NoDetector:
    """Leaves every confidence unknown: the rules alone."""

    def scores(self, _text: str, _context: object = ()) -> dict[str, float]:
        return {}


@dataclass
class Tally:
    turns: int = 0
    wanted: int = 0
    given: int = 0
    found: int = 0
    action: int = 0
    owner: int = 0
    dated: int = 0
    due: int = 0
    conditional: int = 0
    decoys: int = 0
    decoys_flagged: int = 0
    misses: list[str] = field(default_factory=list)

    def figures(self) -> dict[str, float | int]:
        precision = self.found / max(self.given, 1)
        recall = self.found / max(self.wanted, 1)
        return {
            "turns": self.turns,
            "commitments": self.wanted,
            "precision": round(precision, 3),
            "recall": round(recall, 3),
            "f1": round(2 * precision * recall / max(precision + recall, 1e-9), 3),
            "action_right_of_found": round(self.action / max(self.found, 1), 3),
            "owner_right_of_found": round(self.owner / max(self.found, 1), 3),
            "due_right_of_found_with_due": round(self.due / max(self.dated, 1), 3),
            "conditional_right_of_found": round(self.conditional / max(self.found, 1), 3),
            "decoy_turns": self.decoys,
            "decoy_turns_flagged": self.decoys_flagged,
        }


def likeness(wanted: dict[str, Any], given: dict[str, Any]) -> float:
    """How far two commitments are the same: shared words of the action, and the due value."""
    words, others = key_of(wanted["action"]), key_of(given["action"])
    shared = len(words & others) / max(len(words), 1)
    return shared + (0.5 if wanted["due"] and wanted["due"] == given["due"] else 0.0)


def pairs(wanted: list[dict[str, Any]], given: list[dict[str, Any]]) -> list[tuple[int, int]]:
    """The best one-to-one matching, greedily, of those alike at all."""
    ranked = sorted(
        ((likeness(one, other), -i, -j) for i, one in enumerate(wanted) for j, other in enumerate(given)),
        reverse=True,
    )
    taken: list[tuple[int, int]] = []
    for score, i, j in ranked:
        if score > 0 and all(-i != a and -j != b for a, b in taken):
            taken.append((-i, -j))
    return taken


def action_right(wanted: str, given: str) -> bool:
    """At least two thirds of the wanted content words are there, and not more than twice as many words."""
    words, others = key_of(wanted), key_of(given)
    return len(words & others) >= len(words) * 2 / 3 and len(given.split()) <= 2 * len(wanted.split()) + 2


def judge(row: dict[str, Any], given: list[dict[str, Any]], tally: Tally) -> None:
    wanted = row["commitments"]
    tally.turns += 1
    tally.wanted += len(wanted)
    tally.given += len(given)
    tally.decoys += not wanted
    tally.decoys_flagged += bool(given) and not wanted
    matched = pairs(wanted, given)
    if len(matched) < max(len(wanted), len(given)):
        tally.misses.append(str(row["id"]))
    for i, j in matched:
        one, other = wanted[i], given[j]
        tally.found += 1
        tally.action += action_right(one["action"], other["action"])
        tally.owner += one["owner"] == other["owner"]
        tally.conditional += one["conditional"] == other["conditional"]
        if one["due"] is not None:
            tally.dated += 1
            tally.due += one["due"] == other["due"]


def measure(path: Path, detector: Any) -> dict[str, Any]:
    tally = Tally()
    began = time.perf_counter()
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        call = CallIn.model_validate({key: row[key] for key in ("id", "text", "turns", "at") if key in row})
        judge(row, commitments_of(call, said_at(row["at"]), detector), tally)
    figures: dict[str, Any] = tally.figures()
    figures["ms_per_turn"] = round(1000 * (time.perf_counter() - began) / max(tally.turns, 1), 2)
    return figures


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", nargs="?", type=Path, default=DATA)
    parser.add_argument("--rules-only", action="store_true", help="do not load the move detector")
    arguments = parser.parse_args()
    results = {"rules": measure(arguments.file, NoDetector())}
    if not arguments.rules_only:
        results["rules_and_detector"] = measure(arguments.file, load_detector())
    for name in results["rules"]:
        print(f"{name:32}" + "".join(f"{figures[name]!s:>22}" for figures in results.values()))
    if arguments.file == DATA:
        RESULTS.parent.mkdir(exist_ok=True)
        RESULTS.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
