"""How often a move was really there, against how sure the detector was of it."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from coach.moves.detector import OnnxMoveDetector
from coach.taxonomy import CONTENTIOUS, MOVES

PICTURE = Path(__file__).resolve().parent.parent / "docs" / "pictures" / "reliability.svg"
EDGES = np.array([0.0, 0.02, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0])


def bins(confidence: np.ndarray, true: np.ndarray) -> list[tuple[float, float, int]]:
    """Mean confidence, share that was true, and count, of each bin with at least five judgements."""
    which = np.digitize(confidence, EDGES[1:-1])
    found = []
    for number in range(len(EDGES) - 1):
        inside = which == number
        if inside.sum() >= 5:
            found.append((float(confidence[inside].mean()), float(true[inside].mean()), int(inside.sum())))
    return found


def draw(detector: OnnxMoveDetector, texts: list[str], true: np.ndarray) -> float:
    """Draws the reliability of the two kinds of moves; returns the expected calibration error of all."""
    import matplotlib

    matplotlib.use("svg")
    from matplotlib import pyplot

    scored = [detector.scores(text) for text in texts]
    confidence = np.array([[one[move] for move in MOVES] for one in scored])
    figure, axes = pyplot.subplots(figsize=(5, 4.6), layout="constrained")
    axes.plot([0, 1], [0, 1], color="#8a8f98", linewidth=1, linestyle="--", label="perfect")
    count = len(CONTENTIOUS)
    for label, part, colour, mark in (
        ("moves that make it worse", slice(0, count), "#b3432f", "o"),
        ("moves that repair", slice(count, None), "#1f7a55", "s"),
    ):
        found = bins(confidence[:, part].ravel(), true[:, part].ravel())
        axes.plot([x for x, _, _ in found], [y for _, y, _ in found], color=colour, marker=mark, label=label)
    axes.set(xlabel="confidence", ylabel="share that was true", xlim=(0, 1), ylim=(0, 1))
    axes.legend(frameon=False, loc="upper left")
    figure.savefig(PICTURE, metadata={"Date": None})
    every = bins(confidence.ravel(), true.ravel())
    total = sum(number for _, _, number in every)
    return sum(abs(x - y) * number for x, y, number in every) / total
