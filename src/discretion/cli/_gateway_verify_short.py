"""A proof in short: a line for each kind of planted value, one for what stands beside, one for the doors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from discretion.cli._report._printable import printable
from discretion.gateway._verify_judge import Outcome

if TYPE_CHECKING:
    from discretion.gateway._verify import Proof, Row

WORDS = {
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
STYLES = {
    Outcome.REPLACED: "green",
    Outcome.PHRASE: "cyan",
    Outcome.UNTOUCHED: "bright_black",
    Outcome.HELD: "yellow",
}


def mark_of(outcome: Outcome) -> Text:
    """The sign before a line."""
    if outcome.is_bad:
        return Text("✗", "bold red")
    return Text("✓", "green") if outcome.is_good else Text("●", "yellow")


def short_table(proof: Proof) -> Table:
    """One line a kind, and every value that left or came back wrong."""
    table = Table(box=None, padding=(0, 1), expand=True)
    table.add_column("", width=1)
    table.add_column("what", width=14, no_wrap=True)
    table.add_column("what you wrote", ratio=1, no_wrap=True)
    leaves = "left this machine" if proof.is_on_the_wire else "would leave"
    table.add_column(leaves, ratio=1, no_wrap=True)
    table.add_column("came back", width=14, overflow="fold")
    for column in table.columns:
        column.header_style = "bright_black"
    kinds: dict[str, list[Row]] = {}
    for row in proof.rows:
        kinds.setdefault(row.plant.kind if row.plant.where == "message" else "", []).append(row)
    beside = kinds.pop("", [])
    for rows in kinds.values():
        for row in _worth_a_line(rows):
            table.add_row(*_line(row, len(rows)))
    for row in [one for one in beside if one.outcome.is_bad]:
        table.add_row(*_line(row, 1, where=row.plant.where))
    if beside:
        table.add_row(*_counted([one.outcome for one in beside]))
    holding = sum(door.holds for door in proof.doors)
    mark = mark_of(Outcome.UNTOUCHED if holding == len(proof.doors) else Outcome.LEFT)
    closed = f"{holding} of {len(proof.doors)} hold"
    table.add_row(mark, Text("doors"), Text(closed), Text(""), Text(""))
    for door in proof.doors:
        if not door.holds:
            table.add_row(Text("✗", "bold red"), Text(""), Text(door.what, "bold red"), Text(""), Text(""))
    return table


def _worth_a_line(rows: list[Row]) -> list[Row]:
    """Those that went wrong, else the first that is not as it should be, else the first."""
    bad = [row for row in rows if row.outcome.is_bad]
    return bad or [next((row for row in rows if not row.outcome.is_good), rows[0])]


def _line(row: Row, of: int, where: str = "") -> tuple[Text, ...]:
    style = STYLES.get(row.outcome, "bold red")
    more = f" ×{of}" if of > 1 and not row.outcome.is_bad else ""
    what = where or row.plant.kind.replace("_", " ")
    return (
        mark_of(row.outcome),
        Text(f"{what}{more}"),
        Text(row.plant.value, "yellow" if row.outcome is not Outcome.UNTOUCHED else "bright_black"),
        Text(printable(row.left), style),
        Text(WORDS[row.outcome], style),
    )


def _counted(outcomes: list[Outcome]) -> tuple[Text, ...]:
    good = sum(one.is_good for one in outcomes)
    worst = next((one for one in outcomes if one.is_bad), None)
    worst = worst or next((one for one in outcomes if not one.is_good), outcomes[0])
    return mark_of(worst), Text("other places"), Text(f"{good} of {len(outcomes)} right"), Text(""), Text("")
