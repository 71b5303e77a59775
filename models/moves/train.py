"""Train, calibrate and export the moves detector that Sameside ships.

    python models/moves/train.py --base FOLDER --out models/moves/release --work FOLDER [--start FILE]

``--base`` holds all-mpnet-base-v2 (model.safetensors, config.json, tokenizer.json; Apache-2.0). Its lowest
eight layers (Sajjad et al. 2020, arXiv:2004.03844: the top ones are missed least) are fine-tuned with 25
sigmoid heads and asymmetric loss (Ridnik et al. 2021, arXiv:2009.14119): five epochs on the turns as written,
then two at half the rate with later turns and with turns as Whisper heard them. ``--start`` takes the first
part from a released moves.onnx instead. The run is kept in ``--work`` after every epoch and goes on from
there if it was stopped. Thresholds and calibration come from ``turns/dev.jsonl``, which nothing is trained
on; the test files are never read here.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

import torch

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parents[1])]

from training.calibrate import calibrate  # noqa: E402
from training.export import export, logits_of  # noqa: E402
from training.learn import Course, Hyper  # noqa: E402
from training.network import MovesNetwork, sentence_vectors  # noqa: E402
from training.restore import restore  # noqa: E402
from training.turns import (  # noqa: E402
    LATER_FILES,
    MAX_TOKENS,
    TRAINING_FILES,
    Turn,
    encode,
    open_tokenizer,
    read_turns,
)

LAYERS = tuple(range(8))
FIRST = Hyper(epochs=5)
SECOND = Hyper(epochs=2, body_rate=4e-5, head_rate=5e-4)


def base_vectors(base: Path, turns: Sequence[Turn], saved: Path) -> torch.Tensor:
    """The base encoder's sentence vectors of all turns: what a turn's meaning stays close to."""
    if not saved.exists():
        rows = encode(open_tokenizer(base), [turn.text for turn in turns])
        torch.save(sentence_vectors(base, rows), saved)
    return torch.load(saved)


def fit(base: Path, work: Path, seed: int, start: Path | None) -> MovesNetwork:
    """The trained network; ``start`` is a released file that stands for the first part."""
    torch.manual_seed(seed)
    model = MovesNetwork(base, LAYERS)
    if start is not None:
        restore(model, start)
    else:
        first = read_turns(HERE / "turns", TRAINING_FILES)
        vectors = base_vectors(base, first, work / "first-meanings.pt")
        Course(model, base, first, vectors, FIRST, seed).run(work / "first.pt")
    turns = read_turns(HERE / "turns", (*TRAINING_FILES, *LATER_FILES))
    vectors = base_vectors(base, turns, work / "meanings.pt")
    return Course(model, base, turns, vectors, SECOND, seed + 1).run(work / "second.pt")


def release(base: Path, out: Path, model: MovesNetwork) -> None:
    """moves.onnx, tokenizer.json and calibration.json; calibrated on what the exported file says."""
    out.mkdir(parents=True, exist_ok=True)
    export(model, out / "moves.onnx")
    shutil.copyfile(base / "tokenizer.json", out / "tokenizer.json")
    turns = read_turns(HERE / "turns", ["dev.jsonl"])
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
    model = fit(arguments.base, arguments.work, arguments.seed, arguments.start)
    release(arguments.base, arguments.out, model)


if __name__ == "__main__":
    main()
