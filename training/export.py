# mypy: allow-subclassing-any
"""From trained weights to the files that ship: three ONNX graphs, the tokenizer, the manifest."""

from __future__ import annotations

import hashlib
import json
import shutil
import warnings
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import torch
from torch import Tensor, nn

from discretion.encoder import FILES
from discretion.guard.reader import LABELS
from discretion.guard.reader._earlier import OVERLAPS
from discretion.guard.reader._features import FEATURES
from training.corpus import FLAGS, FRAMES
from training.data import GLANCE, LONGEST
from training.forward import GLANCE_SCALE
from training.model import Reader
from training.quantise import quantise
from training.rows import by_row

ROUNDINGS = ("rows", "weights")
"""Int8 arithmetic with a scale a piece (quick), or int8 weights that are made float again (exact)."""

_LONG = frozenset({"ids", "mask", "features", "x", "overlaps", "labels", "clauses"})


class _Encode(nn.Module):
    def __init__(self, model: Reader) -> None:
        super().__init__()
        self.encoder, self.pool = model.encoder, model.pool

    def forward(self, ids: Tensor, mask: Tensor, features: Tensor) -> tuple[Tensor, Tensor]:
        x = self.encoder(ids, mask, features)
        return x, self.pool(x, mask)


class _Answer(nn.Module):
    def __init__(self, model: Reader) -> None:
        super().__init__()
        self.heads, self.memory = model.heads, model.memory

    def forward(
        self, x: Tensor, mask: Tensor, features: Tensor, overlaps: Tensor, own: Tensor, state: Tensor
    ) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor]:
        return (*self.heads(x, mask, features, overlaps, own, state), self.memory.say(state, own))


class _Turns(nn.Module):
    """The memory over a table of the pieces' glances, so that the encoder's table need not be there twice."""

    def __init__(self, model: Reader) -> None:
        super().__init__()
        table = GLANCE_SCALE * model.encoder.pieces.weight.detach() @ model.memory.glance.weight.detach().T
        self.table = nn.Embedding.from_pretrained(table)
        self.memory = model.memory

    def forward(self, ids: Tensor, mask: Tensor, state: Tensor) -> tuple[Tensor, Tensor]:
        weights = mask.to(self.table.weight.dtype)[:, :, None]
        bag = (self.table(ids) * weights).sum(1) / weights.sum(1).clamp(min=1.0)
        return self.memory.begin(bag), self.memory.hear(state, bag)


class _Graph(NamedTuple):
    name: str
    module: Any
    given: tuple[Tensor, ...]
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]


def export(model: Reader, folder: Path, tokenizer: Path, *, rounding: str = "rows") -> None:
    """Write the model's graphs and tokenizer into ``folder``, weights rounded in one of ``ROUNDINGS``."""
    model.eval()
    work = folder / "work"
    work.mkdir(parents=True, exist_ok=True)
    for graph in _graphs(model):
        raw = work / f"{graph.name}.onnx"
        axes = {
            name: ({0: "batch", 1: "pieces"} if name in _LONG else {0: "batch"})
            for name in (*graph.inputs, *graph.outputs)
        }
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            torch.onnx.export(
                graph.module.eval(), graph.given, str(raw), input_names=list(graph.inputs),
                output_names=list(graph.outputs), dynamic_axes=axes, opset_version=17, dynamo=False,
            )  # fmt: skip
        if graph.name == "encoder":
            raw = _fused(raw, model, split=rounding == "rows")
            if rounding == "rows":
                by_row(raw, raw.with_name("rows.onnx"))
                raw = raw.with_name("rows.onnx")
        quantise(raw, folder / f"{graph.name}.onnx")
    shutil.rmtree(work)
    shutil.copyfile(tokenizer, folder / "tokenizer.json")


def put_manifest(
    folder: Path, version: str, thresholds: Mapping[str, float], settings: Mapping[str, float]
) -> None:
    """Write the manifest of the model in ``folder``."""
    manifest = {
        "format": 1,
        "features": list(FEATURES),
        "overlaps": list(OVERLAPS),
        "labels": list(LABELS),
        "frames": list(FRAMES),
        "limits": list(FLAGS),
        "longest_pieces": LONGEST,
        "glance_pieces": GLANCE,
        "version": version,
        "thresholds": dict(thresholds),
        "settings": dict(settings),
        "files": {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in FILES[:-1]},
    }
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")


def _graphs(model: Reader) -> Iterator[_Graph]:
    shape = model.shape
    ids = torch.randint(5, 1000, (2, 7))
    mask = torch.ones(2, 7, dtype=torch.long)
    features = torch.zeros(2, 7, shape.words)
    overlaps = torch.zeros(2, 7, shape.overlaps)
    state = torch.zeros(2, shape.turn)
    x, own = _Encode(model)(ids, mask, features)
    yield _Graph("encoder", _Encode(model), (ids, mask, features), ("ids", "mask", "features"), ("x", "own"))
    yield _Graph(
        "heads",
        _Answer(model),
        (x, mask, features, overlaps, own, state),
        ("x", "mask", "features", "overlaps", "own", "state"),
        ("labels", "clauses", "frame", "limits", "said"),
    )
    yield _Graph("turns", _Turns(model), (ids, mask, state), ("ids", "mask", "state"), ("begun", "heard"))


def _fused(raw: Path, model: Reader, *, split: bool) -> Path:
    """The encoder's graph with each attention as one step, with or without (``split``) its projections."""
    from onnxruntime.transformers import optimizer
    from onnxruntime.transformers.fusion_options import FusionOptions

    options = FusionOptions("bert")
    options.enable_embed_layer_norm = False
    options.use_multi_head_attention = split
    shape = model.shape
    fused = optimizer.optimize_model(
        str(raw),
        "bert",
        num_heads=shape.heads,
        hidden_size=shape.width,
        optimization_options=options,
        opt_level=0,
    )
    target = raw.with_name("fused.onnx")
    fused.save_model_to_file(str(target))
    return target
