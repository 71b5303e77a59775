"""How well two labellers agree, label by label: Cohen's kappa (Cohen 1960).

    python bench/label_agreement.py SECOND.jsonl FIRST.jsonl ...

SECOND.jsonl has one line per turn, {"id", "labels"}; the first labels are looked up by id in the other files.
Some files of models/moves/turns share ids, so those that were labelled again must be named.
Prints a table and writes bench/results/label_agreement.json.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from coach.taxonomy import CONTENTIOUS, MOVES  # noqa: E402

RESULTS = ROOT / "bench" / "results" / "label_agreement.json"


def kappa(first: Sequence[bool], second: Sequence[bool]) -> float:
    """Agreement beyond chance; 1 where neither ever gave the label."""
    count = len(first)
    seen = sum(a == b for a, b in zip(first, second, strict=True)) / count
    one, other = sum(first) / count, sum(second) / count
    chance = one * other + (1 - one) * (1 - other)
    return 1.0 if chance == 1 else (seen - chance) / (1 - chance)


def read(paths: Sequence[Path]) -> dict[str, set[str]]:
    rows = [json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines()]
    found = {row["id"]: set(row["labels"]) for row in rows}
    if len(found) < len(rows):
        raise SystemExit(f"{', '.join(path.name for path in paths)}: an id stands for two turns.")
    return found


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("second", type=Path)
    parser.add_argument("first", type=Path, nargs="+")
    chosen = parser.parse_args()
    second, first = read([chosen.second]), read(chosen.first)
    ids = list(second)
    if unknown := [one for one in ids if one not in first]:
        raise SystemExit(f"{len(unknown)} turns are in none of the first files, such as {unknown[0]}.")
    rows = []
    for move in (*MOVES, "any contentious"):
        wanted = set(CONTENTIOUS) if move == "any contentious" else {move}
        a = [bool(first[one] & wanted) for one in ids]
        b = [bool(second[one] & wanted) for one in ids]
        rows.append({"move": move, "first": sum(a), "second": sum(b), "kappa": round(kappa(a, b), 2)})
        print(f"{move:16} {sum(a):4} {sum(b):4}  {rows[-1]['kappa']:.2f}")
    same = sum(first[one] == second[one] for one in ids)
    print(f"{len(ids)} turns, {same} with the very same labels")
    written = {"turns": len(ids), "same": same, "rows": rows}
    RESULTS.write_text(json.dumps(written, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
