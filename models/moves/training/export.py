"""The trained network as one int8 ONNX file, and what that file says of a turn."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnxruntime
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from training.network import MovesNetwork


def export(model: MovesNetwork, out: Path) -> None:
    """Write ``out`` (int8 per channel, reduced range: safe on processors without VNNI)."""
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
    quantize_dynamic(plain, out, per_channel=True, reduce_range=True, weight_type=QuantType.QInt8)
    plain.unlink()


def logits_of(file: Path, rows: Sequence[Sequence[int]]) -> np.ndarray:
    """Logits by the exported file, one turn at a time as in the product, shape (turns, 25)."""
    session = onnxruntime.InferenceSession(file)
    found = []
    for row in rows:
        ids = np.array([row], dtype=np.int64)
        found.append(session.run(["logits"], {"ids": ids, "mask": np.ones_like(ids)})[0][0])
    return np.stack(found)
