"""The detector's network: a sentence encoder, 25 outputs on each token, and what the turn means."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import torch
from torch import nn
from transformers import AutoModel

from coach.taxonomy import MOVES


class Heard(NamedTuple):
    """``logits`` (batch, 25), ``tokens`` (batch, tokens, 25), ``meaning`` (batch, 768, unit length)."""

    logits: torch.Tensor
    tokens: torch.Tensor
    meaning: torch.Tensor


class MovesNetwork(nn.Module):
    """Encoder, then one linear map per token; the turn's logits are the mean over its tokens.

    The mean keeps evidence free of cost: what each word adds to a move is its own logit. ``meaning``
    stays close to the base encoder's sentence vector, so that turns can be compared by what they are about.
    """

    def __init__(self, base: Path, layers: Sequence[int] | None = None) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(base, add_pooling_layer=False)
        self.keep(layers)
        width = self.encoder.config.hidden_size
        self.dropout = nn.Dropout(0.1)
        self.head = nn.Linear(width, len(MOVES))
        self.about = nn.Linear(width, width)
        nn.init.constant_(self.head.bias, -3.0)
        nn.init.eye_(self.about.weight)
        nn.init.zeros_(self.about.bias)

    def keep(self, layers: Sequence[int] | None) -> None:
        """Only the encoder layers with these numbers stay; None keeps all."""
        if layers is not None:
            stack = self.encoder.encoder
            stack.layer = nn.ModuleList([stack.layer[number] for number in layers])
            self.encoder.config.num_hidden_layers = len(stack.layer)

    def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> Heard:
        states = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
        weight = mask.unsqueeze(-1).to(states.dtype)
        weight = weight / weight.sum(1, keepdim=True)
        tokens = self.head(self.dropout(states))
        meaning = self.about((states * weight).sum(1))
        return Heard((tokens * weight).sum(1), tokens, nn.functional.normalize(meaning, dim=1))


@torch.no_grad()
def sentence_vectors(base: Path, rows: Sequence[Sequence[int]]) -> torch.Tensor:
    """The base encoder's own sentence vectors (mean pooled, unit length), shape (rows, 768)."""
    from training.turns import pad

    encoder = AutoModel.from_pretrained(base, add_pooling_layer=False).eval()
    order = sorted(range(len(rows)), key=lambda i: len(rows[i]))
    found = torch.zeros(len(rows), encoder.config.hidden_size)
    for at in range(0, len(order), 64):
        chosen = order[at : at + 64]
        ids, mask = pad([rows[i] for i in chosen])
        with torch.autocast("cpu", torch.bfloat16):
            states = encoder(input_ids=ids, attention_mask=mask).last_hidden_state.float()
        weight = mask.unsqueeze(-1).float()
        found[chosen] = nn.functional.normalize((states * weight).sum(1) / weight.sum(1), dim=1)
    return found
