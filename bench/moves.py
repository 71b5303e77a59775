"""Quality and speed of the shipped moves detector on turns it was never trained or tuned on.

    python bench/moves.py

Prints precision, recall and F1 per move and for "any contentious", and false flags per 100 turns without
contention, on models/moves/turns/test.jsonl (by a writer of its own) and probe.jsonl (by the writer of
seed.jsonl), beside baselines; the linear one is trained on the same turns where scikit-learn is installed.
Writes bench/results/moves.json.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from coach.moves.detector import OnnxMoveDetector  # noqa: E402
from coach.taxonomy import CONTENTIOUS, MOVES, REPAIR  # noqa: E402

TURNS = ROOT / "models" / "moves" / "turns"
TRAINING = ("seed.jsonl", "train_a.jsonl", "train_b.jsonl", "train_c.jsonl", "train_short.jsonl")
Flags = np.ndarray
"""Shape (turns, 25), bool."""


def read(*names: str) -> tuple[list[str], Flags]:
    rows = [json.loads(line) for name in names for line in (TURNS / name).read_text("utf-8").splitlines()]
    return [row["text"] for row in rows], np.array(
        [[move in row["labels"] for move in MOVES] for row in rows]
    )


def ratio(part: float, whole: float) -> float:
    return float(part) / float(whole) if whole else 0.0


def scores(found: Flags, true: Flags) -> dict[str, float]:
    """Precision, recall and F1 of one label or of a pooled one, and how many there were."""
    hit = float((found & true).sum())
    precision, recall = ratio(hit, found.sum()), ratio(hit, true.sum())
    return {
        "precision": precision,
        "recall": recall,
        "f1": ratio(2 * precision * recall, precision + recall),
        "n": int(true.sum()),
    }


def judge(found: Flags, true: Flags) -> dict[str, object]:
    per_move = {move: scores(found[:, i], true[:, i]) for i, move in enumerate(MOVES)}
    columns = len(CONTENTIOUS)
    any_found, any_true = found[:, :columns].any(1), true[:, :columns].any(1)
    return {
        "any_contentious": scores(any_found, any_true),
        "false_flags_per_100": 100 * ratio((any_found & ~any_true).sum(), (~any_true).sum()),
        "macro_f1_contentious": float(np.mean([per_move[move]["f1"] for move in CONTENTIOUS])),
        "macro_f1_repair": float(np.mean([per_move[move]["f1"] for move in REPAIR])),
        "moves": per_move,
        "turns": len(true),
    }


def shipped(detector: OnnxMoveDetector) -> Callable[[list[str]], Flags]:
    def flags(texts: list[str]) -> Flags:
        found = [{move.name for move in moves} for moves, _ in detector.judge_many(texts)]
        return np.array([[move in names for move in MOVES] for names in found])

    return flags


def majority(texts: list[str]) -> Flags:
    """Flags nothing: what silence scores."""
    return np.zeros((len(texts), len(MOVES)), dtype=bool)


def bag_of_words() -> Callable[[list[str]], Flags] | None:
    """TF-IDF of words and characters with logistic regression, or None without scikit-learn."""
    try:
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sklearn.linear_model import LogisticRegression
        from sklearn.multiclass import OneVsRestClassifier
        from sklearn.pipeline import make_pipeline, make_union
    except ImportError:
        return None
    texts, labels = read(*TRAINING)
    features = make_union(
        TfidfVectorizer(ngram_range=(1, 3), sublinear_tf=True, min_df=2),
        TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True, min_df=3),
    )
    linear = LogisticRegression(C=10, class_weight="balanced", max_iter=400)
    model = make_pipeline(features, OneVsRestClassifier(linear)).fit(texts, labels)
    return lambda unseen: model.predict(unseen).astype(bool)


def latency_ms(detector: OnnxMoveDetector, texts: list[str]) -> dict[str, float]:
    """Wall milliseconds per turn, one thread, turn by turn after a warm-up."""
    for text in texts[:20]:
        detector.judge(text)
    taken = []
    for text in texts:
        started = time.perf_counter()
        detector.judge(text)
        taken.append(1000 * (time.perf_counter() - started))
    return {"p50": float(np.percentile(taken, 50)), "p95": float(np.percentile(taken, 95))}


def show(name: str, result: dict[str, object]) -> None:
    flagged = result["any_contentious"]
    assert isinstance(flagged, dict)
    print(
        f"{name:24} P {flagged['precision']:.2f} R {flagged['recall']:.2f}   false flags per 100"
        f" {result['false_flags_per_100']:5.1f}   macro F1 {result['macro_f1_contentious']:.2f}"
        f" / {result['macro_f1_repair']:.2f}"
    )


def main() -> None:
    release = ROOT / "models" / "moves" / "release"
    detector = OnnxMoveDetector(release)
    systems = {"shipped": shipped(detector), "bag of words + LR": bag_of_words(), "silence": majority}
    results: dict[str, object] = {}
    for name in ("test.jsonl", "probe.jsonl"):
        texts, true = read(name)
        print(f"\n{name}: {len(texts)} turns; any contentious P / R; macro F1 contentious / repair")
        for system, flags in systems.items():
            if flags is not None:
                results[f"{name}: {system}"] = result = judge(flags(texts), true)
                show(system, result)
    texts, _ = read("test.jsonl")
    per_move = results["test.jsonl: shipped"]
    assert isinstance(per_move, dict)
    print("\ntest.jsonl, shipped, per move")
    for move, one in per_move["moves"].items():
        print(
            f"  {move:15} P {one['precision']:.2f}  R {one['recall']:.2f}  F1 {one['f1']:.2f}  n {one['n']}"
        )
    results["latency_ms"] = timing = latency_ms(detector, texts)
    results["bytes"] = size = sum(file.stat().st_size for file in release.iterdir())
    print(
        f"\none turn, one thread: p50 {timing['p50']:.1f} ms, p95 {timing['p95']:.1f} ms; {size / 1e6:.1f} MB"
    )
    out = ROOT / "bench" / "results" / "moves.json"
    out.parent.mkdir(exist_ok=True)
    out.write_text(json.dumps(results, indent=1) + "\n")


if __name__ == "__main__":
    main()
