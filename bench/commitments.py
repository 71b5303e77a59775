"""How well promises are found: detection, action, owner, due, and which decoys fire, by kind.

Run: python -m bench.commitments [--dev-only] [--misses]. Prints a table for models/commitments/dev.jsonl,
dev_2.jsonl to dev_11.jsonl and test.jsonl, with two baselines in the same run (the rules alone, the move
detector alone), and writes bench/results/commitments.json. What the customer is to do is counted apart and
is no false alarm.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from coach.bootstrap import load_detector
from coach.commitments.extract import RuleExtractor
from coach.commitments.phrases import key_of
from coach.events import Commitment, Due, Owner, Turn

ROOT = Path(__file__).resolve().parents[1]
DEV = ("dev", *(f"dev_{number}" for number in range(2, 12)))
DATA = {name: ROOT / "models" / "commitments" / f"{name}.jsonl" for name in (*DEV, "test")}
RESULTS = ROOT / "bench" / "results" / "commitments.json"
CONTEXT_TURNS = 4
Row = dict[str, Any]


class Detector(Protocol):
    def judge(self, text: str, context: Sequence[str] = ()) -> tuple[Any, dict[str, float]]: ...


@dataclass
class Tally:
    wanted: int = 0
    given: int = 0
    found: int = 0
    action: int = 0
    owner: int = 0
    dated: int = 0
    due: int = 0
    conditional: int = 0
    tasks: int = 0
    tasks_found: int = 0
    decoys: Counter[str] = field(default_factory=Counter)
    fired: Counter[str] = field(default_factory=Counter)

    def figures(self) -> dict[str, Any]:
        precision = self.found / max(self.given, 1)
        recall = self.found / max(self.wanted, 1)
        return {
            "promises": self.wanted,
            "precision": round(precision, 3),
            "recall": round(recall, 3),
            "f1": round(2 * precision * recall / max(precision + recall, 1e-9), 3),
            "action right of found": round(self.action / max(self.found, 1), 3),
            "owner right of found": round(self.owner / max(self.found, 1), 3),
            "due right of found with a due": round(self.due / max(self.dated, 1), 3),
            "conditional right of found": round(self.conditional / max(self.found, 1), 3),
            "customer tasks found": f"{self.tasks_found}/{self.tasks}",
            "decoy turns fired": f"{self.fired.total()}/{self.decoys.total()}",
            "fired by kind": {
                kind: f"{self.fired[kind]}/{count}" for kind, count in sorted(self.decoys.items())
            },
        }


def rows_of(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def due_of(due: Due) -> tuple[str, ...]:
    """As text to the minute; a range of one day is that day."""
    parts = due if isinstance(due, tuple) else () if due is None else (due,)
    shown = [
        part.isoformat(timespec="minutes") if isinstance(part, dt.datetime) else part.isoformat()
        for part in parts
    ]
    return tuple(dict.fromkeys(shown))


def gold_due(due: dict[str, str | None] | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part for part in (due["start"], due["end"]) if part)) if due else ()


def extracted(row: Row, scores: Callable[[str, Sequence[str]], float | None]) -> list[Commitment]:
    """The promises of the row's call, those told again in their first place."""
    said_at = dt.datetime.fromisoformat(row["said_at"]).astimezone(ZoneInfo(row["zone"]))
    turns = [
        Turn(index, text, 10.0 * index, 10.0 * index + 8)
        for index, text in enumerate([*row["earlier"], row["text"]])
    ]
    extractor = RuleExtractor()
    kept: dict[str, Commitment] = {}
    for turn in turns:
        earlier = turns[: turn.index]
        context = [each.text for each in earlier[-CONTEXT_TURNS:]]
        for one in extractor.extract(turn, earlier, said_at, scores(turn.text, context)):
            kept[one.id] = one
    return list(kept.values())


def likeness(gold: Row, given: Commitment) -> float:
    """How far two are the same promise: shared words of the action and of the evidence, and the due."""
    words, others = key_of(gold["action"]), key_of(given.action)
    shared = len(words & others) / max(len(words), 1)
    said, heard = set(gold["words"].lower().split()), set(given.evidence.lower().split())
    overlap = len(said & heard) / max(len(said), 1)
    if not shared and overlap < 0.5:
        return 0.0
    return shared + overlap + (0.5 if gold_due(gold["due"]) == due_of(given.due) else 0.0)


def pairs(wanted: list[Row], given: list[Commitment]) -> list[tuple[Row, Commitment]]:
    """The best one-to-one matching, greedily, of those alike at all."""
    ranked = sorted(
        ((likeness(one, other), -i, -j) for i, one in enumerate(wanted) for j, other in enumerate(given)),
        reverse=True,
    )
    taken: list[tuple[int, int]] = []
    for score, i, j in ranked:
        if score > 0 and all(-i != a and -j != b for a, b in taken):
            taken.append((-i, -j))
    return [(wanted[i], given[j]) for i, j in taken]


def action_right(wanted: str, given: str) -> bool:
    """At least two thirds of the wanted content words are there, and not more than twice as many words."""
    words, others = key_of(wanted), key_of(given)
    return len(words & others) >= len(words) * 2 / 3 and len(given.split()) <= 2 * len(wanted.split()) + 2


