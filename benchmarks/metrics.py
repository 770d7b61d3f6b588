"""The measures of the accuracy document, each defined once, from counts.

Everything is micro-averaged: counts are summed over lines before they are divided. A measure whose
denominator is 0 is ``None``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from benchmarks.bootstrap import intervals
from benchmarks.corpus import Line
from benchmarks.prediction import Prediction
from benchmarks.tally import BINS, Row, Tally, by_conversation, total
from discretion.records import IDENTIFIERS, Frame, Kind, Limit

SCHEMA = "discretion.accuracy/1"
RESAMPLES = 1000
LEVEL = 0.95
SEED = 20260131
"""Any number, the same in every run, so that two runs over the same answers give the same intervals."""

Figures = dict[str, float | None]


def accuracy(
    answers: Iterable[tuple[Line, Prediction]], *, resamples: int = RESAMPLES, judges_all: bool = True
) -> dict[str, Any]:
    """The document ``discretion.accuracy/1`` over the user's lines and the answers about them.

    ``judges_all`` is whether the system judges frames and limits and gives confidences; what it does not
    judge is ``None``.
    """
    rows = list(answers)
    conversations = by_conversation(rows)
    counts = total(rows)
    drawn = intervals(conversations, figures, resamples, SEED, LEVEL)
    document = _document(counts, len(conversations))
    document |= {
        "over_stops_carried": share(counts["over_stopped_carried"], counts["lines"]),
        "asks_on_clean_carried": share(counts["clean_asked_carried"], counts["clean_lines"]),
        "over_stops_by_limit": {limit.value: counts[f"over_stopped {limit}"] for limit in Limit},
        "by_role": _roles(counts),
        "calibration": calibration(counts),
        "by_frame": _by_frame(rows),
        "by_data_set": _by_data_set(rows),
        "intervals": {"level": LEVEL, "resamples": resamples, "seed": SEED, "measures": drawn},
    }
    return document if judges_all else _without_judgements(document)


def _document(counts: Tally, conversations: int) -> dict[str, Any]:
    lines = counts["lines"]
    return {
        "schema": SCHEMA,
        "n": _counts(counts, conversations),
        "identifiers": spans(counts, IDENTIFIERS),
        "contacts_recall": recall(counts, "contacts"),
        "name_self_recall": recall(counts, "own names"),
        "disclosures": spans(counts, _DISCLOSURES),
        "fiction_false_alarms_per_100": share(
            counts[f"alarms {Frame.FICTION}"], counts[f"lines {Frame.FICTION}"], 100
        ),
        "clean_alarmed": share(counts["clean_alarmed"], counts["clean_lines"]),
        "frame": frames(counts),
        "limits": {
            limit.value: {"caught": counts[f"caught {limit}"], "n": counts[f"touching {limit}"]}
            for limit in Limit
        },
        "over_stops": share(counts["over_stopped"], lines),
        "asks_on_clean": share(counts["clean_asked"], counts["clean_lines"]),
        "by_kind": {kind.value: {**spans(counts, (kind,)), "n": counts[f"sought {kind}"]} for kind in Kind},
    }


_DISCLOSURES = tuple(kind for kind in Kind if kind not in IDENTIFIERS)
_JUDGED = (
    "frame", "limits", "over_stops", "over_stops_carried", "over_stops_by_limit", "asks_on_clean",
    "asks_on_clean_carried", "by_role", "calibration",
)  # fmt: skip


def figures(counts: Tally) -> Figures:
    """The measures that get an interval, by their path in the document."""
    flat: Figures = {}
    for group, kinds in (("identifiers", tuple(IDENTIFIERS)), ("disclosures", _DISCLOSURES)):
        flat |= {f"{group}.{name}": value for name, value in spans(counts, kinds).items()}
    flat["contacts_recall"] = recall(counts, "contacts")
    flat["name_self_recall"] = recall(counts, "own names")
    fiction = counts[f"lines {Frame.FICTION}"]
    flat["fiction_false_alarms_per_100"] = share(counts[f"alarms {Frame.FICTION}"], fiction, 100)
    flat["clean_alarmed"] = share(counts["clean_alarmed"], counts["clean_lines"])
    flat["frame.macro_recall"] = frames(counts)["macro_recall"]
    for frame in Frame:
        flat[f"frame.by.{frame}"] = share(counts[f"framed {frame}"], counts[f"lines {frame}"])
    for limit in Limit:
        flat[f"limits.{limit}"] = share(counts[f"caught {limit}"], counts[f"touching {limit}"])
    flat["over_stops"] = share(counts["over_stopped"], counts["lines"])
    flat["over_stops_carried"] = share(counts["over_stopped_carried"], counts["lines"])
    flat["asks_on_clean"] = share(counts["clean_asked"], counts["clean_lines"])
    flat["asks_on_clean_carried"] = share(counts["clean_asked_carried"], counts["clean_lines"])
    for kind in Kind:
        flat[f"by_kind.{kind}"] = spans(counts, (kind,))["f1"]
    flat["calibration.ece"] = expected_calibration_error(counts)
    return flat


def share(part: int, whole: int, times: int = 1) -> float | None:
    """``times * part / whole`` to four places; ``None`` where there is no whole."""
    return round(times * part / whole, 4) if whole else None


def spans(counts: Tally, kinds: Iterable[Kind]) -> dict[str, float | None]:
    """Precision, recall and their harmonic mean over the spans of some kinds.

    A predicted span is right, and a gold span found, when it overlaps one of its own kind on the other side.
    ``f1`` is 0 where only one of the two is undefined.
    """
    names = tuple(kinds)
    precision = share(_sum(counts, "right", names), _sum(counts, "predicted", names))
    reached = share(_sum(counts, "reached", names), _sum(counts, "sought", names))
    if precision is None and reached is None:
        return {"precision": None, "recall": None, "f1": None}
    both = (precision or 0.0) + (reached or 0.0)
    f1 = 2 * (precision or 0.0) * (reached or 0.0) / both if both else 0.0
    return {"precision": precision, "recall": reached, "f1": round(f1, 4)}


def recall(counts: Tally, group: str) -> float | None:
    """The share of a group's gold spans for which a predicted span of the same kind overlaps."""
    return share(counts[f"reached {group}"], counts[f"sought {group}"])


