"""`discretion vault facts`: the user's own facts, kept for every verb."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from discretion.cli._called import as_called
from discretion.cli._passphrase import open_vault, passphrase_options
from discretion.cli._persona_overlaps import say_overlaps
from discretion.records import DiscretionError, Kind

_KINDS = tuple(kind.value for kind in Kind)
_ADD = f"""Add facts of KIND: asked for in the terminal, or one a line from a pipe; never as an argument.

Other spellings of the same fact follow after a semicolon ("Ashwin Tavarez; Ash; ashwin_t").

A persona that overlaps with what is kept from then on is named, with the fields that do.

The kinds: {", ".join(_KINDS)}.
"""


class _KindOfFact(click.ParamType[str]):
    """A kind, refused without repeating what was typed: it may be the fact itself."""

    name = "kind"

    def get_missing_message(self, param: click.Parameter, ctx: click.Context | None) -> str:
        return f"The kinds are {', '.join(_KINDS)}."

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if value not in _KINDS:
            self.fail(f"that is no kind of fact; the kinds are {', '.join(_KINDS)}", param, ctx)
        return value


_LARGEST_BYTES = 1 << 20


class FactsNotRead(DiscretionError):
    """What came through the pipe is no list of facts."""

    exit_code = 2


class NoSuchFact(DiscretionError):
    """No fact has the number that the user named."""

    exit_code = 2


@click.group(
    "facts",
    short_help="Keep your own facts, to be looked for in every chat.",
    epilog="Example: discretion vault facts import facts.toml",
)
def facts() -> None:
    """Keep what nobody should learn: it is looked for in every chat, and every identity stays clear of it."""


@facts.command(
    "add",
    short_help="Add facts of one kind, typed or piped.",
    help=_ADD,
    epilog="Example: discretion vault facts add name",
)
@click.argument("kind", type=_KindOfFact(), metavar="KIND")
@passphrase_options
def add(kind: str, passphrase_file: Path | None, passphrase_fd: int | None) -> None:
    """Add facts of one kind: asked for in the terminal, or one a line from a pipe; never as an argument."""
    from discretion.vault import OwnFact, add_facts

    with open_vault(passphrase_file, passphrase_fd) as vault:
        if sys.stdin.isatty():
            typed: str = click.prompt(f"{kind} (hidden)", hide_input=True, err=True)
            lines = [typed]
        else:
            lines = _piped_lines()
        told = []
        for line in lines:
            value, *others = line.split(";")
            told.append(OwnFact(Kind(kind), value, tuple(one for one in others if one.strip())))
        new = add_facts(vault, told)
        known = len(told) - new
        click.echo(f"{new} added." if not known else f"{new} added, {known} known already.")
        say_overlaps(vault, "vault facts add")


@facts.command("list", epilog="Example: discretion vault facts list --show-text")
@click.option("--show-text", is_flag=True, help="Show the values; without it only kinds and numbers.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document (discretion.facts/1).")
@passphrase_options
def show(show_text: bool, as_json: bool, passphrase_file: Path | None, passphrase_fd: int | None) -> None:
    """List the facts that are kept; each listing leaves a row in the audit trail."""
    from discretion.vault import Asker, read_facts

    with open_vault(passphrase_file, passphrase_fd) as vault:
        kept = read_facts(vault, Asker("vault facts list", "cli"))
    if as_json:
        rows = [
            {
                "number": fact.number,
                "kind": fact.kind.value,
                "value": fact.value if show_text else None,
                "aliases": list(fact.aliases) if show_text else None,
            }
            for fact in kept
        ]
        click.echo(json.dumps({"schema": "discretion.facts/1", "facts": rows}, ensure_ascii=False))
        return
    for fact in kept:
        spellings = "; ".join([fact.value, *fact.aliases]) if show_text else "·····"
        click.echo(f"{fact.number:>4}  {fact.kind.value:<16} {_printable(spellings)}")
    if not kept:
        click.echo(as_called("No fact is kept. Add one: discretion vault facts add name"))


@facts.command("remove", epilog="Example: discretion vault facts remove 3")
@click.argument("number", type=click.IntRange(min=1))
@passphrase_options
def remove(number: int, passphrase_file: Path | None, passphrase_fd: int | None) -> None:
    """Remove the fact with that NUMBER for good."""
    from discretion.vault import remove_fact

    with open_vault(passphrase_file, passphrase_fd) as vault:
        if not remove_fact(vault, number):
            raise NoSuchFact(f"no fact has the number {number}; see: discretion vault facts list")
    click.echo("Removed.")


@facts.command("import", epilog="Example: discretion vault facts import facts.toml")
@click.argument("path", type=click.Path(dir_okay=False, path_type=Path))
@passphrase_options
def bring_in(path: Path, passphrase_file: Path | None, passphrase_fd: int | None) -> None:
    """Add the facts of PATH, a TOML file as `check --facts` reads it. The file stays: delete it yourself."""
    from discretion.guard import load_facts
    from discretion.vault import OwnFact, add_facts

    told = [OwnFact(fact.kind, fact.value, fact.aliases) for fact in load_facts(path)]
    with open_vault(passphrase_file, passphrase_fd) as vault:
        new = add_facts(vault, told)
        click.echo(f"{new} added, {len(told) - new} known already. {path} is still there: delete it.")
        say_overlaps(vault, "vault facts import")


def _piped_lines() -> list[str]:
    """The lines of standard input that hold something. Raises ``FactsNotRead``."""
    raw = sys.stdin.buffer.read(_LARGEST_BYTES + 1)
    if len(raw) > _LARGEST_BYTES:
        raise FactsNotRead("more than 1 MiB of facts in the pipe; keep those that matter")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise FactsNotRead("what came through the pipe is not UTF-8 text; nothing was added") from None
    return [line for line in text.splitlines() if line.strip()]


def _printable(text: str) -> str:
    """Without control characters, which could move the terminal's cursor."""
    return "".join(char if char.isprintable() else "�" for char in text)
