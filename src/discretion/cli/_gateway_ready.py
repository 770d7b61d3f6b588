"""What is said once a gateway accepts connections: one line for programs, and for somebody who looks."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from discretion.cli._called import as_called

if TYPE_CHECKING:
    from discretion.cli._gateway_window import Window
    from discretion.gateway._keeping import Keeping, Loaded
    from discretion.gateway._serve import Running
    from discretion.gateway._upstream import Upstream

NO_KEY = "No key is known for that platform; most refuse messages without one: --upstream-key-file FILE"


def say_ready(
    running: Running,
    keeping: Keeping,
    upstream: Upstream,
    token_file: Path,
    facts: Path | None,
    window: Window,
) -> None:
    """One line on standard output; on a terminal what it works with and what to do next, then ``window``."""
    loaded = keeping.loaded
    mode = loaded.settings.mode.value
    guarding = "only counts at" if mode == "observe" else "is guarding"
    others = "".join(f" and http://{one}:{running.port}/v1" for one in running.addresses)
    goes = f"what it lets through goes to {running.upstream}"
    click.echo(f"Discretion {guarding} {running.url}{others} (mode {mode}); {goes}")
    sys.stdout.flush()
    if not sys.stderr.isatty():
        return
    lines = [
        f"  in your chat client   base URL {running.url}",
        f"                        API key  the line in {token_file}",
        f"  you chat as           {_persona(keeping, loaded)}",
        f"  your facts            {_facts(loaded, facts)}",
        f"  stand-ins are kept    {'in the vault' if keeping.has_vault else 'in memory, until it ends'}",
        "  what waits for you    discretion gateway pending",
        "  to end it             Ctrl-C",
    ]
    if is_without_key(upstream):
        lines.append(NO_KEY)
    click.echo(as_called("\n".join(lines)), err=True)
    window.begin()


def is_without_key(upstream: Upstream) -> bool:
    """Whether a platform elsewhere is asked without a key; models at home need none."""
    return upstream.key is None and upstream.url.startswith("https://")


def _persona(keeping: Keeping, loaded: Loaded) -> str:
    from discretion.cli._report._printable import printable

    nobody = "nobody in particular" + (" (--persona NAME)" if keeping.has_vault else "")
    return printable(loaded.settings.persona) or nobody


def _facts(loaded: Loaded, file: Path | None) -> str:
    number = len(loaded.facts)
    if not number:
        return "none: only what it finds by itself"
    return f"{number} from {file or 'the vault'}"
