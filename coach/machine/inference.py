"""The only onnxruntime import: a session with bounded threads that takes and gives numpy arrays."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray

from coach.errors import KnownError
from coach.machine import heap

Arrays = Mapping[str, NDArray[np.generic]]


class OnnxModel:
    """One ONNX file, loaded once, run on the CPU with ``threads`` threads and no spinning."""

    def __init__(self, path: Path, threads: int = 1) -> None:
        options = ort.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        # Each kept the most it ever needed, 12 MB for the moves; asking anew costs no time that can be told.
        options.enable_cpu_mem_arena = False
        options.enable_mem_pattern = False
        options.log_severity_level = 3
        try:
            with heap.loading():
                self._session = ort.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
        except Exception as error:
            raise KnownError(
                "model-damaged",
                f"The model file {path.name} cannot be read. Run 'sameside models verify', "
                "then reinstall Sameside if it names a file.",
            ) from error

    def run(self, inputs: Arrays) -> list[NDArray[np.float32]]:
        """All outputs, in the file's order."""
        return [np.asarray(output) for output in self._session.run(None, dict(inputs))]
