"""`discretion persona`: invented identities, one for each platform, and what each platform was given."""

from __future__ import annotations

from pathlib import Path

import click

from discretion.cli._called import as_called
from discretion.cli._output import output
from discretion.cli._passphrase import open_vault, passphrase_options
from discretion.cli._persona_alias import alias
from discretion.cli._persona_given import given
from discretion.cli._persona_input import line_options, read_line, short_forms
from discretion.cli._persona_overlaps import overlaps_now
from discretion.cli._persona_pairs import pin, show_stand_ins
from discretion.cli._persona_settings import is_choice, set_choice, shown_settings
from discretion.cli._persona_shown import (
    as_json,
    context,
    payment_document,
    persona_document,
    shown_list,
    shown_overlaps,
    shown_payment,
    shown_persona,
    summary_document,
)

EXAMPLE = "discretion persona new Harbor --platform character.ai"


@click.group(
    "persona",
    short_help="Invent who you are on a platform, and note what it was given.",
    epilog=f"Example: {EXAMPLE}",
)
def verb() -> None:
    """A persona is an invented name, handle, birth year, town, address and answers, for one platform.

    Nothing of it overlaps with your own facts (vault facts) or with another persona. It is for profiles:
    never for age or identity checks, payments, contracts or claims, where you answer as yourself.
    """


verb.add_command(given)
verb.add_command(alias)


@verb.command("new", epilog=f"Example: {EXAMPLE}")
@click.argument("name")
@click.option("--platform", default="", metavar="DOMAIN", help="For which platform, such as character.ai.")
@click.option(
    "--everyday",
    is_flag=True,
    help="For ordinary chats: the intimate context is off. This cannot be changed later.",
)
@click.option("--locale", metavar="CC", help="Country of the persona: US, GB, CA, AU, IE or NZ.")
@click.option(
    "--gender",
    type=click.Choice(["woman", "man", "neutral"]),
    default="neutral",
    show_default=True,
    help="What its first name says.",
)
@click.option("--birthday", is_flag=True, help="Draw day and month of birth too; most sites need none.")
@click.option("--json", "json_wanted", is_flag=True, help="Print one JSON document (discretion.persona/1).")
@passphrase_options
def new(
    name: str,
    platform: str,
    everyday: bool,
    locale: str | None,
    gender: str,
    birthday: bool,
    json_wanted: bool,
    passphrase_file: Path | None,
    passphrase_fd: int | None,
) -> None:
    """Draw a persona and keep it in the vault. NAME is what you call it; no platform sees that."""
    from discretion.identity import new_persona
    from discretion.vault import Asker

    with open_vault(passphrase_file, passphrase_fd) as vault:
        made = new_persona(
            vault,
            Asker("persona new", "cli"),
            name,
            platform=platform,
            is_everyday=everyday,
            locale=locale,
            gender=gender,
            has_birthday=birthday,
            spellings=short_forms,
        )
    with output():
        click.echo(as_json("persona", persona=persona_document(made)) if json_wanted else shown_persona(made))


@verb.command("list", epilog="Example: discretion persona list")
@click.option("--json", "json_wanted", is_flag=True, help="Print one JSON document (discretion.personas/1).")
@passphrase_options
def show_all(json_wanted: bool, passphrase_file: Path | None, passphrase_fd: int | None) -> None:
    """List your personas, without their values."""
    from discretion.identity import personas
    from discretion.vault import Asker

    with open_vault(passphrase_file, passphrase_fd) as vault:
        found = personas(vault, Asker("persona list", "cli"))
        now = overlaps_now(vault, "persona list")
    with output():
        if json_wanted:
            rows = [summary_document(one, now.get(one.name, ())) for one in found]
            click.echo(as_json("personas", personas=rows))
        else:
            click.echo(shown_list(found, now))


@verb.command(
    "show",
    short_help="Show a persona, or what it has for one field.",
    epilog="Example: discretion persona show Harbor --field username",
)
@click.argument("name")
@click.option(
    "--field", metavar="FIELD", help="Only what goes into this field of a form, or why nothing does."
)
@click.option("--stand-ins", is_flag=True, help="What leaves for this persona in the place of real values.")
@click.option("--show-text", is_flag=True, help="With --stand-ins: show the real values too.")
@click.option("--all", "show_all", is_flag=True, help="With --stand-ins: retired ones too.")
@click.option(
    "--json",
    "json_wanted",
    is_flag=True,
    help="Print one JSON document (discretion.persona/1, discretion.stand-ins/1).",
)
@passphrase_options
def show(
    name: str,
    field: str | None,
    stand_ins: bool,
    show_text: bool,
    show_all: bool,
    json_wanted: bool,
    passphrase_file: Path | None,
    passphrase_fd: int | None,
) -> None:
    """Show a persona, or what it has for one FIELD (email, name, username, birth_date, gender, location,
    security_answer). Other fields are refused, and the reason is said.

    With --stand-ins: what leaves in the place of your real values, from the vault, and from a running
    gateway that keeps nothing there; - for NAME is a gateway without a persona.
    """
    from discretion.identity import offered, persona_named, persona_settings, values_for
    from discretion.vault import Asker

    if stand_ins and field is not None:
        raise click.UsageError("either --stand-ins or --field")
    if show_text and not stand_ins:
        raise click.UsageError("--show-text goes with --stand-ins")
    if show_all and not stand_ins:
        raise click.UsageError("--all goes with --stand-ins")
    if stand_ins:
        show_stand_ins(
            name,
            passphrase_file,
            passphrase_fd,
            show_text=show_text,
            show_all=show_all,
            as_json=json_wanted,
        )
        return
    wanted = offered(field) if field is not None else None
    with open_vault(passphrase_file, passphrase_fd) as vault:
        found = persona_named(vault, Asker("persona show", "cli"), name)
        settings = persona_settings(vault, found.name)
        meets = () if wanted else overlaps_now(vault, "persona show").get(found.name, ())
    values = values_for(found, wanted, found.platform) if wanted else ()
    with output():
        if json_wanted and wanted:
            click.echo(as_json("persona-field", name=found.name, field=wanted.name, values=list(values)))
        elif json_wanted:
            click.echo(as_json("persona", persona=persona_document(found, meets, settings)))
        elif wanted:
            click.echo("\n".join(values))
        else:
            parts = (shown_persona(found), shown_settings(settings), shown_overlaps(found.name, meets))
            click.echo("\n\n".join(filter(None, parts)))


