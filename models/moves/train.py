"""Train, calibrate and export the moves detector that Sameside ships.

    python models/moves/train.py --base FOLDER --out models/moves/release

``--base`` holds all-MiniLM-L6-v2 (model.safetensors, config.json, tokenizer.json; Apache-2.0).
The encoder is fine-tuned in full with 25 sigmoid heads and asymmetric loss (Ridnik et al. 2021,
arXiv:2009.14119). Thresholds and calibration come from predictions on a writer left out of the
training (two folds of two writers' files), because a stranger's words are what it will meet;
``turns/test.jsonl`` and ``turns/probe.jsonl`` are never read here.

The head is linear and sits on each token before the mean, so the turn's logit is the mean of its
tokens' logits: what each word adds is known at no cost, and that is the evidence shown to the agent.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import nn
from transformers import AutoModel

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))

from coach.taxonomy import CONTENTIOUS, MOVES  # noqa: E402

MAX_TOKENS = 128
TRAINING_FILES = ("seed.jsonl", "train_a.jsonl", "train_b.jsonl", "train_c.jsonl", "train_short.jsonl")
FOLDS = ((0, 2), (1, 3))
"""Files left out together while calibrating; the shortest turns are in every fold, and do not calibrate."""


@dataclass(frozen=True)
class Hyper:
    """Training settings: rates are AdamW learning rates."""

    epochs: int = 8
    batch: int = 16
    body_rate: float = 1.5e-4
    head_rate: float = 2e-3
    weight_decay: float = 0.01
    gamma_negative: float = 2.0
    clip: float = 0.05


class MovesModel(nn.Module):
    """Encoder, then one linear map per token; the turn's logits are the mean over its tokens."""

    def __init__(self, base: Path) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(base, add_pooling_layer=False)
        self.dropout = nn.Dropout(0.1)
        self.head = nn.Linear(self.encoder.config.hidden_size, len(MOVES))
        nn.init.constant_(self.head.bias, -3.0)

    def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """``ids``, ``mask``: (batch, tokens). Logits (batch, 25), token logits (batch, tokens, 25)."""
        states = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
        tokens = self.head(self.dropout(states))
        weight = mask.unsqueeze(-1).to(tokens.dtype)
        return (tokens * weight).sum(1) / weight.sum(1), tokens


def asymmetric_loss(logits: torch.Tensor, targets: torch.Tensor, hyper: Hyper) -> torch.Tensor:
    """Asymmetric loss with gamma+ = 0: easy negatives count little, and not at all below ``clip``."""
    positive = torch.sigmoid(logits)
    negative = (1 - positive + hyper.clip).clamp(max=1)
    loss = targets * positive.clamp(min=1e-8).log()
    focus = (1 - negative) ** hyper.gamma_negative
    loss = loss + (1 - targets) * focus * negative.clamp(min=1e-8).log()
    return -loss.sum(1).mean()


def read_turns(folder: Path) -> list[dict[str, object]]:
    """All training turns, in file order, each with its ``writer``. Raises on an unknown label."""
    turns = []
    for writer, name in enumerate(TRAINING_FILES):
        for line in (folder / name).read_text(encoding="utf-8").splitlines():
            turn = json.loads(line)
            unknown = set(turn["labels"]) - set(MOVES)
            if unknown:
                raise ValueError(f"{name}: {turn['id']}: unknown labels {unknown}")
            turns.append({**turn, "writer": writer})
    return turns


def encode(tokenizer: Tokenizer, texts: list[str]) -> list[list[int]]:
    return [encoding.ids for encoding in tokenizer.encode_batch(texts)]


def pad(rows: list[list[int]]) -> tuple[torch.Tensor, torch.Tensor]:
    width = max(len(row) for row in rows)
    ids = torch.tensor([row + [0] * (width - len(row)) for row in rows])
    mask = torch.tensor([[1] * len(row) + [0] * (width - len(row)) for row in rows])
    return ids, mask


def batches(rows: list[list[int]], size: int, order: random.Random) -> list[list[int]]:
    """Indices in random batches of like length: a batch costs as much as its longest turn."""
    indices = list(range(len(rows)))
    order.shuffle(indices)
    found = []
    for at in range(0, len(indices), size * 8):
        pool = sorted(indices[at : at + size * 8], key=lambda i: len(rows[i]))
        found += [pool[i : i + size] for i in range(0, len(pool), size)]
    order.shuffle(found)
    return found


def fit(base: Path, rows: list[list[int]], targets: torch.Tensor, hyper: Hyper, seed: int) -> MovesModel:
    """Fine-tune one model. Word embeddings are frozen; bfloat16 where the processor has it."""
    bfloat16 = torch.cpu._is_avx512_bf16_supported()
    torch.manual_seed(seed)
    order = random.Random(seed)
    model = MovesModel(base)
    model.encoder.embeddings.word_embeddings.weight.requires_grad_(False)
    body = [p for p in model.encoder.parameters() if p.requires_grad]
    optimiser = torch.optim.AdamW(
        [{"params": body, "lr": hyper.body_rate}, {"params": model.head.parameters(), "lr": hyper.head_rate}],
        weight_decay=hyper.weight_decay,
    )
    steps = hyper.epochs * len(batches(rows, hyper.batch, random.Random(0)))
    rates = [group["lr"] for group in optimiser.param_groups]
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, rates, total_steps=steps, pct_start=0.1)
    model.train()
    for epoch in range(hyper.epochs):
        started, total = time.monotonic(), 0.0
        for chosen in batches(rows, hyper.batch, order):
            ids, mask = pad([rows[i] for i in chosen])
            with torch.autocast("cpu", dtype=torch.bfloat16, enabled=bfloat16):
                logits, _ = model(ids, mask)
            loss = asymmetric_loss(logits.float(), targets[chosen], hyper)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            total += loss.item() * len(chosen)
        print(
            f"  epoch {epoch + 1}: loss {total / len(rows):.4f}, {time.monotonic() - started:.0f} s",
            flush=True,
        )
    return model.eval()


