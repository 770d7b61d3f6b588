"""What waits for the user's decision: how it is shown, and how it is asked for on a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any

import click

from discretion.cli._called import as_called

_CODES = {
    "ask": "asks first",
    "hold": "held, since the mode is ask",
    "not_checked": "could not be checked",
    "limit": "stopped by a limit",
    "refused": "refused before",
}
DONE = {
    "approve": "Approved. Send it again in your chat client, or wait if it still does.",
    "refuse": "Refused. It stays here.",
    "mistake": "Noted as a mistake. Send the same first message again: it begins a new conversation. "
    "The words themselves are stopped again, so put them otherwise.",
}
PUT_AWAY = "Put away. It stays here; change the message to go on."
_WAYS = {"approve": "approve", "refuse": "refuse", "mistake": "mistake"}
_LIMIT_WAYS = {"refuse": "put it away", "mistake": "it was a mistake: begin anew"}
_WIDEST = 80

Decide = Callable[[dict[str, Any], str], dict[str, Any]]


def shown(waiting: Sequence[dict[str, Any]]) -> str:
    """Everything that waits, each with the ways to decide it."""
    if not waiting:
        return "Nothing waits for you."
    lines: list[str] = []
    for one in waiting:
        lines += _entry(one, _are_several(waiting))
        ways = "  ".join(f"--{way} {one['id']}" for way in one["may"])
        lines.append(as_called(f"      decide: discretion gateway pending {ways}"))
    return "\n".join(lines)


def ask_each(waiting: Sequence[dict[str, Any]], decide: Decide) -> None:
    """Show one after the other and ask; a bare Enter leaves it waiting. Needs a terminal."""
    for one in waiting:
        click.echo("\n".join(_entry(one, _are_several(waiting))))
        ways = _LIMIT_WAYS if one["code"] == "limit" else _WAYS
        offered = {way[0]: way for way in one["may"]}
        told = ", ".join(f"{letter} {ways[way]}" for letter, way in offered.items())
        said = click.prompt(
            f"      {told}, Enter later",
            type=click.Choice([*offered, ""], case_sensitive=False),
            default="",
            show_choices=False,
            show_default=False,
        )
        if said:
            done = decide(one, offered[said])["decision"]
            click.echo(PUT_AWAY if (one["code"], done) == ("limit", "refuse") else DONE[done])


def _entry(one: dict[str, Any], names_gateway: bool) -> Iterator[str]:
    """The lines on one, at most 80 columns wide."""
    since = datetime.fromisoformat(one["asked_at"]).astimezone().strftime("%H:%M")
    where = f", gateway on {one['port']}" + (f" as {one['persona']}" if one["persona"] else "")
    style = "red" if one["code"] == "limit" else "yellow"
    told = f"{_CODES.get(one['code'], one['code'])}, since {since}{where if names_gateway else ''}"
    yield f"{click.style(one['id'], bold=True)}  {click.style(told, fg=style)}"
    for reason in one["reasons"]:
        yield from textwrap.wrap(
            as_called(reason), _WIDEST, initial_indent="      ", subsequent_indent="      "
        )
    if one["kinds"]:
        yield f"      found: {', '.join(kind.replace('_', ' ') for kind in one['kinds'])}"


def _are_several(waiting: Sequence[dict[str, Any]]) -> bool:
    return len({one["port"] for one in waiting}) > 1
