"""`discretion check`: read a chat export and show, message by message, what it gives away."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime, time
from pathlib import Path

import click

from discretion.cli._day import Day
from discretion.cli._passphrase import passphrase_options
from discretion.records import Severity

EXAMPLE = "discretion check chats.jsonl"


class _ExportPath(click.ParamType[Path]):
    name = "path"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        if not str(value).strip():  # an unset shell variable would else mean this folder
            self.fail(f"the path is empty; say which export to read, for example: {EXAMPLE}", param, ctx)
        return Path(str(value))


class _Country(click.ParamType[str]):
    name = "country"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        code = {"UK": "GB"}.get(str(value).upper(), str(value).upper())
        if len(code) != 2 or not code.isascii() or not code.isalpha():
            self.fail("write the country as two letters, for instance US, GB or IN", param, ctx)
        return code


@click.command(
    "check",
    short_help="Show what a chat export gives away about you.",
    epilog=f"Example: {EXAMPLE} --html report.html",
)
@click.argument("path", required=False, type=_ExportPath())
@click.option("--show-text", is_flag=True, help="Show your words; without it everything is masked.")
@click.option(
    "--html", "page", type=click.Path(dir_okay=False, path_type=Path), help="Write a page to look at."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document (discretion.check/1).")
@click.option(
    "--facts",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Your own facts (TOML, readable by you alone), looked for in story and life.",
)
@click.option("--since", type=Day(), help="Only messages from this day on (YYYY-MM-DD).")
@click.option(
    "--min-severity",
    type=click.Choice([s.value for s in Severity]),
    default=Severity.LOW.value,
    show_default=True,
    help="Show findings from this severity on.",
)
@click.option(
    "--rules-only",
    is_flag=True,
    help=f"Leave the model out: quicker, finds less, and says so. Example: {EXAMPLE} --rules-only",
)
@click.option("--everyday", is_flag=True, help="Ordinary chats: the intimate context is off.")
@click.option("--me", metavar="NAME", help="The speaker who is you, for plain text and group chats.")
@click.option(
    "--country", type=_Country(), metavar="CC", help="Where you live (two letters), for help lines."
)
@click.option("--all", "all_rows", is_flag=True, help="Show every message with a finding, not the worst 40.")
@click.option(
    "--keep",
    metavar="PLATFORM",
    help="Keep in the vault that this platform was told these facts; its domain, as in character.ai.",
)
@click.option("--persona", metavar="NAME", help="With --keep: as which persona you were there.")
@click.option("--digests-only", is_flag=True, help="With --keep: leave out the normalised values.")
@passphrase_options
@click.option("--cores", type=click.IntRange(min=1), help="Processes to use; all of them by default.")
def verb(
    path: Path | None,
    show_text: bool,
    page: Path | None,
    as_json: bool,
    facts: Path | None,
    since: date | None,
    min_severity: str,
    rules_only: bool,
    everyday: bool,
    me: str | None,
    country: str | None,
    all_rows: bool,
    keep: str | None,
    persona: str | None,
    digests_only: bool,
    passphrase_file: Path | None,
    passphrase_fd: int | None,
    cores: int | None,
) -> int:
    """Read a chat export and show, message by message, what could identify you, what you told about yourself
    and where you slipped from fiction into your life.

    PATH is a file, a folder or a zip; - or nothing reads from a pipe. Nothing leaves this machine, and
    nothing is written but the page you name and what --keep puts into the vault: kinds, times, values and
    keyed digests, never your words, of every finding whatever --min-severity. The same export again changes
    nothing there. Leaves with 3 if there are findings, 0 if not, 2 if it cannot read.
    """
    from discretion.cli._keep import KeepOptions
    from discretion.cli._output import output
    from discretion.cli._run import Options, run

    if path is None and sys.stdin.isatty():
        raise click.UsageError(f"say which export to read, for example: {EXAMPLE}")
    if keep is None and (persona is not None or digests_only):
        raise click.UsageError(
            f"--persona and --digests-only go with --keep, for example: {EXAMPLE} --keep character.ai"
        )
    kept = None
    if keep is not None:
        kept = KeepOptions(keep, persona or "", digests_only, passphrase_file, passphrase_fd)
    options = Options(
        path=None if path is None or str(path) == "-" else path,
        show_text=show_text,
        page=page,
        as_json=as_json,
        facts=facts,
        since=datetime.combine(since, time(), UTC) if since else None,
        min_severity=Severity(min_severity),
        rules_only=rules_only,
        intimate=not everyday,
        me=me,
        country=country,
        all_rows=all_rows,
        cores=cores,
        passphrase_file=passphrase_file,
        passphrase_fd=passphrase_fd,
        keep=kept,
    )
    with output():
        return run(options)
