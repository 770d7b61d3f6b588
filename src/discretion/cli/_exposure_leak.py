"""`discretion exposure leak`: a breach of one platform, played through before it happens."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from discretion.cli._passphrase import open_vault, passphrase_options

if TYPE_CHECKING:
    from datetime import date

    from discretion.records import Disclosure, Estimate, GivenField, Kind, Leak
    from discretion.vault import Asker, Vault

EXAMPLE = "discretion exposure leak character.ai --html leak.html"
MOST_NAMED = 20
"""Platforms that are named where the one asked for is not known."""
SVG_OPENING = '<svg xmlns="http://www.w3.org/2000/svg"'
_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command(
    "leak", short_help="Play through what a breach of a platform would do.", epilog=f"Example: {EXAMPLE}"
)
@click.argument("platform")
@click.option("--html", "page", type=_FILE, help="Write a page to look at.")
@click.option("--svg", "picture", type=_FILE, help="Write the graph of what links as a picture.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document (discretion.leak/1).")
@click.option("--everyday", is_flag=True, help="Ordinary chats there: the intimate context is off.")
@passphrase_options
def leak(
    platform: str,
    page: Path | None,
    picture: Path | None,
    as_json: bool,
    everyday: bool,
    passphrase_file: Path | None,
    passphrase_fd: int | None,
) -> int:
    """Play the breach of PLATFORM (its domain): what a thief would read, which other accounts and people that
    leads to, who could recognise you, what could follow, and what to do first.

    Reads what `check --keep` and `persona given` recorded in the vault. No value is shown. Nothing leaves
    this machine, and nothing is written but the files you name. Leaves with 0, or 2 where it cannot read.
    """
    from datetime import UTC, datetime

    from discretion.cli._output import output
    from discretion.exposure import leak as played
    from discretion.exposure._collection import uncollected
    from discretion.knowledge import platform_id
    from discretion.vault import Asker

    name = platform_id(platform)
    today = datetime.now(UTC).date()
    with open_vault(passphrase_file, passphrase_fd) as vault, uncollected():
        told, given, own = _recorded(vault, Asker("exposure leak", "cli"))
        found = played.leak(
            name,
            told,
            given,
            own=own,
            estimate=_estimate(name, told, given, today),
            today=today,
            is_intimate=not everyday,
        )
    with output():
        _shown(found, page=page, picture=picture, as_json=as_json)
        others = sorted({one.platform for one in told} | {one.platform for one in given})
        if not found.is_known and others and not as_json:
            click.echo(f"Something is kept about: {', '.join(others[:MOST_NAMED])}.")
    return 0


def _recorded(
    vault: Vault, asker: Asker
) -> tuple[tuple[Disclosure, ...], tuple[GivenField, ...], list[tuple[Kind, bytes]]]:
    """What all platforms were told and given, and the digests of the user's own facts."""
    from discretion.exposure.ledger import disclosures
    from discretion.identity import given_fields
    from discretion.knowledge import normalise
    from discretion.vault import FactDigests, read_facts

    digests = FactDigests(vault)
    with vault.transaction():
        told, given = disclosures(vault, asker), given_fields(vault, asker)
        own = [
            (fact.kind, digests.of(fact.kind, spelling, normalise(fact.kind, spelling)))
            for fact in read_facts(vault, asker)
            for spelling in (fact.value, *fact.aliases)
        ]
    return told, given, own


def _estimate(
    platform: str, told: Sequence[Disclosure], given: Sequence[GivenField], today: date
) -> Estimate | None:
    """How many people fit what this platform was told, besides what names one person by itself.

    What leads to the person directly is a link of its own, and what a persona invented is nobody's; but for
    a gender, which is one of few and likely theirs too.
    """
    from discretion.exposure.ledger import estimate_told
    from discretion.records import Kind, Origin

    invented = {
        (one.kind, one.digest)
        for one in given
        if one.origin is Origin.PERSONA and one.kind is not Kind.GENDER
    }
    mine = [
        one
        for one in told
        if one.platform == platform
        and (not one.kind.is_identifier or one.kind is Kind.DATE_OF_BIRTH)
        and (one.is_own or (one.kind, one.digest) not in invented)
    ]
    return estimate_told(mine, today)[0] if mine else None


def _shown(found: Leak, *, page: Path | None, picture: Path | None, as_json: bool) -> None:
    if page is not None:
        from discretion.cli._private_file import private_file
        from discretion.cli._report._leak_page import OPENING, render

        with private_file(page, OPENING) as file:
            file.write(render(found))
    if picture is not None:
        from discretion.cli._private_file import private_file
        from discretion.cli._report._leak_drawing import drawing

        with private_file(picture, SVG_OPENING) as file:
            file.write(drawing(found, styled=True).svg)
    if as_json:
        from discretion.cli._report._leak_document import document

        click.echo(document(found))
        return
    from discretion.cli._report._leak_terminal import in_terminal

    in_terminal(found)
    if page is not None:
        click.echo(f"\nThe page is {page}; only you can read it.")
    if picture is not None:
        click.echo(f"\nThe picture is {picture}; only you can read it.")
