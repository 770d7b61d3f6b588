"""`discretion exposure note`: a fact put into the ledger by hand, where no export tells of it."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from discretion.cli._day import Day
from discretion.cli._passphrase import open_vault, passphrase_options
from discretion.cli._persona_input import line_options, read_line
from discretion.records import Kind

if TYPE_CHECKING:
    from discretion.exposure.ledger import Told

EXAMPLE = "discretion exposure note character.ai occupation"
SCHEMA = "discretion.note/1"


@click.command("note", short_help="Note by hand what a platform was told.", epilog=f"Example: {EXAMPLE}")
@click.argument("platform")
@click.argument("kind", type=click.Choice([kind.value for kind in Kind]))
@click.option("--persona", default="", metavar="NAME", help="As this persona.")
@click.option("--on", "day", type=Day(), help="The day on which it was told (YYYY-MM-DD).")
@click.option("--digests-only", is_flag=True, help="Keep no normalised value, only a keyed digest.")
@line_options("value", "the fact")
@click.option("--json", "as_json", is_flag=True, help=f"Print one JSON document ({SCHEMA}).")
@passphrase_options
def note(
    platform: str,
    kind: str,
    persona: str,
    day: date | None,
    digests_only: bool,
    value_file: Path | None,
    value_fd: int | None,
    as_json: bool,
    passphrase_file: Path | None,
    passphrase_fd: int | None,
) -> None:
    """Note that PLATFORM was told a fact of KIND: in a voice call, in an app without an export, years ago.

    The fact is asked for (hidden) or read from a pipe, a private file or a descriptor, never from an
    argument. It is kept as `check --keep` keeps what it finds: its normalised value and a keyed digest, never
    your words. `exposure forget PLATFORM --source hand` takes it out again.
    """
    from discretion.cli._output import output
    from discretion.exposure.ledger import Keeper
    from discretion.knowledge import platform_id
    from discretion.records import Source
    from discretion.vault import Asker, read_facts

    where = platform_id(platform)
    with open_vault(passphrase_file, passphrase_fd) as vault:
        words = read_line(f"the {kind.replace('_', ' ')}", value_file, value_fd)
        own = read_facts(vault, Asker("exposure note", "cli"))
        keeper = Keeper(
            vault,
            platform=where,
            persona=persona,
            source=Source.HAND,
            digests_only=digests_only,
            own=[(fact.kind, spelling) for fact in own for spelling in (fact.value, *fact.aliases)],
        )
        told = _told(Kind(kind), words, day)
        kept = keeper.keep([told])
    value = told.finding.value
    is_valued = value is not None and value.system != "text" and not digests_only
    with output():
        if as_json:
            document = {"platform": where, "persona": keeper.persona, "kind": kind, "new": kept.new}
            click.echo(json.dumps({"schema": SCHEMA, **document, "has_value": is_valued}, indent=2))
        else:
            click.echo(_sentence(kind, where, is_new=bool(kept.new), is_valued=is_valued))


def _told(kind: Kind, words: str, day: date | None) -> Told:
    """The fact as if it had been found, the whole line long, in a message of that day."""
    from discretion.exposure.ledger import Told
    from discretion.guard import severity
    from discretion.knowledge import normalise
    from discretion.records import Finding, Frame
    from discretion.text import Message

    at = datetime.combine(day, time(12), UTC) if day else None
    is_normalised = not kind.is_identifier or kind is Kind.DATE_OF_BIRTH
    value = normalise(kind, words, reference=day or datetime.now(UTC).date()) if is_normalised else None
    grave = severity(kind, words)
    finding = Finding(kind, 0, len(words), Frame.SELF, grave, 1.0, "by hand", "noted by hand", value)
    return Told(Message(words, sent_at=at), finding)


def _sentence(kind: str, platform: str, *, is_new: bool, is_valued: bool) -> str:
    said = kind.replace("_", " ")
    if not is_new:
        return f"The ledger has this already: {said}, told to {platform}."
    rest = "" if is_valued else " It has no value that can be counted; it is kept as a digest."
    return f"Noted: {said}, told to {platform}.{rest}"