@verb.command(
    "set",
    short_help="Change one value of a persona, or what the gateway does for it.",
    epilog="Example: discretion persona set Harbor handle --draw",
)
@click.argument("name")
@click.argument("field")
@click.argument("choice", nargs=-1)
@click.option("--draw", is_flag=True, help="Draw a new value instead of asking for one.")
@click.option(
    "--of", type=click.IntRange(min=1), metavar="NUMBER", help="With pin: which stand-in to change."
)
@line_options("value", "the value")
@passphrase_options
def change_one(
    name: str,
    field: str,
    choice: tuple[str, ...],
    draw: bool,
    of: int | None,
    value_file: Path | None,
    value_fd: int | None,
    passphrase_file: Path | None,
    passphrase_fd: int | None,
) -> None:
    """Change one value of a persona: given_name, family_name, handle, birth_year, birthday, city, email,
    gender, platform, or an answer (maiden_name, first_pet …).

    The value is asked for, or read from a pipe, a private file or a descriptor. It is refused where it
    overlaps with one of your facts or with another persona.

    \b
    What the gateway does for this persona:
      set NAME mode substitute|ask|observe   or default, which takes a change back
      set NAME KIND allow|substitute|ask     what happens to one kind (name, health …), or default
      set NAME pin KIND STAND_IN --of 3      choose a stand-in; numbers: show NAME --stand-ins
    """
    from discretion.identity import change, set_platform
    from discretion.vault import Asker

    asker = Asker("persona set", "cli")
    has_value = draw or value_file is not None or value_fd is not None
    if draw and (value_file is not None or value_fd is not None):
        raise click.UsageError("either --draw or a value")
    if of is not None and field != "pin":
        raise click.UsageError("--of goes with pin: discretion persona set NAME pin KIND STAND_IN --of 3")
    if field == "pin":
        pin(name, choice, of, passphrase_file, passphrase_fd)
        return
    if is_choice(field, choice):
        if has_value:
            raise click.UsageError("a setting is one of the words of the help, never a value")
        set_choice(name, field, choice[0], passphrase_file, passphrase_fd)
        return
    with open_vault(passphrase_file, passphrase_fd) as vault:
        if field == "platform" and not draw:
            said = read_line("platform", value_file, value_fd, is_hidden=False)
            changed = set_platform(vault, asker, name, said)
        else:
            value = None if draw else read_line(field, value_file, value_fd, is_hidden=False)
            changed = change(vault, asker, name, field, value, spellings=short_forms)
    click.echo(
        as_called(
            f"Changed: {changed.name}, for {context(changed)}. "
            f'See it: discretion persona show "{changed.name}"'
        )
    )


@verb.command("remove", epilog="Example: discretion persona remove Harbor")
@click.argument("name")
@passphrase_options
def remove(name: str, passphrase_file: Path | None, passphrase_fd: int | None) -> None:
    """Remove a persona for good, its stand-ins too. What platforms were given stays noted."""
    from discretion.guard.stand_ins import forget_pairs
    from discretion.identity import persona_named, remove_persona
    from discretion.vault import Asker

    with open_vault(passphrase_file, passphrase_fd) as vault, vault.transaction():
        found = persona_named(vault, Asker("persona remove", "cli"), name)
        remove_persona(vault, found.name)
        forget_pairs(vault, found.name)
    click.echo("Removed. Its aliases are still at their service, and platforms keep what they were given.")


@verb.command(
    "payment",
    short_help="Compare ways of paying: who learns what.",
    epilog="Example: discretion persona payment",
)
@click.option(
    "--json", "json_wanted", is_flag=True, help="Print one JSON document (discretion.payment-ways/1)."
)
def payment(json_wanted: bool) -> None:
    """Compare ways of paying: what the platform learns, what a statement shows, what you lose. No vault."""
    with output():
        click.echo(as_json("payment-ways", ways=payment_document()) if json_wanted else shown_payment())
