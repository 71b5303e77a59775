"""Own moves: what a few examples find, and how often ordinary turns fire.

    python bench/own_moves.py

Two questions. Moves as organisations might add them (bench/data/own_moves.toml): how many other sentences of
the kind are found, and how many that only look like it fire, alone and with the others of these as
counter-examples. And ten of the shipped moves as if they were own ones, by 8 of their training turns: what
is found in models/moves/turns/dev.jsonl, and how many of its ordinary turns fire. The bar was chosen on that
file's ordinary turns. The detector must give meanings. Writes bench/results/own_moves.json.
"""

from __future__ import annotations

import json
import random
import sys
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from coach.bootstrap import load_detector  # noqa: E402
from coach.moves.own_judge import OwnJudge  # noqa: E402
from coach.moves.own_rule import Meaning, Ordinary  # noqa: E402
from coach.resources import asset  # noqa: E402
from coach.values.own_moves import OwnLine, OwnMove  # noqa: E402

TURNS = ROOT / "models" / "moves" / "turns"
AS_OWN = (
    "selling", "apologising", "isolating", "overpromising", "thanking",
    "delaying", "digging_past", "asking_input", "blaming", "root_cause",
)  # fmt: skip
Texts = Sequence[str]
EXAMPLES = 8
DRAWS = 3
SEED = 100


def own_move(name: str, examples: Texts, others: Texts = ()) -> OwnMove:
    return OwnMove(name, "Say otherwise", "A test.", (OwnLine("Otherwise."),), tuple(examples), tuple(others))


def written(meaning: Meaning, ordinary: Ordinary) -> Iterator[dict[str, object]]:
    """Each move of bench/data/own_moves.toml."""
    data = tomllib.loads((ROOT / "bench" / "data" / "own_moves.toml").read_text(encoding="utf-8"))
    for name, texts in data.items():
        said, near = texts["said"], texts["near"]

        def fires(
            text: str, others: Sequence[str], name: str = name, examples: Texts = texts["examples"]
        ) -> bool:
            move = own_move(name, examples, others)
            return bool(OwnJudge({name: move}, meaning, ordinary).found(text))

        yield {
            "move": name,
            "of": len(said),
            "near_of": len(near),
            "found": sum(fires(text, ()) for text in said),
            "near_fires": sum(fires(text, ()) for text in near),
            "found_with_counter": sum(fires(text, near) for text in said),
            "near_fires_with_counter": sum(
                fires(text, [one for one in near if one != text]) for text in near
            ),
        }


def shipped(meaning: Meaning, ordinary: Ordinary) -> Iterator[dict[str, object]]:
    """Each of ``AS_OWN``, known by ``EXAMPLES`` training turns that make no other move; mean of the draws."""
    pool = [turn for path in sorted(TURNS.glob("train_*.jsonl")) for turn in _turns(path)]
    dev = _turns(TURNS / "dev.jsonl")
    for name in AS_OWN:
        fit = [one["text"] for one in pool if one["labels"] == [name] and 4 <= len(one["text"].split()) <= 30]
        draws = []
        for draw in range(DRAWS):
            judge = OwnJudge(
                {name: own_move(name, random.Random(SEED + draw).sample(fit, EXAMPLES))}, meaning, ordinary
            )
            found = np.array([bool(judge.found(one["text"])) for one in dev])
            true = np.array([name in one["labels"] for one in dev])
            quiet = np.array([not one["labels"] for one in dev])
            draws.append(
                (found[true].mean(), (found & true).sum() / max(1, found.sum()), found[quiet].mean())
            )
        recall, precision, false = np.mean(draws, axis=0)
        yield {"move": name, "recall": recall, "precision": precision, "ordinary_fires": false}


def _turns(path: Path) -> list[dict[str, list[str] | str]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def run(meaning: Meaning) -> dict[str, list[dict[str, object]]]:
    texts = asset("ordinary_turns.txt").read_text(encoding="utf-8").splitlines()
    vectors = [vector for text in texts if (vector := meaning(text)) is not None]
    ordinary = Ordinary(np.stack(vectors))
    return {"written": list(written(meaning, ordinary)), "shipped": list(shipped(meaning, ordinary))}


def main() -> int:
    detector = load_detector()
    known: dict[str, object] = {}

    def meaning(text: str) -> object:
        if text not in known:
            known[text] = detector.meaning(text)
        return known[text]

    try:
        meaning("Good morning.")
    except IndexError:
        sys.stderr.write("This moves model gives no meanings, so there is nothing to measure.\n")
        return 2
    figures = run(meaning)
    show(figures)
    path = ROOT / "bench" / "results" / "own_moves.json"
    path.write_text(json.dumps(figures, indent=2, default=float) + "\n", encoding="utf-8")
    return 0


def show(figures: dict[str, list[dict[str, object]]]) -> None:
    print("moves as organisations might add them        found      near misses that fire")
    for row in figures["written"]:
        for with_counter, key in (("", ""), (", with counter-examples", "_with_counter")):
            found, near = (
                f"{row['found' + key]:3} of {row['of']}",
                f"{row['near_fires' + key]:3} of {row['near_of']}",
            )
            print(f"  {row['move'] + with_counter:40} {found:10} {near:>12}")
    print(f"shipped moves by {EXAMPLES} of their turns       recall  precision  ordinary turns that fire")
    for row in figures["shipped"]:
        print(
            f"  {row['move']:35} {row['recall']:8.2f} {row['precision']:10.2f} {row['ordinary_fires']:18.4f}"
        )
    mean = {
        key: np.mean([row[key] for row in figures["shipped"]])
        for key in ("recall", "precision", "ordinary_fires")
    }
    print(f"  {'mean':35} {mean['recall']:8.2f} {mean['precision']:10.2f} {mean['ordinary_fires']:18.4f}")


if __name__ == "__main__":
    raise SystemExit(main())