def judge(row: Row, given: list[Commitment], tally: Tally) -> list[str]:
    """Counts one row; what was wrong with it, in words."""
    tasks = [one for one in row["gold"] if one["owner"] == "customer"]
    wanted = [one for one in row["gold"] if one["owner"] != "customer"]
    promised = [one for one in given if one.owner is not Owner.CUSTOMER]
    tally.tasks += len(tasks)
    tally.tasks_found += len(pairs(tasks, [one for one in given if one.owner is Owner.CUSTOMER]))
    if not wanted:
        tally.decoys[row["decoy"] or "other"] += 1
        tally.fired[row["decoy"] or "other"] += bool(promised)
    tally.wanted += len(wanted)
    tally.given += len(promised)
    matched = pairs(wanted, promised)
    wrong = [f"MISSED {one['words']!r}" for one in wanted if all(one is not a for a, _ in matched)]
    wrong += [
        f"FALSE {one.action!r} <{one.evidence}>" for one in promised if all(one is not b for _, b in matched)
    ]
    for one, other in matched:
        wrong += compared(one, other, tally)
    return wrong


def compared(gold: Row, given: Commitment, tally: Tally) -> list[str]:
    dues = gold_due(gold["due"]), due_of(given.due)
    checks = {
        "ACTION": (action_right(gold["action"], given.action), gold["action"], given.action),
        "OWNER": (gold["owner"] == given.owner.value, gold["owner"], given.owner.value),
        "DUE": (dues[0] == dues[1], *dues),
        "CONDITIONAL": (gold["conditional"] == given.conditional, gold["conditional"], given.conditional),
    }
    tally.found += 1
    tally.action += checks["ACTION"][0]
    tally.owner += checks["OWNER"][0]
    tally.conditional += checks["CONDITIONAL"][0]
    if gold["due"] is not None:
        tally.dated += 1
        tally.due += checks["DUE"][0]
    return [f"{name} {a!r} / {b!r}" for name, (right, a, b) in checks.items() if not right]


def measure(rows: list[Row], detector: Detector | None, *, misses: bool = False) -> dict[str, Any]:
    """The extractor over all rows; without a detector its confidence is unknown."""

    def confidence(text: str, context: Sequence[str]) -> float | None:
        return None if detector is None else detector.judge(text, context)[1]["committing"]

    tally = Tally()
    began = time.perf_counter()
    for row in rows:
        wrong = judge(row, extracted(row, confidence), tally)
        if misses and wrong:
            print(f"{row['id']} [{row['decoy'] or ''}] {row['text']}", *wrong, sep="\n      ")
    spent_s = time.perf_counter() - began
    turns = sum(1 + len(row["earlier"]) for row in rows)
    return tally.figures() | {"ms a turn": round(1000 * spent_s / turns, 2)}


def detector_alone(rows: list[Row], detector: Detector) -> dict[str, Any]:
    """The baseline that flags a whole turn at the shipped threshold: one promise, no action, no due."""
    tally = Tally()
    for row in rows:
        wanted = sum(one["owner"] != "customer" for one in row["gold"])
        moves, _ = detector.judge(row["text"], row["earlier"][-CONTEXT_TURNS:])
        fired = any(move.name == "committing" for move in moves)
        tally.wanted += wanted
        tally.given += fired
        tally.found += fired and wanted > 0
        if not wanted:
            tally.decoys[row["decoy"] or "other"] += 1
            tally.fired[row["decoy"] or "other"] += fired
    whole = tally.figures()
    kept = ("promises", "precision", "recall", "f1", "decoy turns fired", "fired by kind")
    turns = [row for row in rows if any(one["owner"] != "customer" for one in row["gold"])]
    return {key: whole[key] for key in kept} | {"turn recall": round(tally.found / max(len(turns), 1), 3)}


def show(name: str, columns: dict[str, dict[str, Any]], turns: int) -> None:
    print(f"\n{name}: {turns} turns" + "".join(f"{head:>22}" for head in columns))
    lines = dict.fromkeys(key for figures in columns.values() for key in figures)
    for line in lines:
        if line != "fired by kind":
            print(f"{line:32}" + "".join(f"{figures.get(line, '-')!s:>22}" for figures in columns.values()))
    for kind in columns["rules and detector"]["fired by kind"]:
        shown = "".join(f"{figures['fired by kind'][kind]:>22}" for figures in columns.values())
        print(f"  fired: {kind:23}{shown}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dev-only", action="store_true", help="leave the held-out turns alone")
    parser.add_argument("--misses", action="store_true", help="tell what is wrong, on the development turns")
    arguments = parser.parse_args()
    detector = load_detector()
    results: dict[str, Any] = {}
    for name in list(DATA)[:-1] if arguments.dev_only else DATA:
        rows = rows_of(DATA[name])
        results[name] = {
            "rules alone": measure(rows, None),
            "detector alone": detector_alone(rows, detector),
            "rules and detector": measure(rows, detector, misses=arguments.misses and name != "test"),
        }
        show(name, results[name], len(rows))
    if not arguments.dev_only:
        RESULTS.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
