"""`discretion vault`: the encrypted file in which everything is kept that the program keeps."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from discretion.cli._called import as_called
from discretion.cli._passphrase import need_vault, open_vault, passphrase_options, read_passphrase
from discretion.cli._vault_facts import facts
from discretion.cli._vault_keychain import end_keychain, keychain
from discretion.cli._vault_shown import shown_audit, shown_status, shown_strength

_FILE = click.Path(dir_okay=False, path_type=Path)


@click.group(
    "vault",
    short_help="Keep facts and records in one encrypted file.",
    epilog="Example: discretion vault init",
)
def verb() -> None:
    """Everything Discretion keeps lies in one encrypted file that only your passphrase opens.

    The passphrase is asked for in the terminal, or read from a private file or a file descriptor; never from
    an argument or the environment. Nothing can bring it back: a forgotten passphrase is the end of the vault.
    """


verb.add_command(facts)
verb.add_command(keychain)


def _new_passphrase(file: Path | None, fd: int | None, *, accept_weak: bool, prompt: str) -> str:
    """A new passphrase, judged; a weak one is refused unless the user insists."""
    from discretion.vault import strength

    passphrase = read_passphrase(file, fd, prompt=prompt, confirm=True)
    told = strength(passphrase)
    click.echo(shown_strength(told), err=True)
    if told.is_weak and not accept_weak:
        raise click.UsageError(
            "the passphrase is weak and nothing was changed; take a longer one (five random words do), "
            "or say --accept-weak"
        )
    return passphrase


@verb.command("init", epilog="Example: discretion vault init")
@passphrase_options
@click.option("--accept-weak", is_flag=True, help="Take a passphrase that counts as weak.")
def init(passphrase_file: Path | None, passphrase_fd: int | None, accept_weak: bool) -> None:
    """Make the vault. The passphrase is judged; five random words are a good one."""
    from discretion.vault import Vault, VaultExists, home, is_there
    from discretion.vault import lock as end_holding

    if is_there():
        raise VaultExists(f"there is a vault in {home()} already; it stays as it is")
    end_holding()  # of one whose files were taken away by hand
    passphrase = _new_passphrase(
        passphrase_file, passphrase_fd, accept_weak=accept_weak, prompt="New passphrase"
    )
    with Vault.create(passphrase) as vault:
        click.echo(f"The vault is ready: {vault.path}")
    click.echo("Nobody can bring a forgotten passphrase back. Make a backup once something is in it.")
    click.echo(as_called("Next: discretion vault facts add name, or discretion check CHATS --keep PLATFORM"))


@verb.command(
    "status",
    short_help="Say where the vault is, and whether it is unlocked.",
    epilog="Example: discretion vault status --check",
)
@click.option("--check", is_flag=True, help="Open it and authenticate every page.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document (discretion.vault-status/1).")
@passphrase_options
def status(check: bool, as_json: bool, passphrase_file: Path | None, passphrase_fd: int | None) -> None:
    """Say where the vault is, whether it is unlocked, and what a guess at its passphrase costs."""
    if check:
        with open_vault(passphrase_file, passphrase_fd) as vault:
            vault.check()
    click.echo(shown_status(as_json=as_json, is_checked=check))


@verb.command("passphrase", epilog="Example: discretion vault passphrase")
@passphrase_options
@click.option("--new-passphrase-file", type=_FILE, help="Read the new passphrase from this private file.")
@click.option("--new-passphrase-fd", type=click.IntRange(min=0), metavar="N", help="Or from this descriptor.")
@click.option("--accept-weak", is_flag=True, help="Take a passphrase that counts as weak.")
def passphrase(
    passphrase_file: Path | None,
    passphrase_fd: int | None,
    new_passphrase_file: Path | None,
    new_passphrase_fd: int | None,
    accept_weak: bool,
) -> None:
    """Change the passphrase. What is kept is not written anew: only its key is wrapped again."""
    from discretion.vault import change_passphrase

    need_vault()
    old = read_passphrase(passphrase_file, passphrase_fd, prompt="Passphrase of today")
    new = _new_passphrase(
        new_passphrase_file, new_passphrase_fd, accept_weak=accept_weak, prompt="New passphrase"
    )
    change_passphrase(old, new)
    end_keychain(why="it opened the vault under the old passphrase")
    click.echo(
        "The passphrase is changed. Backups keep the one they were made with; if somebody knows the old one "
        "and has a copy of the old files, make a backup, destroy the vault and restore it: it gets a new key."
    )


@verb.command(
    "unlock",
    short_help="Ask for the passphrase once, then not for a while.",
    epilog="Example: discretion vault unlock",
)
@passphrase_options
def unlock(passphrase_file: Path | None, passphrase_fd: int | None) -> None:
    """Hold the vault open, so that no command asks again: until `vault lock` or ten idle minutes."""
    from discretion.vault import IDLE_S, Vault
    from discretion.vault import unlock as hold

    need_vault()
    with Vault.open(read_passphrase(passphrase_file, passphrase_fd)) as vault:
        hold(vault.data_key)
    told = f"The vault is unlocked until `discretion vault lock` or {IDLE_S / 60:.0f} idle minutes."
    click.echo(as_called(told))


@verb.command("lock", short_help="Lock it again.", epilog="Example: discretion vault lock")
def lock() -> None:
    """End what `vault unlock` began."""
    from discretion.vault import is_keychain_on
    from discretion.vault import lock as end

    click.echo("The vault is locked." if end() else "The vault was locked already.")
    if is_keychain_on():
        told = "The system's keychain still opens it; to end that: discretion vault keychain off"
        click.echo(as_called(told))


@verb.command(
    "backup",
    short_help="Write everything to one age file.",
    epilog="Example: discretion vault backup vault.age",
)
@click.argument("path", type=_FILE)
@click.option("--accept-broken", is_flag=True, help="Also where the audit trail is broken; leaves with 3.")
@passphrase_options
def backup(path: Path, accept_broken: bool, passphrase_file: Path | None, passphrase_fd: int | None) -> int:
    """Write everything to PATH, a standard age file that today's passphrase opens.

    It leaves a row in the audit trail, and is refused where that trail is broken.
    """
    from discretion.vault import Vault, back_up

    need_vault()
    passphrase = read_passphrase(passphrase_file, passphrase_fd)
    with Vault.open(passphrase) as vault:
        written = back_up(vault, passphrase, path, accept_broken=accept_broken)
    click.echo(f"Written: {path} ({written.size:,} bytes), opened by today's passphrase.")
    if written.broken_at is not None:
        click.echo(f"Its audit trail is BROKEN at row {written.broken_at}, as the vault's is.")
        return 3
    click.echo(f"Its audit trail ends at row {written.head.number}, {written.head.mac.hex()[:16]}.")
    return 0


@verb.command(
    "restore",
    short_help="Make the vault again from a backup.",
    epilog="Example: discretion vault restore vault.age",
)
@click.argument("path", type=_FILE)
@passphrase_options
def restore(path: Path, passphrase_file: Path | None, passphrase_fd: int | None) -> None:
    """Make the vault from the backup at PATH, under the backup's passphrase. Never replaces a vault."""
    from discretion.vault import BackupNotReadable, is_there
    from discretion.vault import lock as end_holding
    from discretion.vault import restore as bring_back

    if not os.path.isfile(path):  # noqa: PTH113 -- Path's own raises for a name that is too long
        raise BackupNotReadable(f"cannot read {path}: there is no such file")
    if not is_there():
        end_holding()  # of one whose files were taken away by hand
    with bring_back(path, read_passphrase(passphrase_file, passphrase_fd)) as vault:
        click.echo(f"The vault is back: {vault.path}")


