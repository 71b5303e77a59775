"""Convert the second, small speaker encoder that Sameside ships from its published weights to ONNX.

    pip download --no-deps resemblyzer==0.1.4      # a wheel that carries the weights
    pip install torch==2.13.0 onnx==1.23.2 onnxruntime==1.32.0   # for the conversion only
    python models/voice/convert_ge2e.py --wheel Resemblyzer-0.1.4-*.whl --out models/voice/release

The network is GE2E (Wan et al. 2018, arXiv:1710.10467), three LSTM layers and a linear one, with weights of
Resemblyzer (Apache-2.0). The wheel is unpacked, not installed; the weights are checked against their digest.
They are kept as 16-bit numbers, as convert.py keeps CAM++'s, and the script prints what that costs. The same
wheel and versions give the same bytes.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import sys
import zipfile
from pathlib import Path

import numpy as np
import onnx
import torch
from convert import halved, write_sums
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

WEIGHTS = "resemblyzer/pretrained.pt"
WEIGHTS_SHA256 = "39373b86598fa3da9fcddee6142382efe09777e8d37dc9c0561f41f0070f134e"
BANDS, HIDDEN, LAYERS = 40, 256, 3
OPSET = 17
NAME = "ge2e.onnx"

Weights = dict[str, NDArray[np.float32]]


def weights(wheel: Path) -> Weights:
    with zipfile.ZipFile(wheel) as archive:
        data = archive.read(WEIGHTS)
    if hashlib.sha256(data).hexdigest() != WEIGHTS_SHA256:
        sys.exit(f"{WEIGHTS} in {wheel} is not the file this conversion was made for")
    state = torch.load(io.BytesIO(data), map_location="cpu", weights_only=True)["model_state"]
    return {name: value.numpy() for name, value in state.items()}


def reordered(gates: NDArray[np.float32]) -> NDArray[np.float32]:
    """From torch's order of gates (input, forget, cell, output) to ONNX's (input, output, forget, cell)."""
    inputs, forget, cell, output = np.split(gates, 4)
    return np.concatenate([inputs, output, forget, cell])


def graph(state: Weights) -> onnx.ModelProto:
    """Features (batch, frames, 40) in, embeddings (batch, 256) out; not of length 1, none below 0."""
    held = {
        "first": np.array([0], np.int64),
        "second": np.array([1], np.int64),
        "linear.w": state["linear.weight"],
        "linear.b": state["linear.bias"],
    }
    nodes = [helper.make_node("Transpose", ["mel"], ["in.0"], perm=[1, 0, 2])]
    for layer in range(LAYERS):
        held[f"w.{layer}"] = reordered(state[f"lstm.weight_ih_l{layer}"])[np.newaxis]
        held[f"r.{layer}"] = reordered(state[f"lstm.weight_hh_l{layer}"])[np.newaxis]
        biases = [reordered(state[f"lstm.bias_{kind}_l{layer}"]) for kind in ("ih", "hh")]
        held[f"b.{layer}"] = np.concatenate(biases)[np.newaxis]
        names = [f"in.{layer}", f"w.{layer}", f"r.{layer}", f"b.{layer}"]
        nodes.append(helper.make_node("LSTM", names, [f"out.{layer}", f"last.{layer}"], hidden_size=HIDDEN))
        nodes.append(helper.make_node("Squeeze", [f"out.{layer}", "second"], [f"in.{layer + 1}"]))
    nodes = nodes[:-1]
    nodes.append(helper.make_node("Squeeze", [f"last.{LAYERS - 1}", "first"], ["voice"]))
    nodes.append(helper.make_node("Gemm", ["voice", "linear.w", "linear.b"], ["said"], transB=1))
    nodes.append(helper.make_node("Relu", ["said"], ["embedding"]))
    made = helper.make_graph(
        nodes,
        "ge2e",
        [helper.make_tensor_value_info("mel", TensorProto.FLOAT, ["batch", "frames", BANDS])],
        [helper.make_tensor_value_info("embedding", TensorProto.FLOAT, ["batch", HIDDEN])],
        [numpy_helper.from_array(np.ascontiguousarray(value), name) for name, value in held.items()],
    )
    return helper.make_model(made, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=8)


def difference(state: Weights, path: Path) -> float:
    """The lowest cosine between the network's and the file's embeddings of random features."""
    import onnxruntime

    lstm = torch.nn.LSTM(BANDS, HIDDEN, LAYERS, batch_first=True)
    linear = torch.nn.Linear(HIDDEN, HIDDEN)
    for net, prefix in ((lstm, "lstm."), (linear, "linear.")):
        own = {n.removeprefix(prefix): torch.from_numpy(v) for n, v in state.items() if n.startswith(prefix)}
        net.load_state_dict(own)
    session = onnxruntime.InferenceSession(str(path))
    lowest = 1.0
    for frames in (60, 81, 161, 301):
        mel = torch.rand(2, frames, BANDS, generator=torch.Generator().manual_seed(frames)) * 0.05
        with torch.no_grad():
            wanted = torch.relu(linear(lstm(mel)[1][0][-1])).numpy()
        got = session.run(None, {"mel": mel.numpy()})[0]
        cosines = (wanted * got).sum(1) / np.linalg.norm(wanted, axis=1) / np.linalg.norm(got, axis=1)
        lowest = min(lowest, float(cosines.min()))
    return lowest


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--wheel", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    state = weights(options.wheel)
    path = options.out / NAME
    onnx.save(halved(graph(state)), path)
    print(
        f"{path}: {path.stat().st_size:,} bytes, lowest cosine to the original {difference(state, path):.6f}"
    )
    write_sums(options.out)


if __name__ == "__main__":
    main()
