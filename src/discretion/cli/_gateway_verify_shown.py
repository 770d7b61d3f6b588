"""How a proof is shown: a table of what was planted, what left and what came back, and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from discretion.cli._called import as_called
from discretion.cli._gateway_verify_short import STYLES, WORDS, mark_of, short_table
from discretion.cli._report._printable import printable
from discretion.cli._report._terminal import ReportConsole
from discretion.gateway._recall import measured
from discretion.gateway._verify_judge import Outcome

if TYPE_CHECKING:
    from discretion.gateway._verify import Asked, Proof, Row

_WIDE, _WIDEST = 80, 100
_GROUPS = {"identifiers": "identifiers", "contacts": "contacts", "names": "names from one's own life"}


def show(proof: Proof, console: Console | None = None, *, is_whole: bool = False) -> None:
    """Print the report: a line for each kind, at most 80 columns wide; ``is_whole``: every value and door, at
    most 100."""
    console = console or ReportConsole(highlight=False, emoji=False, markup=False)
    console.width = min(console.width, _WIDEST if is_whole else _WIDE)
    console.print(Rule(Text(" What a platform would receive ", "bold"), align="left", style="bright_black"))
    for line in _asked(proof.asked) if proof.asked else ():
        console.print(line)
    console.print(Text(_how(proof), "bright_black"))
    console.print(Text("This proves the planted facts, not every fact.", "bold"))
    console.print()
    console.print(_verdict(proof))
    for sentence in proof.held:
        console.print(Text(f"Held back: {printable(as_called(sentence))}", "yellow"))
    console.print()
    if is_whole:
        _show_whole(console, proof)
    else:
        console.print(short_table(proof))
    console.print()
    console.print(Rule(style="bright_black"))
    console.print(_limits(proof))
    if not is_whole:
        told = f"Every value and every door: discretion gateway verify{_running(proof)} --details"
        console.print(Text(as_called(told), "bright_black"))


def _running(proof: Proof) -> str:
    return f" --running http://127.0.0.1:{proof.asked.port}/v1" if proof.asked else ""


def _show_whole(console: Console, proof: Proof) -> None:
    said = [row for row in proof.rows if row.plant.where == "message"]
    beside = [row for row in proof.rows if row.plant.where != "message"]
    for title, rows in (("Said in the chat", said), ("Beside the messages", beside)):
        if rows:
            console.print(_table(title, rows, is_on_the_wire=proof.is_on_the_wire))
            console.print()
    console.print(_doors(proof))


def _asked(asked: Asked) -> Iterator[Text]:
    """How the user's own gateway stands, before anything else."""
    vault = {"open": "the vault is open", "locked": "the vault is locked", "none": "nothing is kept"}
    persona = f"persona {printable(asked.persona)}" if asked.persona else "no persona"
    told = f"Your gateway on port {asked.port}: mode {asked.mode}, {persona}, {vault[asked.vault]}."
    yield Text(told, "bold" if asked.vault != "locked" and not asked.is_observing else "bold yellow")
    if asked.is_observing:
        yield Text("It only counts: by your choice nothing is replaced, and what it finds leaves.", "yellow")
    if asked.vault == "locked":
        unlock = as_called("discretion vault unlock")
        yield Text(f"It sends nothing, so nothing could be shown. Open it and ask again: {unlock}", "yellow")


def _how(proof: Proof) -> str:
    if proof.is_on_the_wire:
        return (
            f"{proof.exchanges} requests through a gateway to a throwaway platform that repeats what it "
            "received, both on this machine. Everything planted is invented."
        )
    return (
        f"{proof.exchanges} requests shown to your gateway, which said what would leave. Nothing went to "
        "your platform: this is the gateway's own word, not the wire's. Everything planted is invented."
    )


def _verdict(proof: Proof) -> Text:
    good, all_rows = sum(row.outcome.is_good for row in proof.rows), len(proof.rows)
    closed = sum(door.holds for door in proof.doors)
    if proof.asked and closed == len(proof.doors) and (told := _by_choice(proof, proof.asked, all_rows)):
        return Text.assemble(("● ", "bold yellow"), (told, "bold"))
    if proof.is_clean and good == all_rows:
        told = f"All {all_rows} planted values: none left that must stay, and each came back right."
        return Text.assemble(("✓ ", "bold green"), (told, "bold"))
    if proof.is_clean:
        told = f"Nothing planted left; {all_rows - good} of {all_rows} values were in requests held back."
        return Text.assemble(("● ", "bold yellow"), (told, "bold"))
    parts = [f"{len(proof.bad)} of {all_rows} planted values left or came back wrong"] if proof.bad else []
    open_ = len(proof.doors) - closed
    parts += [f"{open_} of {len(proof.doors)} doors did not hold"] if open_ else []
    parts += ["not everything was proven, since requests were held back"] if proof.held else []
    return Text.assemble(("✗ ", "bold red"), ("; ".join(parts) + ".", "bold red"))


def _by_choice(proof: Proof, asked: Asked, all_rows: int) -> str:
    """What is said where the user's own choice explains it; empty where it does not."""
    if asked.vault == "locked":
        return f"Not shown: what becomes of {all_rows} planted values, since the vault is locked."
    left = sum(row.outcome is Outcome.LEFT for row in proof.bad)
    if asked.is_observing and proof.bad and left == len(proof.bad):
        return f"{left} of {all_rows} planted values would leave as they are: the mode is observe."
    return ""


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
    mark = mark_of(outcome)
    what = plant.kind.replace("_", " ") if plant.where == "message" else plant.where
    style = STYLES.get(outcome, "bold red")
    back = Text(WORDS[outcome], style)
    if outcome in (Outcome.NOT_RESTORED, Outcome.CHANGED) and row.back:
        back = Text.assemble((WORDS[outcome], style), "\n", (printable(row.back), "red"))
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
            "running": _running_document(proof.asked),
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


def _running_document(asked: Asked | None) -> dict[str, Any] | None:
    if asked is None:
        return None
    return {"port": asked.port, "mode": asked.mode, "persona": asked.persona or None, "vault": asked.vault}


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
