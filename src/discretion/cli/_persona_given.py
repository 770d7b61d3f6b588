"""`discretion persona given`: what each platform was actually given, noted as digests."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from discretion.cli._output import output
from discretion.cli._passphrase import open_vault, passphrase_options
from discretion.cli._persona_input import NothingGiven, line_options, read_line
from discretion.cli._persona_shown import as_json, given_document, shown_given
from discretion.records import DiscretionError

if TYPE_CHECKING:
    from discretion.records import GivenField
    from discretion.vault import Vault


class NotGiven(DiscretionError):
    """No row has the number that the user named."""

    exit_code = 2


@click.command("given", epilog="Example: discretion persona given character.ai email --persona Harbor")
@click.argument("platform", required=False)
@click.argument("field", required=False)
@click.option("--persona", "persona", default="", metavar="NAME", help="As this persona, with what it has.")
@click.option(
    "--origin",
    type=click.Choice(["own", "other"]),
    help="Ask for the value: it is your own, or neither yours nor a persona's.",
)
@click.option("--way", default="", metavar="WAY", help="How it was paid, for the field payment.")
@click.option("--remove", type=click.IntRange(min=1), metavar="N", help="Remove the row with this number.")
@line_options("value", "the value")
@click.option(
    "--json", "json_wanted", is_flag=True, help="Print one JSON document (discretion.persona-given/1)."
)
@passphrase_options
def given(
    platform: str | None,
    field: str | None,
    persona: str,
    origin: str | None,
    way: str,
    remove: int | None,
    value_file: Path | None,
    value_fd: int | None,
    json_wanted: bool,
    passphrase_file: Path | None,
    passphrase_fd: int | None,
) -> None:
    """Note what PLATFORM was given in FIELD, or list what is noted.

    Fields: email, name, username, birth_date, gender, location, security_answer, phone, photo, payment,
    note, and those of checks and contracts (discretion persona show NAME --field age_check). The value is
    asked for (hidden), or read from a pipe, a private file or a descriptor, never from an argument. Only a
    keyed digest of it is kept, so that `exposure leak` can tell where you gave the same twice; of an address
    its domain, of a payment the way, of a photo or note the name that you give it.

    A photo that is noted with --persona is taken for a picture that does not show you, since a persona has
    no face; say --origin own where it does. Without --persona it is yours unless you say --origin other.
    """
    from discretion.identity import field_named, give, give_from, given_fields
    from discretion.records import Origin
    from discretion.vault import Asker

    asker = Asker("persona given", "cli")
    if field is not None and remove is not None:
        raise click.UsageError("either a field or --remove")
    if field is None and (origin or way or persona or value_file is not None or value_fd is not None):
        raise click.UsageError("say which field, for example: discretion persona given character.ai email")
    one = field_named(field) if field is not None else None
    with open_vault(passphrase_file, passphrase_fd) as vault:
        if remove is not None:
            _remove(vault, remove, platform)
            return
        if one is None or platform is None:
            rows = given_fields(vault, asker, platform)
        elif persona and origin is None and one.name not in ("photo", "payment", "note"):
            rows = give_from(vault, asker, platform, one.name, persona)
        else:
            rows = (
                give(
                    vault,
                    asker,
                    platform,
                    one.name,
                    _value(one.name, way, value_file, value_fd),
                    origin=Origin(origin or ("other" if persona and one.name == "photo" else "own")),
                    persona=persona,
                    way=way,
                ),
            )
    _show(rows, is_list=one is None, json_wanted=json_wanted)


def _value(field: str, way: str, file: Path | None, fd: int | None) -> str:
    if field != "payment":
        return read_line(field, file, fd)
    if way and file is None and fd is None:
        if not sys.stdin.isatty():
            return _piped(field)
        said: str = click.prompt(
            "A word of yours for it, such as 'the blue card' (never the number; Enter for none)",
            default="", show_default=False, err=True,
        )  # fmt: skip
        return said
    return read_line(field, file, fd) if way else ""


def _piped(field: str) -> str:
    """The word for a payment from a pipe, where there is one: it may be left out."""
    try:
        return read_line(field, None, 0)
    except NothingGiven:
        return ""


def _remove(vault: Vault, number: int, platform: str | None) -> None:
    from discretion.identity import take_back

    if not take_back(vault, number, platform):
        raise NotGiven(f"no row has the number {number}; see: discretion persona given")
    click.echo("Removed.")


def _show(rows: tuple[GivenField, ...], *, is_list: bool, json_wanted: bool) -> None:
    with output():
        if json_wanted:
            click.echo(as_json("persona-given", given=[given_document(row) for row in rows]))
            return
        click.echo(shown_given(rows))
        if not is_list:
            click.echo("Noted. The value itself is not kept.")
