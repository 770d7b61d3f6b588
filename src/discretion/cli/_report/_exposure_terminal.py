"""The exposure report in the terminal: the answer first, then how it came to that. Needs no colour."""

from __future__ import annotations

import errno
import os
from collections.abc import Sequence
from math import log10

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from discretion.cli._report._exposure_words import (
    fact_words,
    fit_words,
    from_words,
    help_most,
    joined_words,
    leaves_words,
    new_words,
    numbers_words,
    platform_words,
    span,
    times_words,
    together_words,
    when_words,
)
from discretion.cli._report._printable import printable
from discretion.exposure.report import people_words, world_size
from discretion.records import Exposure, ExposureReport, LearntFact, Step

MOST_FACTS = 15
MOST_STEPS = 14
MOST_HELP = 4
SCALE = 26
"""Columns of the line, one person at its left end, everybody at its right."""
NARROW = 72
"""Columns of a terminal below which the words need the room that the line and the days would take."""
_LONGEST_KIND = 13
"""Columns that the longest frequent kind takes, with its colon ("relationship:"): never broken in a word."""
_UNICODE, _ASCII = ("━", "╌", "●"), ("=", "-", "o")


class _Console(Console):
    """Leaves a reader's going away (`| head`) to the program's one way out."""

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError(errno.EPIPE, os.strerror(errno.EPIPE))


def in_terminal(report: ExposureReport, *, show_values: bool, all_facts: bool) -> None:
    """Print the report to standard output."""
    console = _Console(highlight=False, emoji=False, markup=False)
    show(console, report, show_values=show_values, all_facts=all_facts)


def show(console: Console, report: ExposureReport, *, show_values: bool, all_facts: bool) -> None:
    """Print the report; of a single platform its own view, else all side by side and put together."""
    console.print(Text(report.sentence, style="bold"))
    main = report.platforms[0] if len(report.platforms) == 1 else report.together
    if report.together is None or main is None or (report.asked and not report.platforms):
        return
    if len(report.platforms) > 1:
        _side_by_side(console, report)
    _over_time(console, main)
    _facts(console, main, show_values=show_values, all_facts=all_facts, by_platform=len(report.platforms) > 1)
    _help(console, main, show_values=show_values)
    _not_checked(console, main)
    if not show_values:
        console.print()
        console.print("Values are masked; --show-values shows them.", style="dim")


def _title(console: Console, words: str) -> None:
    console.print()
    console.print(Text(words, style="bold underline" if console.is_terminal else "bold"))


def _side_by_side(console: Console, report: ExposureReport) -> None:
    _title(console, "Side by side")
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for name in ("platform", "facts", "told", "when", "people who fit"):
        table.add_column(name, justify="right" if name in ("facts", "told") else "left", overflow="fold")
    for one in (*report.platforms, report.together):
        if one is not None:
            table.add_row(
                platform_words(one),
                f"{one.facts_known:,}",
                f"{one.told:,}",
                span(one.first_day, one.last_day),
                fit_words(one),
                style="bold" if one.platform is None else "",
            )
    console.print(table)


def _over_time(console: Console, one: Exposure) -> None:
    if not one.steps:
        return
    _title(console, f"How many people fit, as facts add up ({platform_words(one)})")
    line, band, point = _ASCII if console.options.ascii_only else _UNICODE
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column("from", no_wrap=True)
    has_line = console.width >= NARROW
    if has_line:
        table.add_column(f"{'you alone':<{SCALE - 8}}everyone", no_wrap=True, min_width=SCALE)
    table.add_column("people", justify="right", no_wrap=True)
    table.add_column("with", overflow="fold")

    def add(date: str, drawn: str, people: str, words: str) -> None:
        table.add_row(date, *([drawn] if has_line else []), people, words)

    add("before", line * (SCALE - 1) + point, people_words(world_size()), "")
    for step in _kept(one.steps):
        if step is None:
            add("…", "", "", "smaller steps")
            continue
        date = f"{step.day.day} {step.day:%b %Y}{'' if step.is_told_day else ' *'}"
        add(date, _bar(step, line, band, point), people_words(step.k), new_words(step))
    console.print(table)
    last = one.steps[-1]
    if last.k_low != last.k_high:
        between = f"between {people_words(last.k_low)} and {people_words(last.k_high)}"
        console.print(f"The last number is {between}, nine times in ten.")
    if any(not step.is_told_day for step in one.steps):
        console.print("* no time in the export: the day it was noted here")


