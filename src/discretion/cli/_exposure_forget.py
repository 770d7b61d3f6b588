"""`discretion exposure forget`: facts taken out of the ledger for good."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from discretion.cli._day import Day
from discretion.cli._passphrase import open_vault, passphrase_options
from discretion.records import Kind, Source

if TYPE_CHECKING:
    from discretion.exposure.ledger import Going

EXAMPLE = "discretion exposure forget character.ai --kind health"
SCHEMA = "discretion.forget/1"
AFTERWARDS = "Backups made before still hold it, and importing the same chats again brings it back."


@click.command("forget", short_help="Take facts out of the ledger for good.", epilog=f"Example: {EXAMPLE}")
@click.argument("platform", required=False)
@click.option("--persona", metavar="NAME", help='Only of this persona; "" is none.')
@click.option("--kind", type=click.Choice([kind.value for kind in Kind]), help="Only of this kind.")
@click.option(
    "--fact", type=click.IntRange(min=1), metavar="N", help="Only the fact that `exposure show` numbers N."
)
@click.option("--before", type=Day(), help="Only what was told before this day (YYYY-MM-DD, UTC).")
@click.option("--since", type=Day(), help="Only what was told from this day on.")
@click.option(
    "--source", type=click.Choice([source.value for source in Source]), help="Only what came from there."
)
@click.option("--all", "everything", is_flag=True, help="All of it.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--json", "as_json", is_flag=True, help=f"Print one JSON document ({SCHEMA}).")
@passphrase_options
def forget(
    platform: str | None,
    persona: str | None,
    kind: str | None,
    fact: int | None,
    before: date | None,
    since: date | None,
    source: str | None,
    everything: bool,
    yes: bool,
    as_json: bool,
    passphrase_file: Path | None,
    passphrase_fd: int | None,
) -> None:
    """Take facts out of the ledger: all that fits every option, or what PLATFORM (its domain) was told.

    Shows what would go and asks first. What is removed is overwritten in the vault; backups made before still
    hold it, and importing the same chats again brings it back. The platform itself still knows it.
    """
    from discretion.cli._output import output
    from discretion.exposure.ledger import Chosen, forget_chosen, would_forget
    from discretion.knowledge import platform_id
    from discretion.vault import Asker

    chosen = Chosen(
        platform_id(platform) if platform is not None else None,
        persona,
        Kind(kind) if kind else None,
        fact,
        before,
        since,
        Source(source) if source else None,
        everything,
    )
    if not chosen.is_something:
        raise click.UsageError(f"say what to forget, for example: {EXAMPLE}; or --all")
    with open_vault(passphrase_file, passphrase_fd) as vault:
        going = would_forget(vault, chosen, Asker("exposure forget", "cli"))
        if going.times:
            _ask(going, yes=yes)
            forget_chosen(vault, chosen)
    with output():
        click.echo(_document(going) if as_json else _outcome(going))


def _ask(going: Going, *, yes: bool) -> None:
    """Show what would go, and see that it is meant."""
    if yes:
        return
    click.echo(_preview(going), err=True)
    if not sys.stdin.isatty():
        raise click.UsageError("no terminal to ask whether you mean it; nothing was removed; say --yes")
    click.confirm("Remove this for good?", abort=True, err=True)


def _preview(going: Going) -> str:
    lines = [f"{_facts(going.whole + going.partly)}, told {_times(going.times)}:"]
    lines += [f"  {kind:<16} {facts:>6,}" for kind, facts in going.kinds.items()]
    if going.partly:
        lines.append(f"Of {_facts(going.partly)} only a part goes: it was told at other times too.")
    return "\n".join([*lines, *_undated(going)])


def _outcome(going: Going) -> str:
    if not going.times:
        return "\n".join(["Nothing in the ledger fits; nothing was removed.", *_undated(going)])
    kinds = ", ".join(going.kinds)
    partly = f", {_facts(going.partly)} in part" if going.partly else ""
    lines = [f"Removed: {_facts(going.whole)}{partly}, told {_times(going.times)} ({kinds})."]
    return "\n".join([*lines, *_undated(going), AFTERWARDS])


def _undated(going: Going) -> list[str]:
    if not going.without_time:
        return []
    return [f"What was told {_times(going.without_time)} has no time and stays: no day could be held to it."]


def _facts(n: int) -> str:
    return f"{n:,} fact" if n == 1 else f"{n:,} facts"


def _times(n: int) -> str:
    return "once" if n == 1 else f"{n:,} times"


def _document(going: Going) -> str:
    return json.dumps(
        {
            "schema": SCHEMA,
            "facts": going.whole,
            "partly": going.partly,
            "times": going.times,
            "kinds": dict(going.kinds),
            "without_time": going.without_time,
        }
    )
