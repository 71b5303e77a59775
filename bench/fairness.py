"""What "unfair" costs: how many flags of a move are left after one, three and countless unfairs.

    python bench/fairness.py

On models/moves/turns/dev.jsonl, which the thresholds may be chosen on and nothing is trained on. "Right" are
flags the labels agree with. Also what reading the agent's thresholds at every turn costs, from an encrypted
store with 50 unfairs and 2,000 confirmations. Writes bench/results/fairness.json.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from coach.moves.detector import OnnxMoveDetector  # noqa: E402
from coach.moves.fairness import raised  # noqa: E402
from coach.services.feedback import LatestThresholds  # noqa: E402
from coach.store.key import StoreKey  # noqa: E402
from coach.store.local import LocalStore  # noqa: E402
from coach.taxonomy import CONTENTIOUS  # noqa: E402

TIMES = (0, 1, 3, 1000)
READS = 200


def flags_left(detector: OnnxMoveDetector, rows: list[dict[str, Any]]) -> dict[str, dict[str, list[int]]]:
    """Per contentious move, for each of ``TIMES``: flags raised, and how many of them are right."""
    judged = [(detector.judge(row["text"])[0], set(row["labels"])) for row in rows]
    table: dict[str, dict[str, list[int]]] = {}
    for name in CONTENTIOUS:
        flags = [
            (move.confidence, name in labels)
            for moves, labels in judged
            for move in moves
            if move.name == name
        ]
        bars = [raised(detector.thresholds[name], times) if times else 0.0 for times in TIMES]
        table[name] = {
            "flags": [sum(sure >= bar for sure, _ in flags) for bar in bars],
            "right": [sum(right and sure >= bar for sure, right in flags) for bar in bars],
        }
    return table


def reading_ms(detector: OnnxMoveDetector) -> dict[str, float]:
    """Milliseconds to read the thresholds, as each turn does."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "calls.db"
        with closing(LocalStore(path, StoreKey("keyring", bytes(32)))) as store:
            with store._writing() as connection:
                for number in range(2050):
                    connection.exec_driver_sql(
                        "INSERT INTO feedback (turn_index, move, fair, said_utc) VALUES (?, ?, ?, ?)",
                        (number, CONTENTIOUS[number % 12], number % 41 != 0, float(number)),
                    )
            latest = LatestThresholds(store.verdicts, lambda: detector.thresholds)
            took = []
            for _ in range(READS):
                begun = time.thread_time()
                latest()
                took.append(1000 * (time.thread_time() - begun))
    return {"p50": round(float(np.median(took)), 2), "p95": round(float(np.percentile(took, 95)), 2)}


def main() -> int:
    detector = OnnxMoveDetector(ROOT / "models" / "moves" / "release")
    lines = (ROOT / "models" / "moves" / "turns" / "dev.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    table = flags_left(detector, rows)
    heads = "".join(f"{f'unfair {times}x' if times else 'shipped':>16}" for times in TIMES)
    print(f"{'flags (of them right)':<22}{heads}")
    for name, row in table.items():
        cells = (f"{flags} ({right})" for flags, right in zip(row["flags"], row["right"], strict=True))
        print(f"{name:<22}" + "".join(f"{cell:>16}" for cell in cells))
    cost = reading_ms(detector)
    print(f"reading the thresholds: {cost['p50']} ms of processor time (p95 {cost['p95']} ms)")
    result = {"turns": len(rows), "times": TIMES, "moves": table, "reading_ms": cost}
    (ROOT / "bench" / "results" / "fairness.json").write_text(json.dumps(result, indent=1) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
