"""Train, calibrate and export the moves detector that Sameside ships.

    python models/moves/train.py --base FOLDER --out models/moves/release --work FOLDER

``--base`` holds all-mpnet-base-v2 (model.safetensors, config.json, tokenizer.json; Apache-2.0). Its lowest
eight layers (Sajjad et al. 2020, arXiv:2004.03844: the top ones are missed least) are fine-tuned with 25
sigmoid heads and asymmetric loss (Ridnik et al. 2021, arXiv:2009.14119): four epochs over all turns, as
written and as Whisper heard some of them, products in bfloat16. The run is kept in ``--work`` after every
epoch and goes on from there if it was stopped. Thresholds and calibration come from ``turns/dev*.jsonl``,
which nothing is trained on; the test files are never read.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from pathlib import Path

import torch

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parents[1])]

from training.calibrate import calibrate  # noqa: E402
from training.export import export, logits_of  # noqa: E402
from training.learn import Course, Hyper  # noqa: E402
from training.mapped import write_graph  # noqa: E402
from training.network import MovesNetwork, sentence_vectors  # noqa: E402
from training.turns import (  # noqa: E402
    DEVELOPMENT_FILES,
    MAX_TOKENS,
    TRAINING_FILES,
    encode,
    open_tokenizer,
    read_turns,
)

LAYERS = tuple(range(8))


def base_vectors(base: Path, work: Path) -> torch.Tensor:
    """The base encoder's sentence vectors of all turns: what a turn's meaning stays close to."""
    found = []
    for name in TRAINING_FILES:
        saved = work / f"{Path(name).stem}.meanings.pt"
        if not saved.exists():
            turns = read_turns(HERE / "turns", [name])
            rows = encode(open_tokenizer(base), [turn.text for turn in turns])
            torch.save(sentence_vectors(base, rows), saved)
        found.append(torch.load(saved))
    return torch.cat(found)


def trained(base: Path, work: Path, seed: int) -> MovesNetwork:
    """The network after all epochs, those that ``work`` keeps included."""
    torch.manual_seed(seed)
    model = MovesNetwork(base, LAYERS)
    turns = read_turns(HERE / "turns", TRAINING_FILES)
    return Course(model, base, turns, base_vectors(base, work), Hyper(), seed).run(work / "run.pt")


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
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    arguments.work.mkdir(parents=True, exist_ok=True)
    model = trained(arguments.base, arguments.work, arguments.seed)
    release(arguments.base, arguments.out, model)


if __name__ == "__main__":
    main()
