"""`discretion gateway add`, `list` and `remove`: upstreams by name in config.toml, keys in the vault."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from discretion.cli._called import as_called
from discretion.cli._output import output
from discretion.cli._passphrase import open_vault, passphrase_options
from discretion.cli._persona_input import NothingGiven, line_options, read_line

EXAMPLE = "discretion gateway add router --url https://openrouter.ai/api/v1 --key-file key"
CLEAR = "Plain http: whoever shares that network can read your chats and the key on the way."


@click.command("add", short_help="Name a platform, and keep its key.", epilog=f"Example: {EXAMPLE}")
@click.argument("name")
@click.option("--url", required=True, metavar="URL", help="Its base URL, as its documentation gives it.")
@line_options("key", "its API key")
@passphrase_options
def add(
    name: str,
    url: str,
    key_file: Path | None,
    key_fd: int | None,
    passphrase_file: Path | None,
    passphrase_fd: int | None,
) -> None:
    """Name a platform (an upstream) in config.toml, so that `discretion gateway --upstream NAME` finds it.

    The key is asked for on the terminal (hidden; nothing for none), or read from a private file or a
    descriptor. It is kept in the vault, never in config.toml; without a vault, keep none and name the file
    at the start: --upstream-key-file FILE. In config.toml your own comments stay.
    """
    from discretion.cli._gateway_start import base_url
    from discretion.gateway._address import is_open_to_the_network
    from discretion.gateway._config import add_upstream, remove_upstream
    from discretion.gateway._keys import checked_key, keep_key

    url = base_url(url)
    key = _key(name, url, key_file, key_fd)
    if key is None:
        made = add_upstream(name, url)
    else:
        key = checked_key(key)
        with open_vault(passphrase_file, passphrase_fd) as vault:
            made = add_upstream(name, url)
            try:
                keep_key(vault, made.name, key)
            except BaseException:  # a name whose key went missing would be asked for it at every start
                remove_upstream(made.name)
                raise
    if is_open_to_the_network(made.url):
        click.echo(CLEAR, err=True)
    start = f"Start: discretion gateway --upstream {made.name}"
    kept = "its key is in the vault" if key is not None else "no key is kept"
    click.echo(f"{made.name} is {made.url}; {kept}. {as_called(start)}")


def _key(name: str, url: str, file: Path | None, fd: int | None) -> str | None:
    """The key that the user gave, ``None`` where there is none; name and address are checked before."""
    from discretion.gateway._address import checked_upstream
    from discretion.gateway._config import checked_name
    from discretion.vault import is_there

    checked_name(name)
    checked_upstream(url)
    if file is None and fd is None:
        if not sys.stdin.isatty() or not is_there():
            return None
        typed: str = click.prompt(
            "API key (hidden; nothing for none)", default="", show_default=False, hide_input=True, err=True
        )
        return typed if typed.strip() else None
    try:
        return read_line("the API key", file, fd, is_bare=True)
    except NothingGiven:
        raise click.UsageError(
            "the key file is empty; leave --key-file out for a platform without a key"
        ) from None


@click.command("list", short_help="List the platforms by name.", epilog="Example: discretion gateway list")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document (discretion.upstreams/1).")
@passphrase_options
def show_all(as_json: bool, passphrase_file: Path | None, passphrase_fd: int | None) -> None:
    """List the platforms of config.toml. Whether a key is kept is said where the vault opens unasked, or by
    a passphrase that you name. No key is ever shown."""
    from discretion.cli._persona_shown import as_json as document
    from discretion.gateway._config import config_file, read_config

    found = read_config().upstreams
    names, urls = [one.name for one in found], [one.url for one in found]
    keys = _names_with_keys(passphrase_file, passphrase_fd)
    with output():
        if as_json:
            rows = [
                {"name": one.name, "url": one.url, "key": None if keys is None else one.name in keys}
                for one in found
            ]
            click.echo(document("upstreams", file=str(config_file()), upstreams=rows))
            return
        wide, long = (max(map(len, column), default=0) for column in (names, urls))
        for name, url in zip(names, urls, strict=True):
            told = "" if keys is None else "key kept" if name in keys else "no key"
            click.echo(f"{name:<{wide}}  {url:<{long}}  {told}".rstrip())
        if not found:
            click.echo(as_called(f"No platform has a name yet. Name one: {EXAMPLE}"))
        elif keys is None:
            click.echo("Whether keys are kept is in the vault, which is locked.")


def _names_with_keys(passphrase_file: Path | None, passphrase_fd: int | None) -> frozenset[str] | None:
    from discretion.cli._passphrase import key_at_hand
    from discretion.gateway._keys import names_with_keys
    from discretion.vault import Vault, is_there

    if passphrase_file is not None or passphrase_fd is not None:
        with open_vault(passphrase_file, passphrase_fd) as vault:
            return names_with_keys(vault)
    if not is_there():
        return frozenset()
    if (key := key_at_hand()) is None:
        return None
    with Vault.open_with_key(key) as vault:
        return names_with_keys(vault)


@click.command(
    "remove",
    short_help="Forget a platform and its key.",
    epilog="Example: discretion gateway remove router",
)
@click.argument("name")
@passphrase_options
def remove(name: str, passphrase_file: Path | None, passphrase_fd: int | None) -> None:
    """Take a platform out of config.toml, and its key out of the vault for good.

    Where there is a vault it is opened, so that no key stays behind. A running gateway goes on.
    """
    from discretion.gateway._config import read_config, remove_upstream
    from discretion.gateway._keys import forget_key
    from discretion.vault import is_there

    read_config().upstream(name)
    had_key = False
    if is_there():
        with open_vault(passphrase_file, passphrase_fd) as vault:
            remove_upstream(name)
            had_key = forget_key(vault, name)
    else:
        remove_upstream(name)
    click.echo(f"Removed{', and its key' if had_key else ''}.")
