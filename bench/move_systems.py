"""What bench/moves.py compares: the shipped detector and its baselines, each from texts to flags."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import numpy as np

from coach.moves.detector import OnnxMoveDetector
from coach.taxonomy import CONTENTIOUS, MOVES

ROOT = Path(__file__).resolve().parent.parent
TURNS = ROOT / "models" / "moves" / "turns"
TRAINING = sorted(file.name for file in TURNS.glob("train_*.jsonl"))
TRAINING.insert(0, "seed.jsonl")

Flags = np.ndarray
"""Shape (turns, 25), bool."""
System = Callable[[list[str]], Flags]


def rows_of(*names: str) -> list[dict[str, object]]:
    return [json.loads(line) for name in names for line in (TURNS / name).read_text("utf-8").splitlines()]


def labels_of(rows: list[dict[str, object]]) -> Flags:
    return np.array([[move in row["labels"] for move in MOVES] for row in rows])  # type: ignore[operator]


def texts_of(rows: list[dict[str, object]]) -> list[str]:
    return [str(row["text"]) for row in rows]


def shipped(detector: OnnxMoveDetector) -> System:
    def flags(texts: list[str]) -> Flags:
        found = [{move.name for move in moves} for moves, _ in detector.judge_many(texts)]
        return np.array([[move in names for move in MOVES] for names in found])

    return flags


def bag_of_words() -> System:
    """TF-IDF of words and characters with logistic regression, trained on the detector's own turns."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.multiclass import OneVsRestClassifier
    from sklearn.pipeline import make_pipeline, make_union

    training = rows_of(*TRAINING)
    features = make_union(
        TfidfVectorizer(ngram_range=(1, 3), sublinear_tf=True, min_df=2),
        TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True, min_df=3),
    )
    linear = LogisticRegression(C=10, class_weight="balanced", max_iter=400)
    model = make_pipeline(features, OneVsRestClassifier(linear)).fit(texts_of(training), labels_of(training))
    return lambda texts: model.predict(texts).astype(bool)


def definitions() -> list[str]:
    """Each move's own paragraph of docs/labelling.md: what it is, and its examples."""
    guide = (ROOT / "docs" / "labelling.md").read_text("utf-8")
    found = []
    for move in MOVES:
        section = guide.split(f"\n### {move}\n", 1)[1].split("\n### ", 1)[0]
        lines = [line for line in section.splitlines() if line.startswith(("- **Is:**", "- **Yes:**"))]
        found.append(re.sub(r"[-*]|Is:|Yes:|`", "", " ".join(lines)))
    return found


def similar_to_definitions(detector: OnnxMoveDetector) -> System:
    """A turn has a move if its vector is near enough to the definition's; how near is set on dev.jsonl."""

    def meanings(texts: list[str]) -> np.ndarray:
        found = [detector.meaning(text) for text in texts]
        return np.stack([np.zeros(768, np.float32) if one is None else one for one in found])

    wanted = meanings(definitions()).T
    dev = rows_of("dev.jsonl")
    near, true = meanings(texts_of(dev)) @ wanted, labels_of(dev)
    grid = np.arange(0.0, 0.9, 0.01)
    least = []
    for column in range(len(MOVES)):
        found = near[:, column][None] >= grid[:, None]
        f1 = 2 * (found & true[:, column]).sum(1) / (found.sum(1) + true[:, column].sum())
        least.append(grid[int(np.argmax(f1))])

    return lambda texts: meanings(texts) @ wanted >= np.array(least)


def sounds_negative() -> System:
    """VADER: a turn with negative words counts as contentious; it knows no moves, so as all twelve."""
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    analyser = SentimentIntensityAnalyzer()

    def flags(texts: list[str]) -> Flags:
        found = np.zeros((len(texts), len(MOVES)), dtype=bool)
        negative = [analyser.polarity_scores(text)["compound"] <= -0.05 for text in texts]
        found[np.array(negative), : len(CONTENTIOUS)] = True
        return found

    return flags
