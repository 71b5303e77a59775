"""Confidences that mean what they say, and thresholds, from turns that nothing was trained on."""

from __future__ import annotations

import numpy as np
import torch
from torch import nn

from coach.taxonomy import CONTENTIOUS, MOVES

DRAWS = 200
CONTENTIOUS_BETA, REPAIR_BETA = 0.7, 1.0
"""F-beta below 1 favours precision: a false flag costs more trust than a missed one."""
WANTED_PRECISION = 0.94
"""Of turns with any contentious flag, on the development turns; a little above what is promised."""


def platt(logits: np.ndarray, targets: np.ndarray) -> tuple[float, float]:
    """Scale and shift that make a logit's sigmoid a probability (Platt 1999, smoothed targets)."""
    positives = targets.sum()
    high, low = (positives + 1) / (positives + 2), 1 / (len(targets) - positives + 2)
    wanted = torch.tensor(np.where(targets > 0, high, low))
    x = torch.tensor(logits, dtype=torch.float64)
    parameters = torch.tensor([1.0, 0.0], dtype=torch.float64, requires_grad=True)
    optimiser = torch.optim.LBFGS([parameters], max_iter=200)

    def closure() -> torch.Tensor:
        optimiser.zero_grad()
        loss = nn.functional.binary_cross_entropy_with_logits(parameters[0] * x + parameters[1], wanted)
        loss.backward()
        return loss

    optimiser.step(closure)
    scale, shift = parameters.detach().tolist()
    return scale, shift


def best_threshold(confidence: np.ndarray, targets: np.ndarray, beta: float) -> float:
    """The threshold with the best F-beta, between 0.15 and 0.9; the middle one of several equals."""
    grid = np.arange(0.15, 0.9, 0.01)
    flagged = confidence[None] >= grid[:, None]
    hit = (flagged & (targets > 0)[None]).sum(1)
    score = (1 + beta**2) * hit / (beta**2 * targets.sum() + flagged.sum(1) + 1e-9)
    return float(np.median(grid[score >= score.max() - 1e-9]))


def steady_threshold(confidence: np.ndarray, targets: np.ndarray, beta: float, seed: int = 7) -> float:
    """The mean of the best thresholds of many redrawn samples: with 20 positives the best one is luck."""
    draw = np.random.default_rng(seed)
    found = []
    for _ in range(DRAWS):
        chosen = draw.integers(0, len(targets), len(targets))
        if targets[chosen].any():
            found.append(best_threshold(confidence[chosen], targets[chosen], beta))
    return float(np.mean(found))


def noisy_or(confidence: np.ndarray) -> np.ndarray:
    """That at least one contentious move was made: 1 - prod(1 - p), shape (turns,)."""
    return 1 - np.prod(1 - confidence[:, : len(CONTENTIOUS)], axis=1)


def gate(confidence: np.ndarray, targets: np.ndarray, thresholds: np.ndarray) -> float:
    """The noisy-or below which no contentious flag is shown: the least that keeps the wanted precision."""
    count = len(CONTENTIOUS)
    any_score, any_true = noisy_or(confidence), targets[:, :count].any(1)
    any_flag = (confidence >= thresholds)[:, :count].any(1)
    for least in np.arange(0.0, 0.97, 0.01):
        shown = any_flag & (any_score >= least)
        if shown.any() and (shown & any_true).sum() / shown.sum() >= WANTED_PRECISION:
            return float(least)
    return 0.97


def calibrate(logits: np.ndarray, targets: np.ndarray) -> dict[str, object]:
    """What calibration.json holds, from logits and targets of shape (turns, 25)."""
    rows: dict[str, dict[str, float]] = {}
    confidence = np.zeros_like(logits, dtype=np.float64)
    thresholds = np.zeros(len(MOVES))
    for column, move in enumerate(MOVES):
        scale, shift = platt(logits[:, column], targets[:, column])
        confidence[:, column] = 1 / (1 + np.exp(-(scale * logits[:, column] + shift)))
        beta = CONTENTIOUS_BETA if move in CONTENTIOUS else REPAIR_BETA
        thresholds[column] = steady_threshold(confidence[:, column], targets[:, column], beta)
        rows[move] = {
            "scale": round(scale, 5),
            "shift": round(shift, 5),
            "threshold": round(float(thresholds[column]), 3),
        }
        print(f"  {move:15s} n {int(targets[:, column].sum()):4d}  threshold {thresholds[column]:.2f}")
    least = gate(confidence, targets, thresholds)
    print(f"  any contentious: gate {least:.2f}")
    return {"moves": rows, "any_contentious": round(least, 3)}
