"""The files of the model and the manifest that says what they hold."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from discretion.records import DiscretionError

FOLDER = Path(__file__).parent / "model"
"""Where the shipped model lies."""

FILES = ("encoder.onnx", "heads.onnx", "turns.onnx", "tokenizer.json", "manifest.json")
FORMAT = 1


class ModelMissing(DiscretionError):
    """The model's files are not there, damaged, or of another format than this program reads."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a trained model was told and what it answers.

    ``features`` and ``overlaps`` name the columns of its inputs in order, ``labels``, ``frames`` and
    ``limits`` the columns of its outputs; ``thresholds`` holds a probability for a kind, ``settings`` further
    numbers that were chosen on validation conversations; ``version`` names the training run.
    """

    version: str
    features: tuple[str, ...]
    overlaps: tuple[str, ...]
    labels: tuple[str, ...]
    frames: tuple[str, ...]
    limits: tuple[str, ...]
    thresholds: dict[str, float]
    settings: dict[str, float]
    longest_pieces: int
    glance_pieces: int
    files: dict[str, str]
    """The SHA-256 of each of the model's other files."""


def manifest(folder: Path = FOLDER) -> Manifest:
    """The manifest of the model in ``folder``; raises ``ModelMissing`` with the reason."""
    for name in FILES:
        if not (folder / name).is_file():
            raise ModelMissing(f"the model's files are missing ({name}): install Discretion again")
    try:
        held = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        if held.pop("format") != FORMAT:
            raise ModelMissing("the model is of another format than this program reads")
        for name in ("features", "overlaps", "labels", "frames", "limits"):
            held[name] = tuple(held[name])
        made = Manifest(**held)
        for name in FILES[:-1]:
            if hashlib.sha256((folder / name).read_bytes()).hexdigest() != made.files[name]:
                raise ModelMissing(
                    f"the model is incomplete or was changed ({name}): install Discretion again"
                )
        return made
    except (ValueError, KeyError, TypeError, AttributeError, OSError) as error:
        raise ModelMissing(f"the model's manifest cannot be read: {type(error).__name__}") from None
