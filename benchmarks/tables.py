"""The measures as tables, for the terminal and for docs/benchmarks.md."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from rich.table import Table as RichTable

from benchmarks.peers.catalogue import catalogue

Documents = Mapping[str, Mapping[str, Any]]
NOTHING = "–"


@dataclass(frozen=True, slots=True)
class Table:
    """A title, column heads and rows of cells; the first column is the name of the row."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    holds_words: bool = False
    """Whether the cells behind the first are words, to be set from the left."""

    def rich(self) -> RichTable:
        """For the terminal."""
        table = RichTable(title=self.title, title_justify="left")
        for index, head in enumerate(self.heads):
            table.add_column(head, justify="right" if index and not self.holds_words else "left")
        for row in self.rows:
            table.add_row(*row)
        return table

    def markdown(self) -> str:
        """For a page; without the title."""
        rule = "---" if self.holds_words else "---:"
        lines = [self.heads, ("---", *(rule for _ in self.heads[1:])), *self.rows]
        return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def title_of(system: str) -> str:
    """How a system is shown."""
    return "Discretion" if system == "discretion" else catalogue()[system].title


def percent(value: float | None) -> str:
    """A share as a percentage with one decimal."""
    return NOTHING if value is None else f"{100 * value:.1f} %"


def plain(value: float | None) -> str:
    """A figure with one decimal."""
    return NOTHING if value is None else f"{value:.1f}"


_MEASURES: tuple[
    tuple[str, Callable[[Mapping[str, Any]], float | None], Callable[[float | None], str]], ...
] = (
    ("identifiers: precision", lambda one: one["identifiers"]["precision"], percent),
    ("identifiers: recall", lambda one: one["identifiers"]["recall"], percent),
    ("identifiers: F1", lambda one: one["identifiers"]["f1"], percent),
    ("contacts: recall", lambda one: one["contacts_recall"], percent),
    ("own-life names: recall", lambda one: one["name_self_recall"], percent),
    ("disclosures: precision", lambda one: one["disclosures"]["precision"], percent),
    ("disclosures: recall", lambda one: one["disclosures"]["recall"], percent),
    ("disclosures: F1", lambda one: one["disclosures"]["f1"], percent),
    ("false alarms per 100 fiction lines", lambda one: one["fiction_false_alarms_per_100"], plain),
    ("clean lines with a finding", lambda one: one["clean_alarmed"], percent),
    ("clean lines with a question", lambda one: one["asks_on_clean"], percent),
    ("lines stopped without their limit", lambda one: one["over_stops"], percent),
    ("frame: macro recall", lambda one: one["frame"] and one["frame"]["macro_recall"], percent),
)


def corpus_tables(documents: Documents) -> tuple[Table, ...]:
    """The main measures side by side; then frames and limits, which only ours judges."""
    ours = documents["discretion"]
    heads = ("measure", *map(title_of, documents))
    measures = tuple((name, *(show(get(one)) for one in documents.values())) for name, get, show in _MEASURES)
    counts = ours["n"]
    title = f"{counts['lines']} lines of the user in {counts['conversations']} conversations"
    frames = tuple(
        (frame, percent(one["recall"]), str(one["n"])) for frame, one in ours["frame"]["by"].items()
    )
    limits = tuple((limit, str(one["caught"]), str(one["n"])) for limit, one in ours["limits"].items())
    return (
        Table(title, heads, measures),
        Table("Frame", ("frame", "recall", "lines"), frames),
        Table("Limits", ("limit", "held or asked", "lines that touch it"), limits),
    )


def kind_table(documents: Documents) -> Table:
    """Precision and recall by kind, side by side, for the kinds that the corpus or our guard has."""
    ours = documents["discretion"]["by_kind"]
    heads = ("kind (precision / recall)", "spans", *map(title_of, documents))
    shown = [kind for kind, one in ours.items() if one["n"] or one["precision"] is not None]
    rows = tuple(
        (
            kind,
            str(ours[kind]["n"]),
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
    ours = systems["discretion"]
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


def _precision(one: Mapping[str, Any]) -> str:
    return NOTHING if one["precision"] is None else f"{percent(one['precision'])} of {one['n']}"
