"""The measures of the accuracy document, each defined once.

Everything is micro-averaged: counts are summed over lines before they are divided. A measure whose
denominator is 0 is ``None``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from benchmarks.corpus import Gold, Line
from benchmarks.prediction import Found, Prediction
from discretion.records import IDENTIFIERS, Frame, Kind, Limit, Verdict

SCHEMA = "discretion.accuracy/1"
CONTACTS = frozenset(
    {
        Kind.EMAIL,
        Kind.PHONE,
        Kind.STREET_ADDRESS,
        Kind.GOVERNMENT_ID,
        Kind.PAYMENT_CARD,
        Kind.BANK_ACCOUNT,
        Kind.SECRET,
    }
)
"""What reaches, opens or robs a person by itself."""

Answers = list[tuple[Line, Prediction]]


def accuracy(answers: Iterable[tuple[Line, Prediction]]) -> dict[str, Any]:
    """The document ``discretion.accuracy/1`` over the user's lines and the answers about them."""
    rows: Answers = list(answers)
    fiction = [row for row in rows if row[0].frame is Frame.FICTION]
    clean = [row for row in rows if row[0].is_clean]
    return {
        "schema": SCHEMA,
        "n": _counts(rows, len(fiction), len(clean)),
        "identifiers": spans(rows, lambda kind: kind in IDENTIFIERS),
        "contacts_recall": recall(rows, lambda gold: gold.kind in CONTACTS),
        "name_self_recall": recall(rows, _is_own_name),
        "disclosures": spans(rows, lambda kind: kind not in IDENTIFIERS),
        "fiction_false_alarms_per_100": share(sum(map(_false_alarms, fiction)), len(fiction), 100),
        "clean_alarmed": share(sum(bool(answer.found) for _, answer in clean), len(clean)),
        "frame": frames(rows),
        "limits": {limit.value: _caught(rows, limit) for limit in Limit},
        "over_stops": share(sum(map(is_over_stopped, rows)), len(rows)),
        "asks_on_clean": share(sum(answer.verdict is Verdict.ASK for _, answer in clean), len(clean)),
        "by_kind": {kind.value: {**spans(rows, _only(kind)), "n": _gold_count(rows, kind)} for kind in Kind},
    }


def share(part: int, whole: int, times: int = 1) -> float | None:
    """``times * part / whole`` to four places; ``None`` where there is no whole."""
    return round(times * part / whole, 4) if whole else None


def spans(rows: Answers, counts: Callable[[Kind], bool]) -> dict[str, float | None]:
    """Precision, recall and their harmonic mean over the spans whose kind counts.

    A predicted span is right, and a gold span found, when it overlaps one of its own kind on the other side.
    ``f1`` is 0 where only one of the two is undefined.
    """
    predicted = [(line, found) for line, answer in rows for found in answer.found if counts(found.kind)]
    right = sum(any(_same(found, gold) for gold in line.gold) for line, found in predicted)
    precision = share(right, len(predicted))
    reached = recall(rows, lambda gold: counts(gold.kind))
    if precision is None and reached is None:
        return {"precision": None, "recall": None, "f1": None}
    total = (precision or 0.0) + (reached or 0.0)
    f1 = 2 * (precision or 0.0) * (reached or 0.0) / total if total else 0.0
    return {"precision": precision, "recall": reached, "f1": round(f1, 4)}


def recall(rows: Answers, counts: Callable[[Gold], bool]) -> float | None:
    """The share of the gold spans that count for which a predicted span of the same kind overlaps."""
    sought = [(gold, answer) for line, answer in rows for gold in line.gold if counts(gold)]
    found = sum(any(_same(one, gold) for one in answer.found) for gold, answer in sought)
    return share(found, len(sought))


def frames(rows: Answers) -> dict[str, Any]:
    """Recall of each frame, and the mean over the frames that the corpus has."""
    by: dict[str, dict[str, float | int | None]] = {}
    for frame in Frame:
        of_frame = [answer for line, answer in rows if line.frame is frame]
        right = sum(answer.frame is frame for answer in of_frame)
        by[frame.value] = {"recall": share(right, len(of_frame)), "n": len(of_frame)}
    present = [one["recall"] for one in by.values() if one["recall"] is not None]
    return {"macro_recall": round(sum(present) / len(present), 4) if present else None, "by": by}


def is_over_stopped(row: tuple[Line, Prediction], limit: Limit | None = None) -> bool:
    """Whether a line is blocked or asked because of a limit (or of this one) that it does not touch.

    A line held only by an earlier statement of the user's own age has no limit of its own and a reason that
    points to that statement: it is no over-stop.
    """
    line, answer = row
    wrong = {kind: places for kind, places in answer.held.items() if kind not in line.limits}
    wrong = {kind: places for kind, places in wrong.items() if not _is_own_age_before(kind, places, row)}
    return limit in wrong if limit else bool(wrong)


def _is_own_age_before(kind: Limit, places: frozenset[str], row: tuple[Line, Prediction]) -> bool:
    line, answer = row
    return kind is Limit.MINOR and kind not in answer.own and places <= line.own_age_turns


def _caught(rows: Answers, limit: Limit) -> dict[str, int]:
    touching = [answer for line, answer in rows if limit in line.limits]
    return {"caught": sum(limit in answer.held for answer in touching), "n": len(touching)}


def _counts(rows: Answers, fiction: int, clean: int) -> dict[str, int]:
    gold = [one for line, _ in rows for one in line.gold]
    return {
        "conversations": len({line.conversation for line, _ in rows}),
        "lines": len(rows),
        "fiction_lines": fiction,
        "clean_lines": clean,
        "unchecked_lines": sum(answer.is_unchecked for _, answer in rows),
        "gold": len(gold),
        "gold_identifiers": sum(one.kind in IDENTIFIERS for one in gold),
        "gold_disclosures": sum(one.kind not in IDENTIFIERS for one in gold),
        "gold_contacts": sum(one.kind in CONTACTS for one in gold),
        "gold_names_self": sum(map(_is_own_name, gold)),
        "findings": sum(len(answer.found) for _, answer in rows),
    }


def _false_alarms(row: tuple[Line, Prediction]) -> int:
    line, answer = row
    return sum(not any(found.span.overlaps(gold.span) for gold in line.gold) for found in answer.found)


def _same(found: Found, gold: Gold) -> bool:
    return found.kind is gold.kind and found.span.overlaps(gold.span)


def _is_own_name(gold: Gold) -> bool:
    return gold.kind is Kind.NAME and gold.frame is Frame.SELF


def _only(kind: Kind) -> Callable[[Kind], bool]:
    return lambda other: other is kind


def _gold_count(rows: Answers, kind: Kind) -> int:
    return sum(gold.kind is kind for line, _ in rows for gold in line.gold)
