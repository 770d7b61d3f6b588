"""Weights as int8 with one scale a column, arithmetic in float.

The files are small, and an answer does not depend on what else was in the batch.

Dynamic int8, where activations are rounded too, is three times as fast and was measured to lose too much (see
docs/decisions on the model). The runtime folds the scales into float weights when it loads the graph.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
from onnx import helper, numpy_helper

SMALLEST = 4_096
"""Weights of fewer numbers stay as they are."""


def quantise(source: Path, target: Path) -> None:
    """Write the graph in ``source`` to ``target`` with its two-dimensional float weights as int8."""
    model = onnx.load(str(source))
    graph = model.graph
    nodes, kept = [], []
    for weight in graph.initializer:
        array = numpy_helper.to_array(weight)
        if array.ndim != 2 or array.dtype != np.float32 or array.size < SMALLEST:
            kept.append(weight)
            continue
        # A table that is looked up by row has its scale a row, a matrix its scale a column.
        axis = 0 if any(weight.name in node.input and node.op_type == "Gather" for node in graph.node) else 1
        scale = np.maximum(np.abs(array).max(1 - axis), 1e-8) / 127.0
        rounded = np.rint(array / (scale[:, None] if axis == 0 else scale[None, :])).astype(np.int8)
        kept.append(numpy_helper.from_array(rounded, f"{weight.name}.int8"))
        if axis == 0:
            _looked_up(graph, weight.name, scale.astype(np.float32), kept)
            continue
        kept.append(numpy_helper.from_array(scale.astype(np.float32), f"{weight.name}.scale"))
        nodes.append(
            helper.make_node(
                "DequantizeLinear", [f"{weight.name}.int8", f"{weight.name}.scale"], [weight.name],
                name=f"{weight.name}.float", axis=1,
            )
        )  # fmt: skip
    rest = list(graph.node)
    del graph.initializer[:], graph.node[:]
    graph.initializer.extend(kept)
    graph.node.extend([*nodes, *rest])
    onnx.save(model, str(target))


def _looked_up(
    graph: onnx.GraphProto,
    name: str,
    scale: np.ndarray[tuple[int], np.dtype[np.float32]],
    kept: list[onnx.TensorProto],
) -> None:
    """Rows are looked up as int8 and made float afterwards, so that the table stays small in memory."""
    kept.append(numpy_helper.from_array(scale[:, None], f"{name}.scale"))
    for at, node in enumerate(list(graph.node)):
        if node.op_type != "Gather" or node.input[0] != name:
            continue
        ids, out = node.input[1], node.output[0]
        new = [
            helper.make_node("Gather", [f"{name}.int8", ids], [f"{out}.int8"]),
            helper.make_node("Cast", [f"{out}.int8"], [f"{out}.cast"], to=onnx.TensorProto.FLOAT),
            helper.make_node("Gather", [f"{name}.scale", ids], [f"{out}.scale"]),
            helper.make_node("Mul", [f"{out}.cast", f"{out}.scale"], [out]),
        ]
        graph.node.remove(node)
        for step, made in enumerate(new):
            graph.node.insert(at + step, made)
        break
