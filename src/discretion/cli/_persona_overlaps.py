"""Telling that a persona has come to overlap with what the user keeps as their own: fields, never a value."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from discretion.cli._called import as_called

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from discretion.vault import Vault


def overlaps_now(vault: Vault, verb: str) -> Mapping[str, tuple[str, ...]]:
    """The fields that overlap, by the names of their personas; leaves an audit row under ``verb``."""
    from discretion.cli._persona_input import short_forms
    from discretion.identity import overlaps
    from discretion.vault import Asker

    return overlaps(vault, Asker(verb, "cli"), spellings=short_forms)


def say_overlaps(vault: Vault, verb: str) -> None:
    """Say on standard error which personas overlap now and what to do; nothing where none does."""
    found = overlaps_now(vault, verb)
    if found:
        which = "A persona overlaps" if len(found) == 1 else f"{len(found)} personas overlap"
        click.echo(f"{which} with what you keep as your own:", err=True)
    for name, fields in found.items():
        click.echo(f"  {name}: {', '.join(fields)}", err=True)
        for line in remedies(name, fields):
            click.echo(f"    {line}", err=True)


def remedies(name: str, fields: Sequence[str]) -> list[str]:
    """What changes each of the fields: drawn anew where that can be, else typed."""
    from discretion.identity import drawable

    drawn = drawable()
    told = [
        f'discretion persona set "{name}" {field}{" --draw" if field in drawn else ""}' for field in fields
    ]
    return [as_called(one) for one in told]
