"""Train, calibrate and export the moves detector that Sameside ships.

    python models/moves/train.py --base FOLDER --out models/moves/release --work FOLDER [--start FILE]

``--base`` holds all-mpnet-base-v2 (model.safetensors, config.json, tokenizer.json; Apache-2.0). Its lowest
eight layers (Sajjad et al. 2020, arXiv:2004.03844: the top ones are missed least) are fine-tuned with 25
sigmoid heads and asymmetric loss (Ridnik et al. 2021, arXiv:2009.14119): five epochs on the turns as written,
then two at half the rate with later turns and with turns as Whisper heard them, then three times two with the
latest turns beside a share of all that came before. After the third part the weights before and after it are
averaged (Wortsman et al. 2022, arXiv:2109.01903). The run is kept in ``--work`` after every epoch and goes on
from there if it was stopped; ``--start`` takes all parts but the last from a released moves.onnx. Thresholds
and calibration come from ``turns/dev*.jsonl``, which nothing is trained on; the test files are never read.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parents[1])]

from training.calibrate import calibrate  # noqa: E402
from training.export import export, logits_of  # noqa: E402
from training.learn import Course, Hyper, finished  # noqa: E402
from training.mapped import write_graph  # noqa: E402
from training.network import MovesNetwork, sentence_vectors  # noqa: E402
from training.restore import restore  # noqa: E402
from training.turns import (  # noqa: E402
    DEVELOPMENT_FILES,
    FIFTH_FILES,
    FIRST_FILES,
    FOURTH_FILES,
    MAX_TOKENS,
    SECOND_FILES,
    THIRD_FILES,
    Turn,
    encode,
    open_tokenizer,
    read_turns,
)

LAYERS = tuple(range(8))
FIRST = Hyper(epochs=5)
SECOND = Hyper(epochs=2, body_rate=4e-5, head_rate=5e-4)
LATE = Hyper(epochs=2, body_rate=4e-5, head_rate=5e-4)
EARLIER_FILES = (*FIRST_FILES, *SECOND_FILES)


@dataclass(frozen=True)
class LatePart:
    """New turns beside a drawn share of those before, which are not to be forgotten."""

    name: str
    earlier: tuple[str, ...]
    latest: tuple[str, ...]
    share: float
    averaged: bool


LATE_PARTS = (
    LatePart("third", EARLIER_FILES, THIRD_FILES, 1 / 2, averaged=True),
    LatePart("fourth", (*EARLIER_FILES, *THIRD_FILES), FOURTH_FILES, 1 / 4, averaged=False),
    LatePart("fifth", (*EARLIER_FILES, *THIRD_FILES, *FOURTH_FILES), FIFTH_FILES, 1 / 6, averaged=False),
)


def base_vectors(base: Path, turns: Sequence[Turn], saved: Path) -> torch.Tensor:
    """The base encoder's sentence vectors of all turns: what a turn's meaning stays close to."""
    if not saved.exists():
        rows = encode(open_tokenizer(base), [turn.text for turn in turns])
        torch.save(sentence_vectors(base, rows), saved)
    return torch.load(saved)


class Training:
    """The five parts, each kept in ``work`` and gone on from there."""

    def __init__(self, base: Path, work: Path, seed: int) -> None:
        torch.manual_seed(seed)
        self.model = MovesNetwork(base, LAYERS)
        self._base, self._work, self._seed = base, work, seed

    def fit(self, start: Path | None) -> MovesNetwork:
        """The trained network; ``start`` is a released file that stands for all parts but the last."""
        late = LATE_PARTS
        if start is not None:
            restore(self.model, start)
            late = LATE_PARTS[-1:]
        elif not finished(self.model, self._work / "second.pt", SECOND):
            self._learn("first", FIRST_FILES, FIRST, self._seed)
            self._learn("second", EARLIER_FILES, SECOND, self._seed + 1)
        for part in late:
            before = {name: tensor.clone() for name, tensor in self.model.state_dict().items()}
            self._learn_late(part)
            if part.averaged:
                after = self.model.state_dict()
                self.model.load_state_dict({name: (before[name] + after[name]) / 2 for name in after})
        return self.model.eval()

    def _learn(self, part: str, files: Sequence[str], hyper: Hyper, seed: int) -> None:
        turns = read_turns(HERE / "turns", files)
        vectors = base_vectors(self._base, turns, self._work / f"{part}-meanings.pt")
        Course(self.model, self._base, turns, vectors, hyper, seed).run(self._work / f"{part}.pt")

    def _learn_late(self, part: LatePart) -> None:
        earlier, latest = (read_turns(HERE / "turns", files) for files in (part.earlier, part.latest))
        kept = sorted(random.Random(self._seed).sample(range(len(earlier)), int(len(earlier) * part.share)))
        turns = [*(earlier[place] for place in kept), *latest]
        vectors = base_vectors(self._base, turns, self._work / f"{part.name}-meanings.pt")
        seed = self._seed + 2 + LATE_PARTS.index(part)
        Course(self.model, self._base, turns, vectors, LATE, seed).run(self._work / f"{part.name}.pt")


def release(base: Path, out: Path, model: MovesNetwork) -> None:
    """moves.onnx, its graph, tokenizer.json; and calibration.json, by what the exported file says."""
    out.mkdir(parents=True, exist_ok=True)
    export(model, out / "moves.onnx")
    write_graph(out)
    shutil.copyfile(base / "tokenizer.json", out / "tokenizer.json")
    turns = read_turns(HERE / "turns", DEVELOPMENT_FILES)
    logits = logits_of(out / "moves.onnx", encode(open_tokenizer(base), [turn.text for turn in turns]))
    found = calibrate(logits, torch.stack([turn.labels for turn in turns]).numpy())
    (out / "calibration.json").write_text(json.dumps({**found, "max_tokens": MAX_TOKENS}, indent=1) + "\n")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=HERE / "release")
    parser.add_argument("--work", type=Path, required=True, help="where an unfinished run is kept")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--start", type=Path, help="a released moves.onnx to go on from")
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    arguments.work.mkdir(parents=True, exist_ok=True)
    model = Training(arguments.base, arguments.work, arguments.seed).fit(arguments.start)
    release(arguments.base, arguments.out, model)


if __name__ == "__main__":
    main()
