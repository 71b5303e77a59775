"""The training turns: read, made a little rougher, encoded and batched."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer

from coach.taxonomy import MOVES

TRAINING_FILES = (
    "seed.jsonl",
    *(f"train_{letter}.jsonl" for letter in "abcdefghijklmnopqrstuvwxyz"),
    *(f"train_a{letter}.jsonl" for letter in "bcdef"),
    "train_short.jsonl",
    "train_heard.jsonl",
    *(f"train_heard_{letter}.jsonl" for letter in "bcdef"),
)
"""As written, and some of them as Whisper heard them (bench/speak_turns.py); the model card tells of each."""
DEVELOPMENT_FILES = ("dev.jsonl", "dev_b.jsonl", "dev_c.jsonl", "dev_d.jsonl", "dev_e.jsonl", "dev_f.jsonl")
"""Six writers; nothing is trained on them."""
MAX_TOKENS = 128
PADDING = 1
JOINED = 0.1
"""Share of turns that get an ordinary turn before or after: a move in a long turn must not be diluted."""
UNPUNCTUATED = 0.15
"""Share of turns that lose their punctuation, as recognised speech at times does."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One labelled turn; ``labels`` has shape (25,), 0 or 1."""

    text: str
    labels: torch.Tensor


def read_turns(folder: Path, names: Sequence[str]) -> list[Turn]:
    """All turns of the files, in order. Raises ValueError on an unknown label."""
    turns = []
    for name in names:
        for line in (folder / name).read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            unknown = set(row["labels"]) - set(MOVES)
            if unknown:
                raise ValueError(f"{name}: {row['id']}: unknown labels {unknown}")
            turns.append(Turn(row["text"], torch.tensor([float(move in row["labels"]) for move in MOVES])))
    return turns


def roughen(turns: Sequence[Turn], order: random.Random) -> list[Turn]:
    """One epoch's view of the turns: some joined with a short ordinary one, some without punctuation."""
    ordinary = [turn.text for turn in turns if not turn.labels.any() and len(turn.text.split()) <= 15]
    found = []
    for turn in turns:
        text = turn.text
        if order.random() < JOINED:
            beside = order.choice(ordinary)
            text = f"{beside} {text}" if order.random() < 0.5 else f"{text} {beside}"
        if order.random() < UNPUNCTUATED:
            text = re.sub(r"[,.;:?!…–—\"]+(?=\s|$)", "", text)
        found.append(turn if text == turn.text else Turn(text, turn.labels))
    return found


def open_tokenizer(base: Path) -> Tokenizer:
    tokenizer = Tokenizer.from_file(str(base / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(MAX_TOKENS)
    return tokenizer


def encode(tokenizer: Tokenizer, texts: Sequence[str]) -> list[list[int]]:
    return [encoding.ids for encoding in tokenizer.encode_batch(list(texts))]


def pad(rows: Sequence[Sequence[int]]) -> tuple[torch.Tensor, torch.Tensor]:
    """Token ids and mask, each of shape (rows, longest)."""
    width = max(len(row) for row in rows)
    ids = torch.tensor([[*row, *[PADDING] * (width - len(row))] for row in rows])
    mask = torch.tensor([[1] * len(row) + [0] * (width - len(row)) for row in rows])
    return ids, mask


def batches(rows: Sequence[Sequence[int]], size: int, order: random.Random) -> list[list[int]]:
    """Indices in random batches of like length: a batch costs as much as its longest turn."""
    indices = list(range(len(rows)))
    order.shuffle(indices)
    found = []
    for at in range(0, len(indices), size * 8):
        pool = sorted(indices[at : at + size * 8], key=lambda i: len(rows[i]))
        found += [pool[i : i + size] for i in range(0, len(pool), size)]
    order.shuffle(found)
    return found
