"""A released int8 file back into the network, so that training can go on from it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper

from training.network import MovesNetwork

_MATMUL, _BLOCKS = "MatMulInteger", "MatMulNBits"


def restore(model: MovesNetwork, file: Path) -> None:
    """Fill ``model`` with the weights of ``file`` (coach's moves.onnx), int8 taken times its scale.

    The embeddings stay the base encoder's: they are never trained. Raises ValueError where a weight of the
    network is not found, or has another shape.
    """
    graph = onnx.load(file).graph
    kept = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    found = {name: array for name, array in kept.items() if array.dtype == np.float32}
    for name in [name for name in kept if name.endswith(".weight_quantized")]:
        found[name.removesuffix("_quantized")] = _plain(kept, name)
    for node in graph.node:
        # "/encoder/encoder/layer.0/output/dense/MatMul_quant" multiplies by encoder...dense.weight.
        owner = node.name.strip("/").rsplit("/", 1)[0].replace("/", ".")
        if node.op_type == _MATMUL:
            found[f"{owner}.weight"] = _plain(kept, node.input[1]).T
        elif node.op_type == _BLOCKS:
            found[f"{owner}.weight"] = _from_blocks(kept[node.input[1]], kept[node.input[2]])
    state = model.state_dict()
    for name, tensor in state.items():
        if name.startswith("encoder.embeddings."):
            continue
        if name not in found or found[name].shape != tuple(tensor.shape):
            raise ValueError(f"{file.name} does not hold {name} of shape {tuple(tensor.shape)}")
        state[name] = torch.from_numpy(np.array(found[name], dtype=np.float32))
    model.load_state_dict(state)


def _plain(kept: dict[str, np.ndarray], name: str) -> np.ndarray:
    stem = name.removesuffix("_quantized")
    scale, zero = kept[f"{stem}_scale"], kept[f"{stem}_zero_point"]
    return (kept[name].astype(np.float32) - zero.astype(np.float32)) * scale


def _from_blocks(weights: np.ndarray, scales: np.ndarray) -> np.ndarray:
    """Weights (out, in) from uint8 (out, blocks, size) around 128 with a scale for each block."""
    out, blocks, _size = weights.shape
    plain = (weights.astype(np.float32) - 128) * scales.reshape(out, blocks, 1)
    return plain.reshape(out, -1)
