"""Reference answers: what the trained network said before it was rounded and exported, for `make test`.

The file holds the inputs as the network got them, so that a later change of detectors does not make it stale:
words and their columns, for each word the likeliest label with its logit, for each message the logits of its
frame and limits.
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
    """How far the exported model is from the reference.

    ``same`` of ``words`` words have the reference's likeliest label, ``frames`` of ``messages`` messages its
    likeliest frame; ``apart`` is the largest distance of a label's logit, ``limits_apart`` of a probability.
    """

    same: int
    words: int
    apart: float
    frames: int
    messages: int
    limits_apart: float


class Row(NamedTuple):
    """One step of a conversation: the card, a message heard, or one of the user's with its answers.

    ``labels`` and ``logits`` have a row for each word; ``frame`` and ``limits`` are the message's logits.
    """

    what: int
    text: str
    words: tuple[str, ...] = ()
    columns: np.ndarray[Any, Any] | None = None
    overlaps: np.ndarray[Any, Any] | None = None
    labels: np.ndarray[Any, Any] | None = None
    logits: np.ndarray[Any, Any] | None = None
    frame: np.ndarray[Any, Any] | None = None
    limits: np.ndarray[Any, Any] | None = None


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
        frames=np.stack([_held(row.frame) for row in own]).astype(np.float16),
        limits=np.stack([_held(row.limits) for row in own]).astype(np.float16),
    )


def agreement(encoder: Encoder, path: Path = FILE) -> Agreement:
    """Run the exported model over the reference's inputs and compare."""
    held = np.load(path, allow_pickle=False)
    own = iter(_own(held, len(encoder.manifest.features), len(encoder.manifest.overlaps)))
    same, frames, apart, limits_apart, state = 0, 0, 0.0, 0.0, encoder.begin("")
    for what, text in zip(held["what"], held["text"], strict=True):
        if what == CARD:
            state = encoder.begin(str(text))
        elif what == HEARD:
            state = encoder.hear(state, str(text))
        else:
            words, columns, overlaps, labels, logits, frame, limits = next(own)
            answer, state = encoder.answer(encoder.encode([(words, columns)])[0], overlaps, state)
            same += int((answer.labels.argmax(1) == labels).sum())
            frames += int(answer.frame.argmax() == frame.argmax())
            chosen = answer.labels[np.arange(len(labels)), labels]
            apart = max(apart, float(np.abs(chosen - logits).max(initial=0.0)))
            limits_apart = max(limits_apart, float(np.abs(_share(answer.limits) - _share(limits)).max()))
    return Agreement(same, len(held["labels"]), apart, frames, len(held["frames"]), limits_apart)


def _share(logits: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    made: np.ndarray[Any, Any] = 1 / (1 + np.exp(-logits.astype(np.float32)))
    return made


def _own(held: Any, features: int, overlaps: int) -> list[tuple[Any, ...]]:
    ends = np.cumsum(held["lengths"])[:-1]
    columns = np.unpackbits(held["columns"], axis=1, count=features)
    earlier = np.unpackbits(held["overlaps"], axis=1, count=overlaps).astype(np.float32)
    parts = (
        np.split(part, ends) for part in (held["words"], columns, earlier, held["labels"], held["logits"])
    )
    return [
        ([str(word) for word in words], *rest)
        for words, *rest in zip(*parts, held["frames"], held["limits"], strict=True)
    ]


def _held(part: np.ndarray[Any, Any] | None) -> np.ndarray[Any, Any]:
    if part is None:
        raise ValueError("a message of the user without its answers")
    return part
