"""One run of `check`: read, review, report; cancelled or not, the report is whole and says so."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import FrameType
from typing import IO

import click

from discretion.cli import EXIT_CANCELLED, EXIT_FINDINGS
from discretion.cli._engine import Row, review_all, usable_cores
from discretion.cli._keep import Keeping, KeepOptions, keeping
from discretion.cli._own_facts import own_facts
from discretion.cli._progress import progress
from discretion.cli._report._document import Document
from discretion.cli._report._headline import headline
from discretion.cli._tally import KEPT_ROWS, Tally
from discretion.exports import Export, read_export
from discretion.guard import Fact
from discretion.knowledge import HelpLine, help_lines
from discretion.records import Severity


@dataclass(frozen=True, slots=True)
class Options:
    """What the user asked of `check`; ``path`` is ``None`` for standard input."""

    path: Path | None
    show_text: bool
    page: Path | None
    as_json: bool
    facts: Path | None
    since: datetime | None
    min_severity: Severity
    rules_only: bool
    intimate: bool
    me: str | None
    country: str | None
    all_rows: bool
    cores: int | None
    passphrase_file: Path | None = None
    passphrase_fd: int | None = None
    keep: KeepOptions | None = None


def run(options: Options) -> int:
    """Do one run and return its exit code."""
    with keeping(options.keep, options.facts) as kept:
        if kept:
            return _run(options, kept.facts, kept)
        return _run(options, _own_facts(options), None)


def _own_facts(options: Options) -> tuple[Fact, ...]:
    return own_facts("check", options.facts, options.passphrase_file, options.passphrase_fd)


def _run(options: Options, facts: tuple[Fact, ...], kept: Keeping | None) -> int:
    export = read_export(options.path or sys.stdin.buffer, me=options.me)
    tally = Tally(
        min_severity=options.min_severity,
        keeps_text=options.show_text,
        most_kept=0 if options.as_json and not options.page else KEPT_ROWS,
    )
    with _page(options.page) as page_file:
        document = Document(sys.stdout, tally, show_text=options.show_text) if options.as_json else None
        complete = _read(export, facts, options, tally, document, kept)
        if document:
            document.finish(export, complete=complete, kept=kept.document() if kept else None)
        _show(export, tally, options, page_file, complete=complete, facts=facts)
        if kept and not options.as_json:
            click.echo(kept.sentence(complete=complete))
    if not complete:
        return EXIT_CANCELLED
    return 0 if tally.is_clear else EXIT_FINDINGS


def _read(
    export: Export,
    facts: tuple[Fact, ...],
    options: Options,
    tally: Tally,
    document: Document | None,
    kept: Keeping | None,
) -> bool:
    """Review everything and hand each row on; whether it was not cancelled."""
    with _cancellable() as cancelled, progress(export, quiet=not sys.stderr.isatty()) as step:
        rows = review_all(
            export,
            facts=facts,
            intimate=options.intimate,
            cores=options.cores or usable_cores(),
            rules_only=options.rules_only,
        )
        for row in rows:
            if _is_wanted(row, options.since):
                tally.add(row)
                if document:
                    document.add(row)
                if kept:
                    kept.add(row)
            step(row)
            if cancelled:
                break
        if kept:
            kept.flush()
        return not cancelled


def _is_wanted(row: Row, since: datetime | None) -> bool:
    """Whether a row is late enough; one whose time is unknown always is, since it may be."""
    return since is None or row.message.sent_at is None or row.message.sent_at >= since


def _show(
    export: Export,
    tally: Tally,
    options: Options,
    page_file: IO[str] | None,
    *,
    complete: bool,
    facts: tuple[Fact, ...],
) -> None:
    name = options.path.resolve().name or str(options.path) if options.path else "standard input"
    head = headline(
        export,
        tally,
        complete=complete,
        intimate=options.intimate,
        name=name,
        since=options.since,
        facts=facts,
    )
    country = options.country or _country_of_locale()
    lines = _lines(country) if tally.crises else ()
    if page_file:
        from discretion.cli._report._page import render

        page_file.write(
            render(export, tally, head, show_text=options.show_text, lines=lines, country=country)
        )
    if options.as_json:
        return
    from discretion.cli._report._terminal import ReportConsole, show

    console = ReportConsole(highlight=False, emoji=False, markup=False)
    show(
        console,
        export,
        tally,
        head,
        show_text=options.show_text,
        all_rows=options.all_rows,
        lines=lines,
        country=country,
    )
    if options.page:
        click.echo(f"The page is {options.page}; only you can read it.")


def _lines(country: str | None) -> tuple[HelpLine, ...]:
    return help_lines(country) if country else ()


def _country_of_locale() -> str | None:
    """The country that the user's locale names, such as GB in ``en_GB.UTF-8``."""
    set_to = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    named = next(filter(None, set_to), "").partition(".")[0].partition("_")[2].partition("@")[0]
    return named if len(named) == 2 and named.isalpha() else None


@contextmanager
def _cancellable() -> Iterator[list[int]]:
    """Collect SIGINT and SIGTERM instead of dying, so that the report can be finished; twice ends at once."""
    caught: list[int] = []

    def note(number: int, frame: FrameType | None) -> None:
        if caught:
            raise KeyboardInterrupt
        caught.append(number)

    numbers = (signal.SIGINT, signal.SIGTERM)
    try:
        before = [signal.signal(number, note) for number in numbers]
    except ValueError:  # not the main thread: signals are the caller's own
        yield caught
        return
    try:
        yield caught
    finally:
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)


@contextmanager
def _page(path: Path | None) -> Iterator[IO[str] | None]:
    """The page's file, open before the long work starts, readable by the user alone from its first byte."""
    if path is None:
        yield None
        return
    from discretion.cli._private_file import private_file
    from discretion.cli._report._page import OPENING

    with private_file(path, OPENING) as file:
        yield file
