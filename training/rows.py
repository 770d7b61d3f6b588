"""Int8 arithmetic with a scale for each piece: quick, and the same answer whatever else is in the batch.

Weights have a scale a column, activations a scale a row (a piece), so one piece's large numbers do not make
another's coarse. Weights keep seven bits: with eight, processors without wide int8 products (AVX2 before
VNNI) overflow their 16-bit sums, and the same message would get other findings on another machine.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import NodeProto, TensorProto, helper, numpy_helper

SMALLEST = 100_000
"""Matrices of fewer numbers keep float arithmetic."""

LEVELS = 127.0
"""The largest magnitude of a rounded activation; ``ZERO`` stands for 0."""
ZERO = 128

WEIGHT_LEVELS = 64.0
"""The largest magnitude of a rounded weight: 2 * 255 * 64 fits into 16 bits."""

_PER_LEVEL, _LEAST, _ZERO, _ALL, _SHAPE = (
    f"rows.{what}" for what in ("per_level", "least", "zero", "all", "shape")
)


def by_row(source: Path, target: Path) -> None:
    """Write the encoder's graph in ``source`` to ``target`` with its large products in int8."""
    model = onnx.load(str(source))
    graph = model.graph
    held = {one.name: one for one in graph.initializer}
    large = {
        node.input[1]: numpy_helper.to_array(held[node.input[1]])
        for node in graph.node
        if node.op_type == "MatMul" and node.input[1] in held
    }
    large = {name: array for name, array in large.items() if array.size >= SMALLEST}
    made = _Made(graph.input[0].name)
    for node in graph.node:
        if node.op_type == "MatMul" and node.input[1] in large:
            made.product(node, large[node.input[1]])
        else:
            made.nodes.append(node)
    kept = [one for name, one in held.items() if name not in large]
    del graph.node[:], graph.initializer[:]
    graph.node.extend(made.nodes)
    graph.initializer.extend([*kept, *made.weights])
    onnx.save(model, str(target))


class _Made:
    """The new graph's nodes and weights as they come about."""

    def __init__(self, ids: str) -> None:
        self.weights: list[TensorProto] = []
        self.nodes: list[NodeProto] = []
        self._rounded: dict[str, tuple[str, str]] = {}
        self._put(_PER_LEVEL, np.array([1 / LEVELS], np.float32))
        self._put(_LEAST, np.array([1e-9], np.float32))
        self._put(_ZERO, np.array([ZERO], np.uint8))
        self._put(_ALL, np.array([-1], np.int64))
        # Rows are flat for the product; afterwards they are (batch, pieces, width) again.
        self._step("Shape", [ids], f"{ids}.shape")
        self._step("Concat", [f"{ids}.shape", _ALL], _SHAPE, axis=0)

    def product(self, node: NodeProto, weights: NDArray[np.float32]) -> None:
        """``node``'s product, rounded on both sides."""
        rows, scale = self._round(node.input[0], weights.shape[0])
        out = node.output[0]
        column = np.maximum(np.abs(weights).max(0), 1e-8) / WEIGHT_LEVELS
        self._put(f"{out}.int8", np.rint(weights / column).astype(np.int8))
        self._put(f"{out}.column", column.astype(np.float32))
        self._step("MatMulInteger", [rows, f"{out}.int8", _ZERO], f"{out}.sums")
        self._step("Cast", [f"{out}.sums"], f"{out}.float", to=TensorProto.FLOAT)
        self._step("Mul", [f"{out}.float", scale], f"{out}.rows")
        self._step("Mul", [f"{out}.rows", f"{out}.column"], f"{out}.flat")
        self._step("Reshape", [f"{out}.flat", _SHAPE], out)

    def _round(self, name: str, width: int) -> tuple[str, str]:
        """The rows of ``name`` as bytes, and their scales ``(rows, 1)``; made once for all products of it."""
        if name not in self._rounded:
            self._put(f"{name}.width", np.array([-1, width], np.int64))
            self._step("Reshape", [name, f"{name}.width"], f"{name}.flat")
            self._step("Abs", [f"{name}.flat"], f"{name}.size")
            self._step("ReduceMax", [f"{name}.size"], f"{name}.most", axes=[1], keepdims=1)
            self._step("Mul", [f"{name}.most", _PER_LEVEL], f"{name}.level")
            self._step("Add", [f"{name}.level", _LEAST], f"{name}.scale")
            self._step("Reshape", [f"{name}.scale", _ALL], f"{name}.scales")
            self._step("Shape", [f"{name}.scales"], f"{name}.count")
            self._step("Expand", [_ZERO, f"{name}.count"], f"{name}.zeros")
            self._step(
                "QuantizeLinear", [f"{name}.flat", f"{name}.scales", f"{name}.zeros"], f"{name}.bytes", axis=0
            )
            self._rounded[name] = f"{name}.bytes", f"{name}.scale"
        return self._rounded[name]

    def _put(self, name: str, array: NDArray[Any]) -> None:
        self.weights.append(numpy_helper.from_array(array, name))

    def _step(self, operator: str, given: list[str], out: str, **attributes: Any) -> None:
        self.nodes.append(helper.make_node(operator, given, [out], name=f"{out}.step", **attributes))
