"""From the model's answers about words to hits: runs of one kind, above the threshold of that kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from discretion.guard._detector import Hit
from discretion.guard.reader._features import checksum
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
    keys: Sequence[int],
) -> list[Hit]:
    """What the model found, as hits in the text as given; ``keys`` are the checksums of the words.

    A run does not end in a word that only joins others ("at the"), and is none where it has no other.
    """
    found = []
    for kind, i, j, sure in _bridged(list(runs(probabilities, labels, thresholds)), probabilities, labels):
        while j > i and keys[j - 1] in _JOINING:
            j -= 1
        if j > i:
            share = min(1.0, max(0.01, sure))
            found.append(Hit(kind, spans[i][0], spans[j - 1][1], share, REASONS[kind], sure, READER))
    return found


def _bridged(
    found: Sequence[tuple[Kind, int, int, float]], probabilities: Floats, labels: Sequence[str]
) -> Iterator[tuple[Kind, int, int, float]]:
    """The runs, with two of one kind made one where the few words between them half belong to it."""
    at = 0
    while at < len(found):
        kind, i, j, sure = found[at]
        column = labels.index(f"B-{kind.value}")
        while at + 1 < len(found) and found[at + 1][0] is kind and found[at + 1][1] - j <= BRIDGE:
            between = probabilities[j : found[at + 1][1]]
            inside = between[:, column + 1] if len(between) else probabilities[j : j + 1, column + 1]
            if inside.min() < HALF:
                break
            at += 1
            j = found[at][2]
        yield kind, i, j, sure
        at += 1


BRIDGE = 3
"""So many words may stand between two runs that are one."""

HALF = 0.05
"""How likely each of them must be to go on with the kind."""

_JOINING = frozenset(
    map(checksum, files("discretion.guard").joinpath("data/joining_words.txt").read_text("utf-8").split())
)


_WHAT = {
    Kind.NAME: "a name from your own life",
    Kind.AGE: "your age",
    Kind.LOCATION: "where you live or are from",
    Kind.WORKPLACE: "where you work",
    Kind.OCCUPATION: "what you do for work",
    Kind.EDUCATION: "your schooling",
    Kind.RELATIONSHIP: "your relationship",
    Kind.FAMILY: "your family",
    Kind.HEALTH: "your health",
    Kind.FINANCES: "your money",
    Kind.APPEARANCE: "how you look",
    Kind.ROUTINE: "where you are, and when",
    Kind.EVENT: "a dated event of your life",
    Kind.PET: "your pet",
    Kind.GENDER: "your gender",
    Kind.ORIENTATION: "your orientation",
    Kind.ETHNICITY: "your origin",
    Kind.RELIGION: "your belief",
}


def _with_article(words: str) -> str:
    return words if words == "coordinates" else f"{'an' if words[0] in 'aeiou' else 'a'} {words}"


REASONS: dict[Kind, str] = {
    kind: f"reads like {_WHAT.get(kind, _with_article(kind.value.replace('_', ' ')))}" for kind in Kind
}
