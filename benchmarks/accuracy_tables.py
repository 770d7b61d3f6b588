"""The accuracy documents as tables, for the terminal and for docs/benchmarks.md."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from benchmarks.ours import OURS, RULES
from benchmarks.tables import NOTHING, Table, percent, plain, title_of, within

Documents = Mapping[str, Mapping[str, Any]]

_MEASURES = (
    ("identifiers: precision", "identifiers.precision"),
    ("identifiers: recall", "identifiers.recall"),
    ("identifiers: F1", "identifiers.f1"),
    ("contacts: recall", "contacts_recall"),
    ("own-life names: recall", "name_self_recall"),
    ("disclosures: precision", "disclosures.precision"),
    ("disclosures: recall", "disclosures.recall"),
    ("disclosures: F1", "disclosures.f1"),
    ("false alarms per 100 fiction lines", "fiction_false_alarms_per_100"),
    ("clean lines with a finding", "clean_alarmed"),
    ("frame: macro recall", "frame.macro_recall"),
    ("clean lines with a question", "asks_on_clean"),
    ("… asked only by something earlier in the conversation", "asks_on_clean_carried"),
    ("lines stopped without their limit", "over_stops"),
    ("… held only by something earlier in the conversation", "over_stops_carried"),
    ("confidence: expected calibration error", "calibration.ece"),
)


def corpus_tables(documents: Documents) -> tuple[Table, ...]:
    """Everything about labelled chats: all systems side by side, then what only ours judge."""
    return (
        _measures(documents),
        _frames(documents),
        _limits(documents),
        *_roles(documents),
        _by_frame(documents),
        *_by_data_set(documents),
        _calibration(documents[OURS]),
    )


def kind_table(documents: Documents) -> Table:
    """Precision and recall by kind, side by side, for the kinds that the corpus or our guard has."""
    ours = documents[OURS]["by_kind"]
    ends = documents[OURS]["intervals"]["measures"]
    heads = ("kind (precision / recall)", "spans", "our F1", *map(title_of, documents))
    shown = [kind for kind, one in ours.items() if one["n"] or one["precision"] is not None]
    rows = tuple(
        (
            kind,
            str(ours[kind]["n"]),
            within(percent(ours[kind]["f1"]), ends[f"by_kind.{kind}"]),
            *(
                f"{percent(one['by_kind'][kind]['precision'])} / {percent(one['by_kind'][kind]['recall'])}"
                for one in documents.values()
            ),
        )
        for kind in shown
    )
    return Table("By kind", heads, rows)


def data_set_table(data_set: Mapping[str, Any]) -> Table:
    """Recall by label, precision by kind and the density of findings on one set, side by side."""
    systems: Documents = data_set["systems"]
    ours = systems[OURS]
    rows = [
        (
            f"recall: {label}",
            str(one["n"]),
            *(percent(two["recall"][label]["recall"]) for two in systems.values()),
        )
        for label, one in ours["recall"].items()
    ]
    rows += [
        (f"precision: {kind}", "", *(_precision(two["precision"][kind]) for two in systems.values()))
        for kind in ours["precision"]
    ]
    rows.append(("findings per 100 texts", "", *(plain(one["findings_per_100"]) for one in systems.values())))
    title = f"{data_set['title']}: {ours['texts']} texts"
    return Table(title, ("measure", "spans", *map(title_of, systems)), tuple(rows))


def families_table(figures: Mapping[str, Any]) -> Table:
    """How many lines of each family of a limit do as expected: the limits by the role of the mention."""
    rows = tuple(
        (name, one["limit"], one["split"].replace("_", " "), f"{one['right']} of {one['n']}")
        for name, one in figures["families"].items()
    )
    return Table(
        "Limits by family", ("family", "limit", "seen while building", "right"), rows, holds_words=True
    )


def _measures(documents: Documents) -> Table:
    counts = documents[OURS]["n"]
    rows = tuple((name, *(_figure(one, path) for one in documents.values())) for name, path in _MEASURES)
    title = f"{counts['lines']} lines of the user in {counts['conversations']} conversations"
    return Table(title, ("measure", *map(title_of, documents)), rows)


def _figure(document: Mapping[str, Any], path: str) -> str:
    value: Any = document
    for key in path.split("."):
        value = value[key] if value is not None else None
    is_rate = path.endswith("per_100")
    ends = document["intervals"]["measures"].get(path)
    return within(plain(value) if is_rate else percent(value), ends, 1 if is_rate else 100)


def _ours(documents: Documents) -> dict[str, Mapping[str, Any]]:
    """What judges frames and limits."""
    return {name: documents[name] for name in (OURS, RULES) if name in documents}


def _frames(documents: Documents) -> Table:
    ours = _ours(documents)
    rows = tuple(
        (
            frame,
            str(one["n"]),
            *(
                within(
                    percent(each["frame"]["by"][frame]["recall"]),
                    each["intervals"]["measures"][f"frame.by.{frame}"],
                )
                for each in ours.values()
            ),
        )
        for frame, one in documents[OURS]["frame"]["by"].items()
    )
    return Table("Frame", ("frame: recall", "lines", *map(title_of, ours)), rows)


def _limits(documents: Documents) -> Table:
    ours = _ours(documents)
    rows = tuple(
        (
            limit,
            str(one["n"]),
            *(
                within(
                    str(each["limits"][limit]["caught"]),
                    each["intervals"]["measures"][f"limits.{limit}"],
                )
                for each in ours.values()
            ),
            *(str(each["over_stops_by_limit"][limit]) for each in ours.values()),
        )
        for limit, one in documents[OURS]["limits"].items()
    )
    heads = [f"{title_of(name)}: held or asked (% of them)" for name in ours]
    heads += [f"{title_of(name)}: other lines stopped" for name in ours]
    return Table("Limits", ("limit", "lines that touch it", *heads), rows)


def _roles(documents: Documents) -> Iterator[Table]:
    ours = _ours(documents)
    rows = tuple(
        (
            f"{limit}: {role}",
            str(row["n"]),
            *(str(each["by_role"][limit][role]["held"]) for each in ours.values()),
        )
        for limit, roles in documents[OURS]["by_role"].items()
        for role, row in roles.items()
    )
    if rows:
        heads = [f"{title_of(name)}: held or asked" for name in ours]
        yield Table("Limits by role", ("role of the mention", "lines", *heads), rows)


def _by_frame(documents: Documents) -> Table:
    rows = []
    for frame, ours in documents[OURS]["by_frame"].items():
        for what in ("identifiers", "disclosures"):
            shown = (percent(one["by_frame"][frame][what]["f1"]) for one in documents.values())
            rows.append((f"{frame}: {what}, F1", str(ours["lines"]), *shown))
        shown = (plain(one["by_frame"][frame]["false_alarms_per_100"]) for one in documents.values())
        rows.append((f"{frame}: false alarms per 100 lines", str(ours["lines"]), *shown))
    return Table("By frame of the line", ("measure", "lines", *map(title_of, documents)), tuple(rows))


def _by_data_set(documents: Documents) -> Iterator[Table]:
    ours = documents[OURS]["by_data_set"]
    if not ours:
        return
    heads = (
        "data set",
        "lines",
        "identifiers F1",
        "disclosures F1",
        "false alarms / 100 fiction",
        "clean alarmed",
    )
    rows = tuple(
        (
            name,
            str(one["lines"]),
            percent(one["identifiers"]["f1"]),
            percent(one["disclosures"]["f1"]),
            plain(one["fiction_false_alarms_per_100"]),
            percent(one["clean_alarmed"]),
            percent(one["frame_macro_recall"]),
            percent(one["over_stops"]),
        )
        for name, one in ours.items()
    )
    yield Table("Discretion by data set", (*heads, "frame", "over-stops"), rows)


def _calibration(document: Mapping[str, Any]) -> Table:
    bins = [one for one in document["calibration"]["bins"] if one["n"]]
    rows = tuple(
        (f"from {one['from']:.1f}", str(one["n"]), percent(one["confidence"]), percent(one["right"]))
        for one in bins
    )
    return Table("Confidence of our findings", ("confidence", "findings", "mean confidence", "right"), rows)


def _precision(one: Mapping[str, Any]) -> str:
    return NOTHING if one["precision"] is None else f"{percent(one['precision'])} of {one['n']}"
