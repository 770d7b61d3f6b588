"""The speed document as tables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from benchmarks.batches import BATCH
from benchmarks.ours import OURS
from benchmarks.tables import NOTHING, Table, title_of


def speed_tables(document: Mapping[str, Any]) -> tuple[Table, ...]:
    """The must-hold limits, the systems side by side, and the starts."""
    return _limits(document), _systems(document), _batches(document), _starts(document)


def _limits(document: Mapping[str, Any]) -> Table:
    rows = tuple(
        (
            one["what"],
            _bound(one),
            f"{one['measured']:.3g} {one['unit']}",
            "yes" if one["holds"] else "no",
        )
        for one in document["limits"]
    )
    return Table("Limits", ("what", "must be", "measured", "holds"), rows)


def _bound(limit: Mapping[str, Any]) -> str:
    sign, bound = ("≥", limit["at_least"]) if limit["at_most"] is None else ("≤", limit["at_most"])
    return f"{sign} {bound:g} {limit['unit']}"


def _systems(document: Mapping[str, Any]) -> Table:
    rows = tuple(
        (
            f"{title_of(name)} {one['version']}",
            f"{one['messages_per_s']:,.0f}",
            f"{one['with_turns_per_s']:,.0f}",
            f"{one['p50_ms']:.3f}",
            f"{one['p95_ms']:.3f}",
            *_ratios(document["ratios"].get(name)),
            f"{one['load_ms']:.0f}",
            f"{one['memory_mib']:.0f}",
            f"{one['cores']:.2f}",
        )
        for name, one in document["systems"].items()
    )
    messages = document["messages"]
    title = f"{messages['n']} short messages, one core, median of {messages['rounds']} rounds"
    heads = (
        "system",
        "messages/s",
        "with the other turns",
        "p50 ms",
        "p95 ms",
        f"{title_of(OURS)} is faster by",
        "with the other turns, by",
        "load ms",
        "memory MiB",
        "cores used",
    )
    return Table(title, heads, rows)


def _ratios(ratio: Mapping[str, float] | None) -> tuple[str, str]:
    if ratio is None:
        return NOTHING, NOTHING
    return (
        f"{ratio['messages']:.2f} × ({ratio['least']:.2f}–{ratio['most']:.2f})",
        f"{ratio['with_turns']:.2f} ×",
    )


def _batches(document: Mapping[str, Any]) -> Table:
    rows = tuple(
        (title_of(name), f"{one['messages_per_s']:,.0f}", f"{one['times_ours']:.2f} ×")
        for name, one in document["batches"].items()
    )
    heads = ("system", "messages of the user/s", f"{title_of(OURS)} is faster by")
    return Table(f"Whole conversations, {BATCH} lines at once, as an export is read", heads, rows)


def _starts(document: Mapping[str, Any]) -> Table:
    start = document["start"]
    rows = tuple(
        (what, f"{start[key]:.0f}")
        for what, key in (
            ("bare interpreter", "bare_ms"),
            ("+ import discretion", "import_ms"),
            ("+ discretion --help", "help_ms"),
            ("+ import, build the guard, first review", "first_review_ms"),
        )
    )
    return Table(f"Start, median of {start['runs']} runs", ("start", "ms"), rows)
