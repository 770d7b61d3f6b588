"""The files of the model and the manifest that says what they hold."""

from __future__ import annotations

import hashlib
import json
import math
from dataclasses import dataclass
from pathlib import Path

from discretion.records import DiscretionError

FOLDER = Path(__file__).parent / "model"
"""Where the shipped model lies."""

FILES = ("encoder.onnx", "heads.onnx", "turns.onnx", "tokenizer.json", "manifest.json")
FORMAT = 1

LONGEST_PIECES = range(9, 513)
"""Lengths that a window may have: room for words between its end marks, and no more than the base knows."""

GLANCE_PIECES = range(1, 513)
TURN_WIDTHS = range(1, 4097)


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
        _check(made)
        for name in FILES[:-1]:
            if hashlib.sha256((folder / name).read_bytes()).hexdigest() != made.files[name]:
                raise ModelMissing(
                    f"the model is incomplete or was changed ({name}): install Discretion again"
                )
        return made
    except (ValueError, KeyError, TypeError, AttributeError, OSError, RecursionError) as error:
        raise ModelMissing(f"the model's manifest cannot be read: {type(error).__name__}") from None


def _check(held: Manifest) -> None:
    """Raise ``ModelMissing`` where a number is none or out of range; further settings may be there.

    JSON of another hand may hold anything, NaN and numbers too large for a float included.
    """
    for what, numbers in (("thresholds", held.thresholds), ("settings", held.settings)):
        if not isinstance(numbers, dict):
            raise ModelMissing(f"the model's manifest is damaged ({what}): install Discretion again")
    pieces = (
        ("longest_pieces", held.longest_pieces, LONGEST_PIECES),
        ("glance_pieces", held.glance_pieces, GLANCE_PIECES),
    )
    wrong = [
        *(name for name, share in held.thresholds.items() if not (_is_number(share) and 0 < share < 1)),
        *(name for name, number in held.settings.items() if not _is_number(number)),
        *(name for name, number, allowed in pieces if type(number) is not int or number not in allowed),
    ]
    if not wrong and held.settings.get("frame_scale", 1.0) <= 0:
        wrong.append("frame_scale")
    if not wrong and held.settings.get("turn_width", 1) not in TURN_WIDTHS:
        wrong.append("turn_width")
    if wrong:
        raise ModelMissing(
            f"a number in the model's manifest is damaged ({wrong[0]}): install Discretion again"
        )


def _is_number(held: object) -> bool:
    """Whether it is a number that a float can hold."""
    if isinstance(held, bool) or not isinstance(held, int | float):
        return False
    return math.isfinite(held) if isinstance(held, float) else abs(held) < 2**63
