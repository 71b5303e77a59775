"""Fine-tuning: one run over the turns, kept after every epoch."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import nn

from training.network import MovesNetwork
from training.turns import Turn, batches, encode, open_tokenizer, pad, roughen


@dataclass(frozen=True)
class Hyper:
    """Rates are AdamW's; ``frozen`` counts the encoder's lowest layers that stay as they came."""

    epochs: int = 4
    batch: int = 32
    body_rate: float = 8e-5
    head_rate: float = 2e-3
    weight_decay: float = 0.01
    gamma_negative: float = 2.0
    clip: float = 0.05
    meaning: float = 0.5
    frozen: int = 2


def asymmetric_loss(logits: torch.Tensor, targets: torch.Tensor, hyper: Hyper) -> torch.Tensor:
    """Asymmetric loss with gamma+ = 0 (Ridnik et al. 2021): easy negatives hardly count."""
    positive = torch.sigmoid(logits)
    negative = (1 - positive + hyper.clip).clamp(max=1)
    loss = targets * positive.clamp(min=1e-8).log()
    focus = (1 - negative) ** hyper.gamma_negative
    loss = loss + (1 - targets) * focus * negative.clamp(min=1e-8).log()
    return -loss.sum(1).mean()


def optimiser_of(model: MovesNetwork, hyper: Hyper) -> torch.optim.AdamW:
    model.encoder.embeddings.requires_grad_(False)
    for layer in model.encoder.encoder.layer[: hyper.frozen]:
        layer.requires_grad_(False)
    body = [p for p in model.encoder.parameters() if p.requires_grad]
    heads = [*model.head.parameters()]
    return torch.optim.AdamW(
        [
            {"params": body, "lr": hyper.body_rate},
            {"params": heads, "lr": hyper.head_rate},
            {"params": [*model.about.parameters()], "lr": hyper.body_rate},
        ],
        weight_decay=hyper.weight_decay,
        fused=True,
    )


class Course:
    """One training run over ``turns``: resumable after each epoch from ``saved``."""

    def __init__(
        self,
        model: MovesNetwork,
        base: Path,
        turns: Sequence[Turn],
        meanings: torch.Tensor,
        hyper: Hyper,
        seed: int,
    ) -> None:
        self.model, self.turns, self.meanings, self.hyper, self.seed = model, turns, meanings, hyper, seed
        self.tokenizer = open_tokenizer(base)
        self.optimiser = optimiser_of(model, hyper)
        steps = hyper.epochs * -(-len(turns) // hyper.batch)
        rates = [group["lr"] for group in self.optimiser.param_groups]
        self.schedule = torch.optim.lr_scheduler.OneCycleLR(
            self.optimiser, rates, total_steps=steps + hyper.epochs, pct_start=0.1
        )

    def run(self, saved: Path) -> MovesNetwork:
        begin = 0
        if saved.exists():
            state = torch.load(saved, weights_only=False)
            self.model.load_state_dict(state["model"])
            self.optimiser.load_state_dict(state["optimiser"])
            self.schedule.load_state_dict(state["schedule"])
            begin = state["epoch"]
        for epoch in range(begin, self.hyper.epochs):
            started = time.monotonic()
            loss = self._epoch(epoch)
            print(f"  epoch {epoch + 1}: loss {loss:.4f}, {time.monotonic() - started:.0f} s", flush=True)
            state = {"model": self.model.state_dict(), "optimiser": self.optimiser.state_dict()}
            torch.save(state | {"schedule": self.schedule.state_dict(), "epoch": epoch + 1}, saved)
        return self.model.eval()

    def _epoch(self, epoch: int) -> float:
        order = random.Random(1000 * self.seed + epoch)
        torch.manual_seed(1000 * self.seed + epoch)
        turns = roughen(self.turns, order)
        rows = encode(self.tokenizer, [turn.text for turn in turns])
        self.model.train()
        total = 0.0
        chunks = batches(rows, self.hyper.batch, order)
        for number, chosen in enumerate(chunks):
            loss = self._loss(turns, rows, chosen)
            self.optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
            self.optimiser.step()
            self.schedule.step()
            total += loss.item() * len(chosen)
            if number % 50 == 0:
                print(f"    {number}/{len(chunks)}: {loss.item():.3f}", flush=True)
        return total / len(rows)

    def _loss(self, turns: Sequence[Turn], rows: list[list[int]], chosen: list[int]) -> torch.Tensor:
        ids, mask = pad([rows[i] for i in chosen])
        with torch.autocast("cpu", torch.bfloat16):
            heard = self.model(ids, mask)
        loss = asymmetric_loss(
            heard.logits.float(), torch.stack([turns[i].labels for i in chosen]), self.hyper
        )
        as_written = torch.tensor([turns[i] is self.turns[i] for i in chosen], dtype=torch.float32)
        drift = (1 - (heard.meaning.float() * self.meanings[chosen]).sum(1)) * as_written
        return loss + self.hyper.meaning * drift.mean()