@torch.no_grad()
def predict(model: MovesModel, rows: list[list[int]]) -> np.ndarray:
    """Logits, shape (turns, 25)."""
    return np.concatenate([model(*pad(rows[at : at + 32]))[0].numpy() for at in range(0, len(rows), 32)])


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


def best_threshold(confidence: np.ndarray, targets: np.ndarray, beta: float) -> tuple[float, float]:
    """The threshold with the best F-beta on out-of-fold turns, and that F-beta."""
    best, at = 0.0, 0.5
    for threshold in np.arange(0.15, 0.9, 0.01):
        flagged = confidence >= threshold
        hit = float((flagged & (targets > 0)).sum())
        if hit == 0:
            continue
        precision, recall = hit / flagged.sum(), hit / targets.sum()
        score = (1 + beta**2) * precision * recall / (beta**2 * precision + recall)
        if score > best:
            best, at = score, float(threshold)
    return at, best


def calibrate(logits: np.ndarray, targets: np.ndarray) -> dict[str, dict[str, float]]:
    """Per move: Platt scale and shift, threshold. Contentious moves favour precision (F0.7)."""
    result = {}
    for column, move in enumerate(MOVES):
        scale, shift = platt(logits[:, column], targets[:, column])
        confidence = 1 / (1 + np.exp(-(scale * logits[:, column] + shift)))
        threshold, score = best_threshold(confidence, targets[:, column], 0.7 if move in CONTENTIOUS else 1.0)
        result[move] = {"scale": round(scale, 5), "shift": round(shift, 5), "threshold": round(threshold, 3)}
        print(f"  {move:15s} n {int(targets[:, column].sum()):4d}  threshold {threshold:.2f}  F {score:.3f}")
    return result


def export(model: MovesModel, tokenizer_file: Path, out: Path) -> None:
    """Write moves.onnx (int8 per channel, reduced range: safe without VNNI) and tokenizer.json."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    plain = out / "moves.fp32.onnx"
    ids = torch.ones(1, 8, dtype=torch.long)
    torch.onnx.export(
        model,
        (ids, ids),
        plain,
        input_names=["ids", "mask"],
        output_names=["logits", "token_logits"],
        dynamic_axes={name: {0: "batch", 1: "tokens"} for name in ("ids", "mask", "token_logits")},
        opset_version=17,
        dynamo=False,
    )
    quantize_dynamic(
        plain, out / "moves.onnx", per_channel=True, reduce_range=True, weight_type=QuantType.QInt8
    )
    plain.unlink()
    (out / "tokenizer.json").write_bytes(tokenizer_file.read_bytes())


def cross_validate(
    base: Path, rows: list[list[int]], targets: torch.Tensor, writers: np.ndarray, seed: int
) -> np.ndarray:
    """Logits of each turn by a model that never saw its writer, shape (turns, 25)."""
    logits = np.zeros(targets.shape, dtype=np.float32)
    for fold in FOLDS:
        print("leaving out", *(TRAINING_FILES[writer] for writer in fold), flush=True)
        left_out = np.isin(writers, fold)
        inside, outside = np.flatnonzero(~left_out), np.flatnonzero(left_out)
        model = fit(base, [rows[i] for i in inside], targets[inside], Hyper(), seed)
        logits[outside] = predict(model, [rows[i] for i in outside])
    return logits


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=HERE / "release")
    parser.add_argument(
        "--only", choices=("calibration", "weights"), help="run one half, for two processes side by side"
    )
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=7)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    tokenizer = Tokenizer.from_file(str(arguments.base / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(MAX_TOKENS)
    turns = read_turns(HERE / "turns")
    rows = encode(tokenizer, [str(turn["text"]) for turn in turns])
    targets = torch.tensor([[float(move in turn["labels"]) for move in MOVES] for turn in turns])
    arguments.out.mkdir(parents=True, exist_ok=True)
    if arguments.only != "weights":
        writers = np.array([turn["writer"] for turn in turns])
        logits = cross_validate(arguments.base, rows, targets, writers, arguments.seed)
        judged = np.isin(writers, [writer for fold in FOLDS for writer in fold])
        calibration = {"moves": calibrate(logits[judged], targets.numpy()[judged]), "max_tokens": MAX_TOKENS}
        (arguments.out / "calibration.json").write_text(json.dumps(calibration, indent=1) + "\n")
    if arguments.only != "calibration":
        print("all turns", flush=True)
        model = fit(arguments.base, rows, targets, Hyper(), arguments.seed)
        export(model, arguments.base / "tokenizer.json", arguments.out)


if __name__ == "__main__":
    main()