def frames(counts: Tally) -> dict[str, Any]:
    """Recall of each frame, and the mean over the frames that the corpus has."""
    by = {
        frame.value: {
            "recall": share(counts[f"framed {frame}"], counts[f"lines {frame}"]),
            "n": counts[f"lines {frame}"],
        }
        for frame in Frame
    }
    present = [one["recall"] for one in by.values() if one["recall"] is not None]
    return {"macro_recall": round(sum(present) / len(present), 4) if present else None, "by": by}


def expected_calibration_error(counts: Tally) -> float | None:
    """The mean distance between confidence and share of right findings, over bins of equal width.

    Guo, Pleiss, Sun, Weinberger, "On Calibration of Modern Neural Networks" (ICML 2017), equation 5.
    """
    judged = sum(counts[f"judged {at}"] for at in range(BINS))
    apart = sum(
        abs(counts[f"judged right {at}"] - counts[f"judged millionths {at}"] / 1e6) for at in range(BINS)
    )
    return round(apart / judged, 4) if judged else None


def calibration(counts: Tally) -> dict[str, Any]:
    """The expected calibration error and its bins: mean confidence beside the share that is right."""
    bins = []
    for at in range(BINS):
        n = counts[f"judged {at}"]
        confidence = round(counts[f"judged millionths {at}"] / 1e6 / n, 4) if n else None
        right = share(counts[f"judged right {at}"], n)
        bins.append({"from": at / BINS, "n": n, "confidence": confidence, "right": right})
    return {"ece": expected_calibration_error(counts), "bins": bins}


def _by_frame(rows: list[Row]) -> dict[str, Any]:
    by: dict[str, Any] = {}
    for frame in Frame:
        counts = total(row for row in rows if row[0].frame is frame)
        by[frame.value] = {
            "lines": counts["lines"],
            "identifiers": spans(counts, IDENTIFIERS),
            "disclosures": spans(counts, _DISCLOSURES),
            "false_alarms_per_100": share(counts[f"alarms {frame}"], counts["lines"], 100),
        }
    return by


def _by_data_set(rows: list[Row]) -> dict[str, Any]:
    names = list(dict.fromkeys(line.data_set for line, _ in rows))
    if len(names) < 2:
        return {}
    by: dict[str, Any] = {}
    for name in names:
        counts = total(row for row in rows if row[0].data_set == name)
        one = _document(counts, len({line.conversation for line, _ in rows if line.data_set == name}))
        by[name] = {
            "lines": counts["lines"],
            **{key: one[key] for key in _IN_A_DATA_SET},
            "frame_macro_recall": one["frame"]["macro_recall"],
        }
    return by


_IN_A_DATA_SET = (
    "identifiers", "contacts_recall", "name_self_recall", "disclosures", "fiction_false_alarms_per_100",
    "clean_alarmed", "limits", "over_stops", "asks_on_clean",
)  # fmt: skip


def _roles(counts: Tally) -> dict[str, dict[str, dict[str, int]]]:
    by: dict[str, dict[str, dict[str, int]]] = {}
    for name in sorted(counts):
        if name.startswith("role ") and not name.startswith("role held "):
            _, limit, role = name.split(" ")
            row = {"held": counts[f"role held {limit} {role}"], "n": counts[name]}
            by.setdefault(limit, {})[role] = row
    return by


def _without_judgements(document: dict[str, Any]) -> dict[str, Any]:
    document |= dict.fromkeys(_JUDGED)
    for one in document["by_data_set"].values():
        one |= dict.fromkeys(("frame_macro_recall", "limits", "over_stops", "asks_on_clean"))
    measures: Mapping[str, Any] = document["intervals"]["measures"]
    kept = {path: ends for path, ends in measures.items() if path.split(".")[0] not in _JUDGED}
    document["intervals"] = {**document["intervals"], "measures": kept}
    return document


def _counts(counts: Tally, conversations: int) -> dict[str, int]:
    return {
        "conversations": conversations,
        "lines": counts["lines"],
        "fiction_lines": counts[f"lines {Frame.FICTION}"],
        "clean_lines": counts["clean_lines"],
        "unchecked_lines": counts["unchecked_lines"],
        "gold": counts["gold"],
        "gold_identifiers": counts["sought identifiers"],
        "gold_disclosures": counts["sought disclosures"],
        "gold_contacts": counts["sought contacts"],
        "gold_names_self": counts["sought own names"],
        "findings": counts["findings"],
    }


def _sum(counts: Tally, what: str, kinds: tuple[Kind, ...]) -> int:
    return sum(counts[f"{what} {kind}"] for kind in kinds)
