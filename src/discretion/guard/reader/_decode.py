"""From the model's answers about words to hits: runs of one kind, above the threshold of that kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from discretion.guard._detector import Hit
from discretion.records import Kind

READER = "reader"
"""The detector name of what the model found."""

Floats = NDArray[np.float32]


def softmax(logits: Floats) -> Floats:
    """Probabilities along the last axis."""
    shifted = np.exp(logits - logits.max(-1, keepdims=True))
    made: Floats = shifted / shifted.sum(-1, keepdims=True)
    return made


def runs(
    probabilities: Floats, labels: Sequence[str], thresholds: Mapping[str, float]
) -> Iterator[tuple[Kind, int, int, float]]:
    """Runs of words ``[i, j)`` with their kind and mean probability.

    ``probabilities`` has shape ``(words, labels)``; ``labels`` are "O" and "B-"/"I-" with a kind. A word
    belongs to its likeliest kind where that reaches the kind's threshold; a run ends where the kind changes
    or a word is likelier to begin one than to go on with it.
    """
    begins = probabilities[:, 1::2]
    inside = probabilities[:, 2::2]
    either = begins + inside
    best = either.argmax(1)
    start, kind = -1, -1
    sums: list[float] = []
    for i in range(len(best) + 1):
        at = int(best[i]) if i < len(best) else -1
        share = float(either[i, at]) if at >= 0 else 0.0
        name = labels[1 + 2 * at][2:] if at >= 0 else ""
        marked = at >= 0 and share >= thresholds.get(name, 0.5)
        goes_on = marked and at == kind and start >= 0 and inside[i, at] >= begins[i, at]
        if start >= 0 and not goes_on:
            yield Kind(labels[1 + 2 * kind][2:]), start, i, float(np.mean(sums))
            start = -1
        if marked and not goes_on:
            start, kind, sums = i, at, []
        if marked:
            sums.append(share)


def hits_of(
    probabilities: Floats,
    labels: Sequence[str],
    thresholds: Mapping[str, float],
    spans: Sequence[tuple[int, int]],
) -> list[Hit]:
    """What the model found, as hits in the text as given."""
    return [
        Hit(kind, spans[i][0], spans[j - 1][1], min(1.0, max(0.01, sure)), REASONS[kind], sure, READER)
        for kind, i, j, sure in runs(probabilities, labels, thresholds)
    ]


_WHAT = {
    Kind.NAME: "a name from the author's own life",
    Kind.AGE: "the author's age",
    Kind.LOCATION: "where the author lives or is from",
    Kind.WORKPLACE: "where the author works",
    Kind.OCCUPATION: "what the author does for work",
    Kind.EDUCATION: "the author's schooling",
    Kind.RELATIONSHIP: "the author's relationship",
    Kind.FAMILY: "the author's family",
    Kind.HEALTH: "the author's health",
    Kind.FINANCES: "the author's money",
    Kind.APPEARANCE: "how the author looks",
    Kind.ROUTINE: "where the author is, and when",
    Kind.EVENT: "a dated event of the author's life",
    Kind.PET: "the author's pet",
    Kind.GENDER: "the author's gender",
    Kind.ORIENTATION: "the author's orientation",
    Kind.ETHNICITY: "the author's origin",
    Kind.RELIGION: "the author's belief",
}
REASONS: dict[Kind, str] = {
    kind: f"reads like {_WHAT.get(kind, kind.value.replace('_', ' '))}, by wording and context"
    for kind in Kind
}
