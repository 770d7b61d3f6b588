"""What the model is told of each word besides its letters: shape, marks, lists, and the rules' own hits.

Training and use read the same function, so that a word looks the same in both. The order of the features is
part of a trained model: a change here needs a new one (``FEATURES`` is compared when it is loaded).
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from discretion.guard._detector import Hit
from discretion.guard._view import Mark, View
from discretion.knowledge.gazetteer import (
    common_words,
    familiar_names,
    family_names,
    given_names,
    ordinary_words,
    place_openers,
    places,
    plain,
)
from discretion.records import Kind
from discretion.text import fold

_WORD = re.compile(r"\d+|[^\W\d_]+|[^\w\s]|_")
_LONGEST_PLACE = 4
_STRONG = 0.8
_SHOWS_LIFE = 0.4

TAGS = (
    "status", "condition", "occupation", "medication", "faith", "trade", "work_object", "feast", "region",
    "people", "stage", "subject", "animal", "school_noun", "workplace_noun", "occasion", "child",
    "work_verb_object", "treatment", "orientation", "brand", "elder", "worship", "weekday", "politics",
    "title", "acquaintance", "degree", "gender_word", "partner", "month", "former", "gender_identity",
    "work_verb", "work_verb_any",
)  # fmt: skip
SHAPES = ("lower", "capital", "upper", "mixed", "digits", "other", "opens", "owner", "cased message")
MARKS = (Mark.ACTION, Mark.QUOTE, Mark.OOC)
LISTS = ("given", "familiar", "family", "place", "common", "ordinary")
KINDS = tuple(Kind)
RULES = ("begins", "strong", "shows life")

FEATURES: tuple[str, ...] = (
    *SHAPES,
    *(f"mark {mark}" for mark in MARKS),
    *(f"list {name}" for name in LISTS),
    *(f"tag {tag}" for tag in TAGS),
    *(f"rule {kind.value}" for kind in KINDS),
    *(f"rule {name}" for name in RULES),
)
"""The names of the columns, in order."""

_COLUMN = {name: at for at, name in enumerate(FEATURES)}
_FIRST_LIST = _COLUMN["list given"]
_TAG = {tag: _COLUMN[f"tag {tag}"] for tag in TAGS}
_RULE = {kind: _COLUMN[f"rule {kind.value}"] for kind in KINDS}
_MARK = {mark: _COLUMN[f"mark {mark}"] for mark in MARKS}


@dataclass(frozen=True, slots=True)
class Features:
    """The words of one message as the model reads them.

    ``spans`` are runs ``[start, end)`` in the text as given, ``words`` their folded letters, ``columns`` a
    uint8 array of shape ``(words, len(FEATURES))``.
    """

    spans: tuple[tuple[int, int], ...]
    words: tuple[str, ...]
    columns: NDArray[np.uint8]


def checksum(word: str) -> int:
    """What stands for a word in memory, the same in every process; 0 for a single character.

    It makes words small, not secret: a word list turns most checksums back, so they are never written.
    """
    return zlib.crc32(word.encode("utf-8", "replace")) if len(word) > 1 else 0


def words_of(text: str) -> list[str]:
    """The folded words of a text, as ``features`` cuts them."""
    return _WORD.findall(fold(text).text)


def features(view: View, hits: Sequence[Hit]) -> Features:
    """The words and columns of one message with the hits that the rules found in it."""
    folded = view.folded
    found = [(match.start(), match.end(), match.group()) for match in _WORD.finditer(folded.text)]
    spans = tuple((a, b) for a, b, _ in found)
    if folded.starts is not None:
        given = (folded.given(a, b) for a, b in spans)
        spans = tuple((span.start, span.end) for span in given)
    columns = np.zeros((len(found), len(FEATURES)), dtype=np.uint8)
    _shapes(view.text, spans, columns)
    _lists(view, found, columns)
    _marks(view, spans, columns)
    _rules(spans, hits, columns)
    return Features(spans, tuple(word for _, _, word in found), columns)


def _shapes(text: str, spans: Sequence[tuple[int, int]], columns: NDArray[np.uint8]) -> None:
    cased = any(map(str.isupper, text))
    for row, (start, end) in enumerate(spans):
        word = text[start:end]
        if word.isdigit():
            shape = 4
        elif not word[:1].isalpha():
            shape = 5
        elif word.islower():
            shape = 0
        elif word[0].isupper() and (len(word) == 1 or word[1:].islower()):
            shape = 1
        else:
            shape = 2 if word.isupper() else 3
        columns[row, shape] = 1
    if cased:
        columns[:, 8] = 1


def _lists(view: View, found: Sequence[tuple[int, int, str]], columns: NDArray[np.uint8]) -> None:
    words = view.words
    rows_of: list[range] = []
    row = 0
    for word in words.words:
        while row < len(found) and found[row][1] <= word.start:
            row += 1
        first = row
        while row < len(found) and found[row][0] < word.end:
            row += 1
        rows_of.append(range(first, row))
    tables = (given_names(), familiar_names(), family_names(), places(), common_words(), ordinary_words())
    for word, rows in zip(words.words, rows_of, strict=True):
        if not rows:
            continue
        for at, table in enumerate(tables):
            if word.key in table:
                columns[rows.start : rows.stop, _FIRST_LIST + at] = 1
        if len(rows) > 1:
            for row in rows:
                key = plain(found[row][2])
                for at, table in enumerate(tables):
                    if key in table:
                        columns[row, _FIRST_LIST + at] = 1
        columns[rows.start, 6] = word.opens
        columns[rows.stop - 1, 7] = word.owner
    for tag, runs in words.tagged.items():
        column = _TAG.get(tag)
        if column is not None:
            for i, j in runs:
                if rows_of[i] and rows_of[j - 1]:
                    columns[rows_of[i].start : rows_of[j - 1].stop, column] = 1
    openers, known, keys = place_openers(), places(), words.keys
    for i, key in enumerate(keys):
        if key in openers:
            for j in range(min(len(keys), i + _LONGEST_PLACE), i + 1, -1):
                if " ".join(keys[i:j]) in known and rows_of[i] and rows_of[j - 1]:
                    columns[rows_of[i].start : rows_of[j - 1].stop, _FIRST_LIST + 3] = 1
                    break


def _marks(view: View, spans: Sequence[tuple[int, int]], columns: NDArray[np.uint8]) -> None:
    starts = np.array([start for start, _ in spans], np.int64)
    for clause in view.clauses:
        if clause.mark in _MARK:
            first, last = np.searchsorted(starts, (clause.start, clause.end))
            columns[first:last, _MARK[clause.mark]] = 1


def _rules(spans: Sequence[tuple[int, int]], hits: Sequence[Hit], columns: NDArray[np.uint8]) -> None:
    if not hits:
        return
    ends = np.array([end for _, end in spans], np.int64)
    starts = np.array([start for start, _ in spans], np.int64)
    for hit in hits:
        first = int(np.searchsorted(ends, hit.start, side="right"))
        last = int(np.searchsorted(starts, hit.end, side="left"))
        if first >= last:
            continue
        columns[first:last, _RULE[hit.kind]] = 1
        columns[first, _COLUMN["rule begins"]] = 1
        if hit.confidence >= _STRONG:
            columns[first:last, _COLUMN["rule strong"]] = 1
        if hit.self_evidence >= _SHOWS_LIFE:
            columns[first:last, _COLUMN["rule shows life"]] = 1
