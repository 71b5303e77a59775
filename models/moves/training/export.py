"""The trained network as one int8 ONNX file, and what that file says of a turn."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.matmul_nbits_quantizer import MatMulNBitsQuantizer

from training.network import MovesNetwork

INT8_ACTIVATIONS = 4
BY_BLOCKS = 3
"""Of so many last layers the feed-forward products stay in blocks of 128 weights: int8 loses most there."""


def export(model: MovesNetwork, out: Path) -> None:
    """Write ``out``: int8 per channel, reduced range (safe without VNNI), some of the last by blocks."""
    plain = out.with_suffix(".fp32.onnx")
    ids = torch.ones(1, 8, dtype=torch.long)
    names = ("ids", "mask")
    torch.onnx.export(
        model.eval(),
        (ids, ids),
        plain,
        input_names=list(names),
        output_names=["logits", "token_logits", "meaning"],
        dynamic_axes={name: {0: "batch", 1: "tokens"} for name in (*names, "token_logits")},
        opset_version=17,
        dynamo=False,
    )
    late = _products_of_the_last_layers(plain, len(model.encoder.encoder.layer))
    quantize_dynamic(
        plain,
        out,
        per_channel=True,
        reduce_range=True,
        weight_type=QuantType.QInt8,
        nodes_to_exclude=late,
    )
    blocks = MatMulNBitsQuantizer(
        onnx.load(out), bits=8, block_size=128, is_symmetric=True, accuracy_level=INT8_ACTIVATIONS
    )
    blocks.process()
    blocks.model.save_model_to_file(str(out))
    plain.unlink()


def _products_of_the_last_layers(file: Path, layers: int) -> list[str]:
    late = tuple(
        f"/layer.{layer}/{part}/"
        for layer in range(layers - BY_BLOCKS, layers)
        for part in ("intermediate", "output")
    )
    nodes = onnx.load(file).graph.node
    return [
        node.name for node in nodes if node.op_type == "MatMul" and any(part in node.name for part in late)
    ]


def logits_of(file: Path, rows: Sequence[Sequence[int]]) -> np.ndarray:
    """Logits by the exported file, one turn at a time as in the product, shape (turns, 25)."""
    session = onnxruntime.InferenceSession(file)
    found = []
    for row in rows:
        ids = np.array([row], dtype=np.int64)
        found.append(session.run(["logits"], {"ids": ids, "mask": np.ones_like(ids)})[0][0])
    return np.stack(found)
