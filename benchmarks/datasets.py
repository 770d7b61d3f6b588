"""Other people's labelled texts, read through ``datasets.toml``, and the measures that make sense on them."""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from benchmarks.corpus import CorpusError, Gold
from benchmarks.metrics import share
from benchmarks.prediction import Prediction
from discretion.records import Frame, Kind
from discretion.text import Span


@dataclass(frozen=True, slots=True)
class DataSet:
    """A set: its files, what its labels stand for, the kinds whose precision may be read, and a caution."""

    name: str
    title: str
    files: tuple[str, ...]
    labels: dict[str, tuple[Kind, ...]]
    precision: tuple[Kind, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Text:
    """One text with the marks that have a counterpart among our kinds, as ``(label, span)``."""

    text: str
    marks: tuple[tuple[str, Span], ...]


@cache
def data_sets() -> dict[str, DataSet]:
    """Every set by its name."""
    rows = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return {
        name: DataSet(
            name,
            row["title"],
            tuple(row["files"]),
            {label: tuple(map(Kind, kinds)) for label, kinds in row["labels"].items()},
            tuple(map(Kind, row["precision"])),
            row["note"],
        )
        for name, row in rows.items()
    }


def read(data_set: DataSet, folder: Path, most: int | None = None) -> tuple[Text, ...]:
    """The texts of a set, or ``most`` of them taken at even distances.

    Raises ``CorpusError`` where a line is not of the sets' shape, ``FileNotFoundError`` without the file.
    """
    texts = [
        _text(data_set, line, f"{name}, line {number}")
        for name in data_set.files
        for number, line in enumerate((folder / name).read_text(encoding="utf-8").split("\n"), 1)
        if line.strip()
    ]
    if most is None or len(texts) <= most:
        return tuple(texts)
    return tuple(texts[index * len(texts) // most] for index in range(most))


def _text(data_set: DataSet, line: str, where: str) -> Text:
    try:
        row = json.loads(line)
        marks = tuple(
            (span["label"], Span(span["start"], span["end"]))
            for span in row["spans"]
            if span["label"] in data_set.labels
        )
        return Text(str(row["text"]), marks)
    except (ValueError, KeyError, TypeError) as error:
        raise CorpusError(f"{where}: not a text with spans") from error


def gold(data_set: DataSet, text: Text) -> tuple[Gold, ...]:
    """The marks as gold spans, one for each kind that the label may stand for."""
    return tuple(
        Gold(kind, span, Frame.SELF) for label, span in text.marks for kind in data_set.labels[label]
    )


def measure(data_set: DataSet, texts: tuple[Text, ...], answers: tuple[Prediction, ...]) -> dict[str, Any]:
    """Recall by label, precision by the kinds that allow it, and findings per 100 texts."""
    sought: Counter[str] = Counter()
    reached: Counter[str] = Counter()
    predicted: Counter[Kind] = Counter()
    right: Counter[Kind] = Counter()
    for text, answer in zip(texts, answers, strict=True):
        for label, span in text.marks:
            kinds = data_set.labels[label]
            sought[label] += 1
            reached[label] += any(one.kind in kinds and one.span.overlaps(span) for one in answer.found)
        marked = gold(data_set, text)
        for one in answer.found:
            predicted[one.kind] += 1
            right[one.kind] += any(mark.kind is one.kind and mark.span.overlaps(one.span) for mark in marked)
    return {
        "texts": len(texts),
        "findings_per_100": share(sum(predicted.values()), len(texts), 100),
        "recall": {
            label: {"recall": share(reached[label], sought[label]), "n": sought[label]}
            for label in data_set.labels
            if sought[label]
        },
        "precision": {
            kind.value: {"precision": share(right[kind], predicted[kind]), "n": predicted[kind]}
            for kind in data_set.precision
        },
    }
