"""The moves detector: a fine-tuned sentence encoder with 25 calibrated outputs (models/moves/README.md)."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from coach.errors import KnownError
from coach.events import Move
from coach.machine.inference import OnnxModel
from coach.moves.evidence import strongest
from coach.moves.language import foreign
from coach.taxonomy import CONTENTIOUS, MOVES, REPAIR

_OVERLAP = 32
_REMEMBERED = 4
"""Windows whose reading is kept: those of the turn at hand."""
_FEWEST_WORDS = 2
"""A single word is too little to flag: silence is the default."""


@dataclass(frozen=True, slots=True)
class _Window:
    """A stretch of one text's tokens that fits the encoder."""

    text: int
    ids: list[int]
    offsets: list[tuple[int, int]]


@dataclass(slots=True)
class _Scored:
    """What the encoder says of one text: the strongest window per move, and its tokens' logits."""

    logits: NDArray[np.float32]
    windows: list[tuple[list[tuple[int, int]], NDArray[np.float32]]]
    best: NDArray[np.int64]


class OnnxMoveDetector:
    """Moves of a turn, with calibrated confidences and the words that carry them.

    ``folder`` holds moves-graph.onnx, which maps its weights from moves.onnx, tokenizer.json and
    calibration.json. Not for use by two threads at once.
    Raises ``KnownError`` ("model-missing", "model-damaged").
    """

    def __init__(self, folder: Path, threads: int = 1) -> None:
        try:
            calibration = json.loads((folder / "calibration.json").read_text(encoding="utf-8"))
            self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
            rows = [calibration["moves"][move] for move in MOVES]
            self._width = int(calibration["max_tokens"]) - 2
            self._gate = float(calibration.get("any_contentious", 0.0))
        except FileNotFoundError as error:
            raise KnownError("model-missing", f"{error.filename} is missing. Reinstall Sameside.") from error
        except Exception as error:
            raise KnownError(
                "model-damaged", f"The moves model in {folder} cannot be read. Reinstall Sameside."
            ) from error
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self._scale = np.array([row["scale"] for row in rows], dtype=np.float32)
        self._shift = np.array([row["shift"] for row in rows], dtype=np.float32)
        self.thresholds = {move: float(row["threshold"]) for move, row in zip(MOVES, rows, strict=True)}
        self._model = OnnxModel(folder / "moves-graph.onnx", threads)
        self._lately: OrderedDict[tuple[int, ...], list[NDArray[np.float32]]] = OrderedDict()

    def judge(
        self,
        text: str,
        context: Sequence[str] = (),  # noqa: ARG002 this model reads one turn at a time
    ) -> tuple[tuple[Move, ...], dict[str, float]]:
        """Moves above their thresholds, most confident first, and all 25 confidences in [0, 1]."""
        return self.judge_many([text])[0]

    def scores(self, text: str, context: Sequence[str] = ()) -> dict[str, float]:
        return self.judge(text, context)[1]

    def meaning(self, text: str) -> NDArray[np.float32] | None:
        """What the text is about: a vector of unit length, (768,), to be compared by its dot product.

        A text too long for the encoder is told by its first window; None for a text without words.
        """
        window = next(self._windows([text]), None)
        if window is None:
            return None
        meaning: NDArray[np.float32] = self._read(window)[2][0]
        return meaning

    def judge_many(self, texts: Sequence[str]) -> list[tuple[tuple[Move, ...], dict[str, float]]]:
        """For each text the moves above threshold and all 25 confidences; what is not English has none."""
        english = ["" if foreign(text) else text for text in texts]
        return [self._judge(text, scored) for text, scored in zip(english, self._score(english), strict=True)]

    def _judge(self, text: str, scored: _Scored | None) -> tuple[tuple[Move, ...], dict[str, float]]:
        if scored is None:
            return (), dict.fromkeys(MOVES, 0.0)
        confidence = 1 / (1 + np.exp(-(self._scale * scored.logits + self._shift)))
        moves = []
        any_contentious = 1 - np.prod(1 - confidence[: len(CONTENTIOUS)])
        flaggable = len(text.split()) >= _FEWEST_WORDS and any_contentious >= self._gate
        for column, name in enumerate(MOVES):
            if confidence[column] >= self.thresholds[name] and (flaggable or name in REPAIR):
                offsets, weight = scored.windows[scored.best[column]]
                evidence = strongest(text, offsets, weight[:, column])
                moves.append(Move(name, round(float(confidence[column]), 4), evidence))
        moves.sort(key=lambda move: -move.confidence)
        return tuple(moves), {name: round(float(confidence[i]), 4) for i, name in enumerate(MOVES)}

    def _windows(self, texts: Sequence[str]) -> Iterator[_Window]:
        for index, encoding in enumerate(self._tokenizer.encode_batch(list(texts))):
            first, *body, last = encoding.ids
            offsets = encoding.offsets[1:-1]
            for at in range(0, max(len(body) - _OVERLAP, 1), self._width - _OVERLAP):
                piece = body[at : at + self._width]
                if piece:
                    yield _Window(index, [first, *piece, last], offsets[at : at + self._width])

    def _score(self, texts: Sequence[str]) -> list[_Scored | None]:
        # One window at a time: int8 activations are scaled over the whole batch, so a turn's confidence
        # would otherwise depend on its neighbours.
        found: list[_Scored | None] = [None] * len(texts)
        for window in self._windows(texts):
            logits, tokens = self._read(window)[:2]
            found[window.text] = _merge(found[window.text], logits[0], (window.offsets, tokens[0, 1:-1]))
        return found

    def _read(self, window: _Window) -> list[NDArray[np.float32]]:
        """Logits, token logits and meaning of one window; read once for moves and meaning of one turn."""
        key = tuple(window.ids)
        found = self._lately.get(key)
        if found is None:
            ids = np.array([window.ids], dtype=np.int64)
            # Returned as it is: practice beside a call may have it forgotten again by now.
            found = self._lately[key] = self._model.run({"ids": ids, "mask": np.ones_like(ids)})
            if len(self._lately) > _REMEMBERED:
                self._lately.popitem(last=False)
        return found


def _merge(
    known: _Scored | None,
    logits: NDArray[np.float32],
    window: tuple[list[tuple[int, int]], NDArray[np.float32]],
) -> _Scored:
    """Keep, per move, the window of a long text that shows it most: the rest does not dilute it."""
    if known is None:
        return _Scored(logits, [window], np.zeros(len(MOVES), dtype=np.int64))
    better = logits > known.logits
    known.best[better] = len(known.windows)
    known.logits = np.maximum(known.logits, logits)
    known.windows.append(window)
    return known
