"""Reference answers: what the trained network said before it was rounded and exported, for `make test`.

The file holds the inputs as the network got them, so that a later change of detectors does not make it stale:
words and their columns, and for each word the likeliest label with its logit.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from discretion.encoder import Encoder

FILE = Path(__file__).parent / "reference.npz"
MESSAGES = 200
CARD, HEARD, SAID = 0, 1, 2


class Agreement(NamedTuple):
    """Words with the reference's likeliest label, all words, and the largest distance of its logit."""

    same: int
    words: int
    apart: float


class Row(NamedTuple):
    """One step of a conversation: the card, a message heard, or one of the user's with its answers.

    ``labels`` and ``logits`` have a row for each word; ``frame`` is the likeliest frame.
    """

    what: int
    text: str
    words: tuple[str, ...] = ()
    columns: np.ndarray[Any, Any] | None = None
    overlaps: np.ndarray[Any, Any] | None = None
    labels: np.ndarray[Any, Any] | None = None
    logits: np.ndarray[Any, Any] | None = None
    frame: int = -1


def write(rows: Sequence[Row], path: Path = FILE) -> None:
    """Write the rows; conversations follow one another, each begun by its card."""
    own = [row for row in rows if row.what == SAID]
    np.savez_compressed(
        path,
        what=np.array([row.what for row in rows], np.uint8),
        text=np.array([row.text for row in rows]),
        lengths=np.array([len(row.words) for row in own], np.int32),
        words=np.array([word for row in own for word in row.words]),
        columns=np.packbits(np.concatenate([_held(row.columns) for row in own]).astype(bool), axis=1),
        overlaps=np.packbits(np.concatenate([_held(row.overlaps) for row in own]).astype(bool), axis=1),
        labels=np.concatenate([_held(row.labels) for row in own]).astype(np.uint8),
        logits=np.concatenate([_held(row.logits) for row in own]).astype(np.float16),
        frames=np.array([row.frame for row in own], np.int8),
    )


def agreement(encoder: Encoder, path: Path = FILE) -> Agreement:
    """Run the exported model over the reference's inputs and compare."""
    held = np.load(path, allow_pickle=False)
    own = iter(_own(held, len(encoder.manifest.features), len(encoder.manifest.overlaps)))
    same, apart, state = 0, 0.0, encoder.begin("")
    for what, text in zip(held["what"], held["text"], strict=True):
        if what == CARD:
            state = encoder.begin(str(text))
        elif what == HEARD:
            state = encoder.hear(state, str(text))
        else:
            words, columns, overlaps, labels, logits = next(own)
            answer, state = encoder.answer(encoder.encode([(words, columns)])[0], overlaps, state)
            same += int((answer.labels.argmax(1) == labels).sum())
            chosen = answer.labels[np.arange(len(labels)), labels]
            apart = max(apart, float(np.abs(chosen - logits).max(initial=0.0)))
    return Agreement(same, len(held["labels"]), apart)


def _own(held: Any, features: int, overlaps: int) -> list[tuple[Any, ...]]:
    ends = np.cumsum(held["lengths"])[:-1]
    columns = np.unpackbits(held["columns"], axis=1, count=features)
    earlier = np.unpackbits(held["overlaps"], axis=1, count=overlaps).astype(np.float32)
    parts = (
        np.split(part, ends) for part in (held["words"], columns, earlier, held["labels"], held["logits"])
    )
    return [([str(word) for word in words], *rest) for words, *rest in zip(*parts, strict=True)]


def _held(part: np.ndarray[Any, Any] | None) -> np.ndarray[Any, Any]:
    if part is None:
        raise ValueError("a message of the user without its answers")
    return part
