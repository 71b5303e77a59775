"""The graph of a released file apart from its weights, which stay where they lie in that file.

    python models/moves/training/mapped.py models/moves/release

A file of its own weights is read whole and copied. From the graph alone onnxruntime maps the weights into
memory instead: of the table of word vectors (23 MB) only the rows that are asked for are ever read.
"""

from __future__ import annotations

import sys
from pathlib import Path

import onnx

WEIGHTS, GRAPH = "moves.onnx", "moves-graph.onnx"
_LEAST_BYTES = 64 * 1024
"""Smaller tables go along with the graph."""
_BYTES = (onnx.TensorProto.INT8, onnx.TensorProto.UINT8)
"""Only these may begin anywhere in a file; a wider number wants a place that is a multiple of its size."""


def write_graph(folder: Path) -> None:
    """Write ``GRAPH`` beside ``WEIGHTS``; where a table occurs twice in the file, ``ValueError``."""
    whole = (folder / WEIGHTS).read_bytes()
    model = onnx.load_from_string(whole)
    for table in model.graph.initializer:
        if len(table.raw_data) >= _LEAST_BYTES and table.data_type in _BYTES:
            _point(table, whole)
    (folder / GRAPH).write_bytes(model.SerializeToString())


def _point(table: onnx.TensorProto, whole: bytes) -> None:
    """Say where in the file the table lies, instead of holding it."""
    start, length = whole.find(table.raw_data), len(table.raw_data)
    if whole.find(table.raw_data, start + 1) >= 0:
        raise ValueError(f"{table.name} lies in the file twice")
    table.ClearField("raw_data")
    table.data_location = onnx.TensorProto.EXTERNAL
    for key, value in (("location", WEIGHTS), ("offset", start), ("length", length)):
        table.external_data.add(key=key, value=str(value))


if __name__ == "__main__":
    write_graph(Path(sys.argv[1]))