def _kept(steps: Sequence[Step]) -> list[Step | None]:
    """All steps, or those that fall furthest, the first and the last, with a gap for what lies between."""
    if len(steps) <= MOST_STEPS:
        return list(steps)
    falls = {at: log10(steps[at - 1].k / steps[at].k) for at in range(1, len(steps) - 1)}
    kept = {0, len(steps) - 1, *sorted(falls, key=lambda at: -falls[at])[: MOST_STEPS - 2]}
    found: list[Step | None] = []
    for at, step in enumerate(steps):
        if at in kept:
            found.append(step)
        elif found[-1] is not None:
            found.append(None)
    return found


def _bar(step: Step, line: str, band: str, point: str) -> str:
    """The line up to the number, the interval around it."""
    at, low, high = (
        min(SCALE - 1, round(log10(max(1, n)) / 10 * SCALE)) for n in (step.k, step.k_low, step.k_high)
    )
    drawn = [line if x < low else band for x in range(max(high, at) + 1)]
    drawn[at] = point
    return "".join(drawn)


def _facts(console: Console, one: Exposure, *, show_values: bool, all_facts: bool, by_platform: bool) -> None:
    _title(console, f"What is known ({platform_words(one)})")
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column("no.", overflow="fold", justify="right")
    is_wide = console.width >= NARROW
    last = "where" if by_platform else "from"
    for name in ("fact", "leaves", "told", *(("when",) if is_wide else ()), last):
        longest = _LONGEST_KIND if name == "fact" else None
        table.add_column(name, overflow="fold", no_wrap=name == "leaves", min_width=longest)
    shown = one.facts if all_facts else one.facts[:MOST_FACTS]
    for fact in shown:
        table.add_row(
            numbers_words(fact),
            fact_words(fact, show_values=show_values),
            leaves_words(fact),
            times_words(fact),
            *((when_words(fact),) if is_wide else ()),
            _where(fact) if by_platform else from_words(fact),
        )
    console.print(table)
    left = one.facts_known - len(shown)
    if left:
        console.print(f"and {left:,} more, which tell less{'' if all_facts else ': --all'}")


def _where(fact: LearntFact) -> str:
    return joined_words(map(printable, fact.platforms), 2)


def _help(console: Console, one: Exposure, *, show_values: bool) -> None:
    told, together = help_most(one, show_values=show_values)[:MOST_HELP], together_words(one)
    if one.besides.k is None:
        return
    _title(console, "What would help most")
    if not told and not together:
        console.print("  No one of these facts alone would let more people fit.")
        return
    for line in told:
        said = []
        if line.say and line.k_say:
            said.append(f"say {line.say}: {people_words(line.k_say)} people fit")
        if line.k_without:
            said.append(f"leave it out: {people_words(line.k_without)}")
        console.print(Padding(Text(f"{line.kind}: {'; '.join(said)}."), (0, 0, 0, 2), expand=False))
    if together:
        console.print(Padding(Text(together), (0, 0, 0, 2), expand=False))
    console.print(
        "It helps with whoever you talk to next; here once it is deleted (discretion exposure forget only "
        "clears this ledger)."
    )


def _not_checked(console: Console, one: Exposure) -> None:
    if not one.not_checked:
        return
    _title(console, "Not in the number")
    for lack in one.not_checked:
        console.print(Padding(Text(f"{lack.what}: {lack.reason}"), (0, 0, 0, 2), expand=False))


def empty_words(report: ExposureReport) -> str | None:
    """What to do where the ledger holds nothing to show; ``None`` where it does."""
    if not report.known:
        return (
            "Feed it from an export of your chats: discretion check FILE --keep PLATFORM\n"
            "for instance: discretion check chats.jsonl --keep character.ai"
        )
    if report.asked and not report.platforms:
        return f"It knows of: {joined_words(map(printable, report.known), 20)}."
    return None
