"""A leak in the terminal: the answer, what to do first, then how it came to that. Needs no colour."""

from __future__ import annotations

import errno
import os
from collections.abc import Sequence

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from discretion.cli._report import _leak_words as words
from discretion.cli._report._printable import printable
from discretion.records import Action, Cited, Leak, Severity

MOST_LINKS = 15
MOST_REACHES = 12
STYLES = {
    Severity.CRITICAL: "bold red",
    Severity.HIGH: "red",
    Severity.MEDIUM: "yellow",
    Severity.LOW: "cyan",
}


class _Console(Console):
    """Leaves a reader's going away (`| head`) to the program's one way out."""

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError(errno.EPIPE, os.strerror(errno.EPIPE))


def in_terminal(leak: Leak) -> None:
    """Print the report to standard output."""
    show(_Console(highlight=False, emoji=False, markup=False), leak)


def show(console: Console, leak: Leak) -> None:
    """Print the report."""
    console.print(Text(words.headline(leak), style="bold"))
    fit = words.fit_words(leak)
    if fit:
        console.print(fit)
    _actions(console, leak)
    _reads(console, leak)
    _reaches(console, leak)
    _links(console, leak)
    _onlookers(console, leak)
    _harms(console, leak)
    _not_checked(console, leak)


def _title(console: Console, title: str) -> None:
    console.print()
    console.print(Text(title, style="bold underline" if console.is_terminal else "bold"))


def _actions(console: Console, leak: Leak) -> None:
    number = 0
    for when, title in (("today", "What to do first, today"), ("after", "If it has leaked")):
        fitting = [one for one in leak.actions if one.when == when]
        if not fitting:
            continue
        _title(console, title)
        for one in fitting:
            number += 1
            _action(console, number, one)


def _action(console: Console, number: int, one: Action) -> None:
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(no_wrap=True, justify="right", min_width=4)
    grid.add_column(overflow="fold")
    grid.add_row(f"{number}.", one.what)
    grid.add_row("", Text(f"because {one.because}", style="dim"))
    for claim in one.claims:
        grid.add_row("", Text(_claim(claim), style="dim"))
    console.print(grid)


def _claim(claim: Cited) -> str:
    return f"{claim.says} ({claim.source.split('/')[2]}, {claim.as_of})"


def _reads(console: Console, leak: Leak) -> None:
    if not leak.reads:
        return
    _title(console, "What the thief reads")
    table = _table("severity", "what", "how often", "in", "when")
    for one in leak.reads:
        table.add_row(
            Text(one.severity.value, STYLES[one.severity]),
            words.kind_words(one.name) + (f" ({words.facts_words(one)})" if one.facts > 1 else ""),
            words.times_words(one),
            words.frame_words(one),
            words.when_words(one),
        )
    console.print(table)


def _reaches(console: Console, leak: Leak) -> None:
    if not leak.reaches:
        return
    _title(console, "Where it leads")
    table = _table("how surely", "to", "by")
    for one in leak.reaches[:MOST_REACHES]:
        table.add_row(
            one.strength.value,
            "you" if one.target == "person" else printable(one.target),
            printable(one.words),
        )
    console.print(table)
    _left(console, leak.reaches, MOST_REACHES)


def _links(console: Console, leak: Leak) -> None:
    if not leak.links:
        return
    _title(console, "What links")
    table = _table("how surely", "what", "between", "evidence")
    for one in leak.links[:MOST_LINKS]:
        table.add_row(
            one.strength.value,
            words.link_words(one),
            words.between_words(one),
            words.rows_words(one.evidence),
        )
    console.print(table)
    _left(console, leak.links, MOST_LINKS)


def _left(console: Console, every: Sequence[object], shown: int) -> None:
    if len(every) > shown:
        console.print(f"and {len(every) - shown:,} more: --json or --html")


def _onlookers(console: Console, leak: Leak) -> None:
    if leak.onlookers:
        _title(console, "Who could recognise you")
        for one in leak.onlookers:
            console.print(Padding(Text(f"{one.who}: {one.why}."), (0, 0, 0, 2)))


def _harms(console: Console, leak: Leak) -> None:
    if not leak.harms:
        return
    _title(console, "What could follow")
    table = _table("level", "what", "why")
    for one in leak.harms:
        table.add_row(Text(one.level.value, STYLES[one.level]), one.name, one.why)
    console.print(table)
    told = [claim for one in leak.harms for claim in one.claims]
    if told:
        _title(console, "Where it has happened to others")
        for claim in dict.fromkeys(told):
            console.print(Padding(Text(_claim(claim), style="dim"), (0, 0, 0, 2)))
        console.print(Padding(Text("The pages and their words: --html or --json.", "dim"), (0, 0, 0, 2)))


def _not_checked(console: Console, leak: Leak) -> None:
    _title(console, "Not checked")
    for lack in leak.not_checked:
        console.print(Padding(Text(f"{lack.what}: {printable(lack.reason)}", "yellow"), (0, 0, 0, 2)))


def _table(*heads: str) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for head in heads:
        table.add_column(head, overflow="fold", no_wrap=head in ("severity", "level", "how surely"))
    return table
