"""A look at the held-out conversations between epochs: the network alone, without rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
import torch

from discretion.guard.reader import LABELS
from discretion.guard.reader._decode import runs
from discretion.records import IDENTIFIERS, Kind
from training.corpus import FRAMES
from training.data import Dialogue, Own
from training.forward import answers
from training.model import Reader

AT_ONCE = 16
"""Conversations of one pass."""


def watched(model: Reader, dialogues: Sequence[Dialogue]) -> str:
    """One line: F1 of identifiers, names and disclosures, recall of each frame, at thresholds of 0.5.

    A span counts where one of its kind overlaps it on the other side.
    """
    counts: Counter[str] = Counter()
    model.eval()
    with torch.no_grad():
        for at in range(0, len(dialogues), AT_ONCE):
            for owns, _, made in answers(model, dialogues[at : at + AT_ONCE]):
                labels = torch.softmax(made[0].float(), -1).numpy()
                frames = made[2].argmax(-1).tolist()
                for row, own in enumerate(owns):
                    counts[f"frame {own.frame}"] += 1
                    counts[f"framed {own.frame}"] += frames[row] == own.frame
                    _count(own, labels[row][_first_pieces(own)], counts)
    model.train()
    frames_right = [counts[f"framed {i}"] / max(1, counts[f"frame {i}"]) for i in range(len(FRAMES))]
    groups = (
        ("identifiers", IDENTIFIERS),
        ("names", (Kind.NAME,)),
        ("disclosures", [kind for kind in Kind if kind not in IDENTIFIERS]),
    )
    told = ", ".join(f"{name} {_f1(counts, kinds):.3f}" for name, kinds in groups)
    by_frame = ", ".join(f"{name} {share:.3f}" for name, share in zip(FRAMES, frames_right, strict=True))
    return f"F1 {told}; frames {by_frame}"


def _first_pieces(own: Own) -> list[int]:
    return [at for at, word in enumerate(own.row) if word >= 0 and word != own.row[at - 1]]


def _count(own: Own, labels: np.ndarray[tuple[int, int], np.dtype[np.float32]], counts: Counter[str]) -> None:
    spans = own.features.spans
    found = [(kind, spans[i][0], spans[j - 1][1]) for kind, i, j, _ in runs(labels, LABELS, {})]
    gold = [(Kind(one.kind), one.start, one.end) for one in own.turn.labels]
    for kind, start, end in found:
        counts[f"found {kind}"] += 1
        counts[f"right {kind}"] += any(k is kind and a < end and b > start for k, a, b in gold)
    for kind, start, end in gold:
        counts[f"sought {kind}"] += 1
        counts[f"reached {kind}"] += any(k is kind and a < end and b > start for k, a, b in found)


def _f1(counts: Counter[str], kinds: Sequence[Kind] | frozenset[Kind]) -> float:
    right, found, reached, sought = (
        sum(counts[f"{name} {kind}"] for kind in kinds) for name in ("right", "found", "reached", "sought")
    )
    precision, recall = right / max(1, found), reached / max(1, sought)
    return 2 * precision * recall / max(1e-9, precision + recall)
