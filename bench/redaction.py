"""How much of what must not be kept is hidden, and how much is hidden that should have stayed.

Run: python -m bench.redaction [dev|test]. Prints a table; the test half writes bench/results/redaction.json.
The turns of bench/data/redaction/ were written one by one before the rules, by the author of the rules: read
the figures as an upper bound. Rules were tuned on the dev half only. Beside them stand the agent turns the
moves detector was trained and tested on, written for another purpose: hardly any holds something to hide.
What was hidden in them was read, and the rules mended, so they are no held-out figure either.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from coach.redaction.hiding import Choice, find, left_open
from coach.redaction.kinds import NAME, REFERENCE, Finding

HERE = Path(__file__).resolve().parent
DATA = HERE / "data" / "redaction"
RESULTS = HERE / "results" / "redaction.json"
TURNS = HERE.parent / "models" / "moves" / "turns"

_WORD = re.compile(r"\w+(?:['’]\w+)*")
Span = tuple[int, int]


@dataclass
class Tally:
    """``whole``: every word of the span is hidden. ``right``: and it is called what it is."""

    spans: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    whole: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    right: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    secret_words: int = 0
    secret_hidden: int = 0
    plain_words: int = 0
    plain_hidden: int = 0
    clean: int = 0
    clean_touched: int = 0
    turns: int = 0
    missed: list[str] = field(default_factory=list)

    def figures(self) -> dict[str, Any]:
        total, whole = sum(self.spans.values()), sum(self.whole.values())
        return {
            "turns": self.turns,
            "spans": total,
            "recall": _share(whole, total),
            "recall_of_words": _share(self.secret_hidden, self.secret_words),
            "kind_right_of_hidden": _share(sum(self.right.values()), whole),
            "clean_turns": self.clean,
            "clean_turns_touched": _share(self.clean_touched, self.clean),
            "words_wrongly_hidden": _share(self.plain_hidden, self.plain_words),
            "by_kind": {
                kind: {"spans": count, "recall": _share(self.whole[kind], count)}
                for kind, count in sorted(self.spans.items())
            },
        }


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0


def words_in(text: str, spans: list[Span]) -> set[Span]:
    return {
        match.span()
        for match in _WORD.finditer(text)
        if any(start <= match.start() and match.end() <= end for start, end in spans)
    }


def judge(row: dict[str, Any], found: list[Finding], wanted: list[list[Any]], tally: Tally) -> None:
    text = row["text"]
    hidden = words_in(text, [(one.start, one.end) for one in found])
    secret = words_in(text, [(start, end) for start, end, _kind in wanted])
    tally.turns += 1
    tally.secret_words += len(secret)
    tally.secret_hidden += len(secret & hidden)
    plain = words_in(text, [(0, len(text))]) - secret
    tally.plain_words += len(plain)
    tally.plain_hidden += len(plain & hidden)
    if not wanted:
        tally.clean += 1
        tally.clean_touched += bool(found)
    for start, end, kind in wanted:
        tally.spans[kind] += 1
        if words_in(text, [(start, end)]) <= hidden:
            tally.whole[kind] += 1
            tally.right[kind] += any(
                one.kind == kind and one.start < end and one.end > start for one in found
            )
        else:
            tally.missed.append(f"{row['id']}: {text[start:end]}")
    if plain & hidden:
        tally.missed.append(
            f"{row['id']} too much: " + " ".join(text[a:b] for a, b in sorted(plain & hidden))
        )


def measure(rows: list[dict[str, Any]], choice: Choice) -> Tally:
    tally = Tally()
    call, before = "", None
    off = {kind for kind, on in ((NAME, choice.names), (REFERENCE, choice.references)) if not on}
    for row in rows:
        if row["call"] != call:
            call, before = row["call"], None
        found = find(row["text"], choice, before)
        before = left_open(row["text"], found)
        judge(row, found, [span for span in row["spans"] if span[2] not in off], tally)
    return tally


def ordinary() -> dict[str, Any]:
    """Agent turns written for the moves detector."""
    texts = {
        json.loads(line)["text"]
        for path in sorted(TURNS.glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    }
    began = time.process_time()
    touched = sum(bool(find(text)) for text in texts)
    took = time.process_time() - began
    return {
        "turns": len(texts),
        "turns_touched": _share(touched, len(texts)),
        "ms_per_turn": round(1000 * took / max(len(texts), 1), 2),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("half", nargs="?", choices=("dev", "test"), default="test")
    parser.add_argument(
        "--missed", action="store_true", help="list what was missed and what was hidden too much"
    )
    arguments = parser.parse_args()
    lines = (DATA / f"{arguments.half}.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    tallies = {
        "as shipped": measure(rows, Choice()),
        "names and references too": measure(rows, Choice(names=True, references=True)),
    }
    results: dict[str, Any] = {name: tally.figures() for name, tally in tallies.items()}
    for name, figures in results.items():
        print(f"\n{arguments.half}, {name}")
        for key, value in figures.items():
            if key != "by_kind":
                print(f"  {key:24}{value!s:>10}")
        for kind, one in figures["by_kind"].items():
            print(f"    {kind:22}{one['spans']:>6}{one['recall']:>10}")
    if arguments.missed:
        print("\n".join(tallies["names and references too"].missed))
    results["ordinary turns"] = ordinary()
    print("\nordinary turns", results["ordinary turns"])
    if arguments.half == "test":
        RESULTS.parent.mkdir(exist_ok=True)
        RESULTS.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