@verb.command(
    "audit",
    short_help="Show which command read your stored values, and when.",
    epilog="Example: discretion vault audit --against vault.age",
)
@click.option("--against", type=_FILE, help="A backup whose trail must be the beginning of today's.")
@click.option("--backup-passphrase-file", type=_FILE, help="Read the backup's passphrase from this file.")
@click.option(
    "--backup-passphrase-fd", type=click.IntRange(min=0), metavar="N", help="Or from this descriptor."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document (discretion.audit/1).")
@passphrase_options
def audit(
    against: Path | None,
    backup_passphrase_file: Path | None,
    backup_passphrase_fd: int | None,
    as_json: bool,
    passphrase_file: Path | None,
    passphrase_fd: int | None,
) -> int:
    """Verify and show which verb read which kinds of stored values when. Leaves with 3 where it is broken.

    A backup is opened by the passphrase that it was made with: asked for in the terminal where no option
    names it. Without a terminal it is taken to be the vault's own.
    """
    from discretion.vault import Vault, backup_head, check_trail

    is_named = backup_passphrase_file is not None or backup_passphrase_fd is not None
    since = None
    if against is None:
        if is_named:
            raise click.UsageError("a backup's passphrase without a backup: name it with --against")
        opened = open_vault(passphrase_file, passphrase_fd)
    elif is_named or sys.stdin.isatty():
        since = backup_head(
            against,
            read_passphrase(backup_passphrase_file, backup_passphrase_fd, prompt="Passphrase of the backup"),
        )
        opened = open_vault(passphrase_file, passphrase_fd)
    else:
        passphrase = read_passphrase(passphrase_file, passphrase_fd)
        since = backup_head(against, passphrase)
        opened = Vault.open(passphrase)
    with opened as vault:
        trail = check_trail(vault, since=since)
    click.echo(shown_audit(trail, as_json=as_json))
    return 0 if trail.broken_at is None else 3


@verb.command(
    "mend",
    short_help="Take a vault as it is where there is no backup.",
    epilog="Example: discretion vault mend",
)
@click.option("--yes", is_flag=True, help="Do not ask.")
@passphrase_options
def mend(yes: bool, passphrase_file: Path | None, passphrase_fd: int | None) -> None:
    """Take a vault as it is that is not as the last command left it. A backup is the better way.

    Every page must be genuine and the structure whole. Whether the last write is there in part, or something
    older was put back, nothing can tell; afterwards the vault no longer says that something was amiss.
    """
    from discretion.vault import mend as take_as_it_is

    passphrase = read_passphrase(passphrase_file, passphrase_fd)
    if not yes:
        if not sys.stdin.isatty():
            raise click.UsageError("no terminal to ask whether you mean it; say --yes")
        click.confirm("Take the vault as it is, though a write may be there in part?", abort=True, err=True)
    if not take_as_it_is(passphrase):
        click.echo("The vault is as the last command left it; nothing was done.")
        return
    end_keychain(why="it may take a mended vault for an older one; to go on: discretion vault keychain on")
    click.echo(
        as_called("The vault opens again, as it is now. Look through it, and see: discretion vault audit")
    )


@verb.command("destroy", short_help="Destroy the vault for good.", epilog="Example: discretion vault destroy")
@click.option("--yes", is_flag=True, help="Do not ask.")
def destroy(yes: bool) -> None:
    """Destroy the vault for good: its key first, then the file. Needs no passphrase."""
    from discretion.vault import NOT_PROMISED, home
    from discretion.vault import destroy as end
    from discretion.vault import lock as end_holding

    is_something = home().is_dir() and any(home().iterdir())
    if is_something and not yes:
        if not sys.stdin.isatty():
            raise click.UsageError("no terminal to ask whether you mean it; say --yes")
        click.confirm(f"Destroy the vault in {home()} for good?", abort=True, err=True)
    end_holding()
    gone = end()
    if not gone:
        click.echo(f"There was no vault in {home()}.")
        return
    click.echo("Overwritten and removed: " + ", ".join(path.name for path in gone))
    click.echo("What that cannot promise:")
    for line in NOT_PROMISED:
        click.echo(f"- {line}")
