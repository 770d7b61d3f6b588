"""`discretion vault keychain`: the system's keychain opens the vault, if the user says so."""

from __future__ import annotations

import json
from pathlib import Path

import click

from discretion.cli._passphrase import passphrase_options, read_passphrase

_SCHEMA = "discretion.vault-keychain/1"
_MEANS = (
    "Whoever uses your account while the keychain is unlocked, and every program that runs as you, can now "
    "open the vault without the passphrase. Turn it off with: discretion vault keychain off"
)


@click.group("keychain", epilog="Example: discretion vault keychain status")
def keychain() -> None:
    """Let the system's keychain open the vault without a passphrase. Off unless you turn it on.

    The keychain holds a random secret, not the passphrase and not the vault's key. Needs the extra
    discretion[keychain].
    """


@keychain.command("on", epilog="Example: discretion vault keychain on")
@passphrase_options
def turn_on(passphrase_file: Path | None, passphrase_fd: int | None) -> None:
    """Turn it on. Asks for the passphrase even while the vault is unlocked.

    A change of the passphrase, `restore` and `destroy` turn it off again.
    """
    from discretion.vault import Vault, keychain_on

    with Vault.open(read_passphrase(passphrase_file, passphrase_fd)) as vault:
        name = keychain_on(vault.data_key, vault.folder)
    click.echo(f"The vault now opens by {name}.")
    click.echo(_MEANS)


@keychain.command("off", epilog="Example: discretion vault keychain off")
def turn_off() -> None:
    """Turn it off and remove the entry from the keychain. Needs no passphrase."""
    from discretion.vault import keychain_off

    was_on = keychain_off()
    click.echo("The keychain no longer opens the vault." if was_on else "The keychain was off already.")


@keychain.command("status", epilog="Example: discretion vault keychain status --json")
@click.option("--json", "as_json", is_flag=True, help=f"Print one JSON document ({_SCHEMA}).")
def status(as_json: bool) -> None:
    """Say whether it is on, and whether it opens the vault now. The system may ask to unlock it."""
    from discretion.vault import KeychainNotUsable, is_keychain_on, keychain_key

    is_on, opens, why = is_keychain_on(), False, None
    try:
        opens = keychain_key() is not None
    except KeychainNotUsable as error:
        why = str(error)
    if as_json:
        click.echo(json.dumps({"schema": _SCHEMA, "on": is_on, "opens": opens, "reason": why}))
    elif not is_on:
        click.echo("The keychain is off: the passphrase alone opens the vault.")
    elif opens:
        click.echo("The keychain is on and opens the vault.")
    else:
        click.echo(f"The keychain is on and does not open the vault: {why}")


def end_keychain(*, why: str) -> None:
    """Turn it off where it is on, and say so with the reason; never fails."""
    from discretion.vault import KeychainNotUsable, NotSaved, keychain_off

    try:
        if keychain_off():
            click.echo(f"The keychain is off: {why}")
    except (KeychainNotUsable, NotSaved) as error:
        click.echo(f"discretion: {error}", err=True)
