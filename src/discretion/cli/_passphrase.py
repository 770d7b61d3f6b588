"""How a command gets the passphrase: from the terminal, a private file or a file descriptor, nothing else.

Never from an argument (others see it in the list of processes) and never from the environment (every child
inherits it).
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from discretion.records import DiscretionError

if TYPE_CHECKING:
    from discretion.vault import Vault

LONGEST = 1024
_Command = TypeVar("_Command", bound=Callable[..., Any])


class NoPassphrase(DiscretionError):
    """There is no passphrase to be had where the user said, or none that can be one."""

    exit_code = 2


def passphrase_options(command: _Command) -> _Command:
    """Add ``--passphrase-file`` and ``--passphrase-fd`` to a command."""
    command = click.option(
        "--passphrase-fd", type=click.IntRange(min=0), metavar="N", help="Read it from this file descriptor."
    )(command)
    return click.option(
        "--passphrase-file",
        type=click.Path(dir_okay=False, path_type=Path),
        help="Read the passphrase from this file, which must be yours alone (chmod 600).",
    )(command)


def read_passphrase(
    file: Path | None, fd: int | None, *, prompt: str = "Passphrase", confirm: bool = False
) -> str:
    """The passphrase from ``file``, ``fd`` or, where neither is given, the terminal (hidden).

    One newline at its end is left off. Raises ``NoPassphrase``, or ``UnsafePermissions`` for a file that
    others can read.
    """
    from discretion.vault import leave_no_image

    leave_no_image()
    if file is not None and fd is not None:
        raise click.UsageError("give the passphrase by a file or by a descriptor, not by both")
    if file is not None:
        return _accepted(_of_file(file), str(file))
    if fd is not None:
        return _accepted(_of_fd(fd), f"file descriptor {fd}")
    if not sys.stdin.isatty():
        raise NoPassphrase(
            "no terminal to ask for the passphrase; give it with --passphrase-file FILE or --passphrase-fd N"
        )
    entered: str = click.prompt(prompt, hide_input=True, confirmation_prompt=confirm, err=True)
    return _accepted(entered.encode("utf-8", "surrogateescape"), "the terminal")


def open_vault(file: Path | None, fd: int | None) -> Vault:
    """The vault, open: by a passphrase that was named, else by the key at hand, else by the terminal.

    Raises ``VaultError``.
    """
    from discretion.vault import Vault

    need_vault()
    key = key_at_hand() if file is None and fd is None else None
    return Vault.open_with_key(key) if key else Vault.open(read_passphrase(file, fd))


def need_vault() -> None:
    """Raise ``NoVault`` where there is none: nobody types a passphrase for nothing."""
    from discretion.vault import NoVault, home, is_there

    if not is_there():
        raise NoVault(f"there is no vault in {home()}; make one: discretion vault init")


def key_at_hand() -> bytes | None:
    """The data key for which no passphrase is asked: what `vault unlock` left, else by the system's keychain.

    A keychain that is on and does not open the vault is named on standard error, in one sentence.
    """
    from discretion.vault import KeychainNotUsable, held_key, keychain_key

    if key := held_key():
        return key
    try:
        return keychain_key()
    except KeychainNotUsable as error:
        click.echo(f"discretion: {error}", err=True)
        return None


def _of_file(path: Path) -> bytes:
    from discretion.vault import check_private_file

    try:
        check_private_file(path)
        with path.open("rb") as file:
            return file.read(4 * LONGEST + 2)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "no such path"
        raise NoPassphrase(f"cannot read the passphrase from {path}: {why}") from None


def _of_fd(fd: int) -> bytes:
    read = b""
    try:
        while len(read) <= 4 * LONGEST + 1 and (part := os.read(fd, 4096)):
            read += part
    except OSError as error:
        raise NoPassphrase(
            f"cannot read the passphrase from file descriptor {fd}: {error.strerror}"
        ) from None
    return read


def _accepted(raw: bytes, where: str) -> str:
    line = raw.removesuffix(b"\n").removesuffix(b"\r")
    try:
        passphrase = line.decode("utf-8")
    except UnicodeDecodeError:
        raise NoPassphrase(f"the passphrase from {where} is not UTF-8 text") from None
    if not passphrase:
        raise NoPassphrase(f"the passphrase from {where} is empty")
    if len(passphrase) > LONGEST or "\n" in passphrase or "\x00" in passphrase:
        raise NoPassphrase(f"the passphrase from {where} is not one line of up to {LONGEST:,} characters")
    return passphrase
