"""`discretion persona alias`: an address of its own for one platform, made at an alias service."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from discretion.cli._output import output
from discretion.cli._passphrase import open_vault, passphrase_options
from discretion.cli._persona_input import line_options, read_line
from discretion.cli._persona_shown import alias_document, as_json

if TYPE_CHECKING:
    from discretion.identity import Alias
    from discretion.vault import Asker, Vault


@click.command(
    "alias",
    short_help="Make a mail alias for one platform, or switch it off.",
    epilog="Example: discretion persona alias Harbor --service simplelogin",
)
@click.argument("name")
@click.option("--service", type=click.Choice(["simplelogin", "addy"]), help="Make an alias at this service.")
@click.option("--platform", default="", metavar="DOMAIN", help="For which platform; its own by default.")
@click.option("--base-url", metavar="URL", help="The service's address, for a server of your own.")
@click.option("--own-domain", is_flag=True, help="Allow a domain of your own, which joins all aliases on it.")
@click.option("--off/--on", "off", default=None, help="Switch the alias off, or on again.")
@line_options("key", "the service's API key")
@click.option("--keep-key", is_flag=True, help="Keep the key in the vault for the next time.")
@click.option("--forget-key", is_flag=True, help="Remove the kept key of --service, and do nothing else.")
@click.option(
    "--json", "json_wanted", is_flag=True, help="Print one JSON document (discretion.persona-alias/1)."
)
@passphrase_options
def alias(
    name: str,
    service: str | None,
    platform: str,
    base_url: str | None,
    own_domain: bool,
    off: bool | None,
    key_file: Path | None,
    key_fd: int | None,
    keep_key: bool,
    forget_key: bool,
    json_wanted: bool,
    passphrase_file: Path | None,
    passphrase_fd: int | None,
) -> None:
    """Make an alias for a persona at one platform, or switch it off and on. This goes to the internet.

    The service is told nothing of the platform or the persona. The API key comes from the terminal (hidden),
    a private file or a descriptor; it is kept only if you say --keep-key.
    """
    from discretion.identity import keep_key as keep
    from discretion.vault import Asker

    asker = Asker("persona alias", "cli")
    if service is None and (off is None or forget_key):
        raise click.UsageError("say where, for example: --service simplelogin")
    with open_vault(passphrase_file, passphrase_fd) as vault:
        if forget_key and service is not None:
            _forget(vault, service, base_url)
            return
        if off is None and service is not None:
            key = _key(vault, asker, service, base_url, key_file, key_fd)
            done = _made(vault, asker, name, service, key, base_url, platform, own_domain=own_domain)
        else:
            done, key = _switched(vault, asker, name, platform, key_file, key_fd, is_on=not off)
        if keep_key:  # it works: it was just used
            keep(vault, done.service, done.base_url, key)
    with output():
        if json_wanted:
            click.echo(as_json("persona-alias", name=name, alias=alias_document(done)))
        elif off is None:
            click.echo(f"{done.email}\nFor {done.platform} alone: mail from others tells who passed it on.")
        else:
            click.echo(f"The alias is {'on' if done.is_on else 'off'}.")


def _made(
    vault: Vault,
    asker: Asker,
    name: str,
    service: str,
    key: str,
    base_url: str | None,
    platform: str,
    *,
    own_domain: bool,
) -> Alias:
    from discretion.identity import alias_service, make_alias

    with alias_service(service, key, base_url) as there:
        return make_alias(
            vault, asker, name, there, service, base_url=base_url, platform=platform, own_domain=own_domain
        )


def _switched(
    vault: Vault,
    asker: Asker,
    name: str,
    platform: str,
    key_file: Path | None,
    key_fd: int | None,
    *,
    is_on: bool,
) -> tuple[Alias, str]:
    from discretion.identity import alias_of, alias_service, persona_named, switch_alias

    known = alias_of(persona_named(vault, asker, name), platform)
    key = _key(vault, asker, known.service, known.base_url, key_file, key_fd)
    with alias_service(known.service, key, known.base_url) as there:
        return switch_alias(vault, asker, name, there, known, is_on=is_on), key


def _key(
    vault: Vault,
    asker: Asker,
    service: str,
    base_url: str | None,
    key_file: Path | None,
    key_fd: int | None,
) -> str:
    """The service's key: the one named, else the one that is kept, else asked for."""
    from discretion.identity import SERVICES, kept_key

    url = base_url or SERVICES[service].base_url
    key = kept_key(vault, asker, service, url) if key_file is None and key_fd is None else None
    if key is None:
        key = read_line(f"the API key of {service}", key_file, key_fd)
    return key


def _forget(vault: Vault, service: str, base_url: str | None) -> None:
    from discretion.identity import SERVICES, forget_key

    gone = forget_key(vault, service, base_url or SERVICES[service].base_url)
    click.echo("The key is removed." if gone else "No key was kept.")
