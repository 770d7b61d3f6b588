"""An estimate as JSON (discretion.estimate/1) and for the terminal."""

from __future__ import annotations

import dataclasses
import json

from discretion.records import Estimate, FactShare

SCHEMA = "discretion.estimate/1"
TO_SINGLE_OUT = 33
"""Bits that single one person out of all living ones."""
MOST_ADVICE = 5


def document(estimate: Estimate) -> str:
    """The estimate as one JSON document; the values are those that were given."""
    return json.dumps({"schema": SCHEMA, **dataclasses.asdict(estimate)}, ensure_ascii=False, indent=2)


def show(estimate: Estimate) -> None:
    """Print the estimate, what each fact does, and what to say instead."""
    from rich.console import Console
    from rich.table import Table

    from discretion.cli._report._printable import printable

    console = Console(highlight=False, emoji=False, markup=False)
    console.print(_headline(estimate))
    table = Table(box=None, pad_edge=False)
    for title in ("fact", "value", "leaves", "bits", "from"):
        table.add_column(title, justify="right" if title in ("leaves", "bits") else "left", overflow="fold")
    for fact in estimate.facts:
        table.add_row(
            printable(fact.kind), printable(fact.value), _leaves(fact), _bits(fact), fact.source or ""
        )
    console.print(table)
    for fact in estimate.facts:
        if fact.not_checked:
            console.print(f"Not checked: {printable(fact.kind)}: {fact.not_checked}.")
    for one in estimate.advice[:MOST_ADVICE]:
        instead = f"say {one.say_instead!r} instead" if one.say_instead else "leave it out"
        console.print(f"{one.fact}: {instead}: {_people(one.k_after)} would fit.")


def _headline(estimate: Estimate) -> str:
    if estimate.k is None:
        return f"No estimate: {estimate.reason}."
    if estimate.status == "singled_out":
        return f"Singled out: {estimate.reason}."
    but = f" But {estimate.reason}." if estimate.reason else ""
    return (
        f"About {_people(estimate.k)} {'fits' if estimate.k == 1 else 'fit'} (nine times in ten between "
        f"{estimate.k_low:,} and {estimate.k_high:,}): "
        f"{estimate.bits} of the {TO_SINGLE_OUT} bits that single a person out.{but}"
    )


def _people(count: int) -> str:
    return "1 person" if count == 1 else f"{count:,} people"


def _leaves(fact: FactShare) -> str:
    if fact.share is None:
        return "-"
    return f"1 in {round(1 / fact.share):,}" if fact.share > 0 else "1"


def _bits(fact: FactShare) -> str:
    return "-" if fact.bits is None else f"{fact.bits:.1f}"
