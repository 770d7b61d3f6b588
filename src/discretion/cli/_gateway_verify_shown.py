"""How a proof is shown: a table of what was planted, what left and what came back, and as JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from discretion.cli._report._printable import printable
from discretion.cli._report._terminal import ReportConsole
from discretion.gateway._recall import measured
from discretion.gateway._verify_judge import Outcome

if TYPE_CHECKING:
    from discretion.gateway._verify import Proof, Row

_WIDEST = 100
_WORDS = {
    Outcome.REPLACED: "the real value",
    Outcome.PHRASE: "the phrase",
    Outcome.UNTOUCHED: "untouched",
    Outcome.HELD: "held back",
    Outcome.LEFT: "IT LEFT",
    Outcome.CHANGED: "was changed",
    Outcome.NOT_RESTORED: "not the real value",
    Outcome.UNSTEADY: "not always the same",
}
"""What is said of each outcome under "came back"."""
_STYLES = {
    Outcome.REPLACED: "green",
    Outcome.PHRASE: "cyan",
    Outcome.UNTOUCHED: "bright_black",
    Outcome.HELD: "yellow",
}
_GROUPS = {"identifiers": "identifiers", "contacts": "contacts", "names": "names from one's own life"}


def show(proof: Proof, console: Console | None = None) -> None:
    """Print the report, at most 100 columns wide."""
    console = console or ReportConsole(highlight=False, emoji=False, markup=False)
    console.width = min(console.width, _WIDEST)
    console.print(Rule(Text(" What a platform would receive ", "bold"), align="left", style="bright_black"))
    console.print(Text(_how(proof), "bright_black"))
    console.print()
    console.print(_verdict(proof))
    for sentence in proof.held:
        console.print(Text(f"Held back: {printable(sentence)}", "yellow"))
    said = [row for row in proof.rows if row.plant.where == "message"]
    beside = [row for row in proof.rows if row.plant.where != "message"]
    for title, rows in (("Said in the chat", said), ("Beside the messages", beside)):
        if rows:
            console.print()
            console.print(_table(title, rows, is_on_the_wire=proof.is_on_the_wire))
    console.print()
    console.print(_doors(proof))
    console.print()
    console.print(Rule(style="bright_black"))
    console.print(_limits(proof))


def _how(proof: Proof) -> str:
    if proof.is_on_the_wire:
        return (
            f"{proof.exchanges} requests through a gateway to an upstream that repeats what it received, "
            "both on this machine and thrown away now. Everything planted is invented."
        )
    return (
        f"{proof.exchanges} requests shown to your running gateway, which said what it would send, with your "
        "settings. Nothing was sent to your upstream: this is the gateway's own word, not the wire's. "
        "Everything planted is invented."
    )


def _verdict(proof: Proof) -> Text:
    good, all_rows = sum(row.outcome.is_good for row in proof.rows), len(proof.rows)
    closed = sum(door.holds for door in proof.doors)
    if proof.is_clean and good == all_rows:
        told = f"All {all_rows} planted values: none left that must stay here, and each came back right."
        return Text.assemble(("✓ ", "bold green"), (told, "bold"))
    if proof.is_clean:
        told = f"Nothing planted left; {all_rows - good} of {all_rows} values were in requests held back."
        return Text.assemble(("● ", "bold yellow"), (told, "bold"))
    parts = [f"{len(proof.bad)} of {all_rows} planted values left or came back wrong"] if proof.bad else []
    open_ = len(proof.doors) - closed
    parts += [f"{open_} of {len(proof.doors)} doors did not hold"] if open_ else []
    parts += ["not everything was proven, since requests were held back"] if proof.held else []
    return Text.assemble(("✗ ", "bold red"), ("; ".join(parts) + ".", "bold red"))


def _table(title: str, rows: list[Row], *, is_on_the_wire: bool) -> Table:
    table = Table(
        box=None, padding=(0, 1), title=title, title_justify="left", title_style="bold", expand=True
    )
    table.add_column("", width=1)
    table.add_column("where" if rows[0].plant.where != "message" else "what", width=18)
    table.add_column("what you wrote", ratio=1, overflow="fold")
    table.add_column("left this machine" if is_on_the_wire else "would leave", ratio=1, overflow="fold")
    table.add_column("came back", width=14, overflow="fold")
    table.add_column("right", width=6, justify="right", style="bright_black")
    for column in table.columns:
        column.header_style = "bright_black"
    for row in rows:
        table.add_row(*_cells(row))
    return table


def _cells(row: Row) -> tuple[Text, ...]:
    plant, outcome = row.plant, row.outcome
    mark = Text("✓", "green") if outcome.is_good else Text("●", "yellow")
    if outcome.is_bad:
        mark = Text("✗", "bold red")
    what = plant.kind.replace("_", " ") if plant.where == "message" else plant.where
    style = _STYLES.get(outcome, "bold red")
    back = Text(_WORDS[outcome], style)
    if outcome in (Outcome.NOT_RESTORED, Outcome.CHANGED) and row.back:
        back = Text.assemble((_WORDS[outcome], style), "\n", (printable(row.back), "red"))
    return (
        mark,
        Text(what),
        Text(plant.value, "yellow" if outcome is not Outcome.UNTOUCHED else "bright_black"),
        Text(printable(row.left), style),
        back,
        Text(f"{row.good} of {row.times}"),
    )


def _doors(proof: Proof) -> Table:
    table = Table(box=None, padding=(0, 1), show_header=False, title="What must stay out or stay here")
    table.title_style, table.title_justify = "bold", "left"
    for door in proof.doors:
        mark = Text("✓", "green") if door.holds else Text("✗", "bold red")
        table.add_row(mark, Text(door.what, "" if door.holds else "bold red"))
    return table


def _limits(proof: Proof) -> Padding:
    told = measured()
    figures = ", ".join(
        f"{one.recall:g} % of {_GROUPS[one.group]} ({one.low:g}–{one.high:g})" for one in told.groups
    )
    return Padding(
        Text.assemble(
            ("This proves the planted facts, not every fact. ", "bold"),
            f"On {told.lines} labelled lines of {told.conversations} chats the guard finds {figures}; "
            f"measured {told.date} by `{told.command}`. What it does not find leaves as you wrote it.",
        ),
        (0, 0, 0, 0),
    )


def document(proof: Proof) -> str:
    """The proof as one JSON document (discretion.gateway-verify/1); every value in it is invented."""
    told = measured()
    return json.dumps(
        {
            "schema": "discretion.gateway-verify/1",
            "clean": proof.is_clean,
            "on_the_wire": proof.is_on_the_wire,
            "requests": proof.exchanges,
            "held": list(proof.held),
            "planted": [_row_document(row) for row in proof.rows],
            "doors": [{"what": door.what, "holds": door.holds} for door in proof.doors],
            "measured": {
                "date": told.date,
                "command": told.command,
                "lines": told.lines,
                "conversations": told.conversations,
                "recall": {
                    one.group: {"percent": one.recall, "low": one.low, "high": one.high}
                    for one in told.groups
                },
            },
        },
        ensure_ascii=False,
    )


def _row_document(row: Row) -> dict[str, Any]:
    return {
        "where": row.plant.where,
        "kind": row.plant.kind,
        "value": row.plant.value,
        "becomes": row.plant.becomes,
        "outcome": row.outcome.value,
        "left": row.left,
        "came_back": row.back,
        "good": row.good,
        "times": row.times,
        "endpoints": [one.value for one in row.endpoints],
    }
