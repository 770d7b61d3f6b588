"""`discretion gateway`: the proxy between a chat client and a platform, and what belongs to it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

import click

from discretion.cli._parts import Parts

EXAMPLE = "discretion gateway run --upstream https://api.provider.example/v1 --upstream-key-file key"


class _Parts(Parts):
    parts: ClassVar[Mapping[str, tuple[str, str]]] = {
        "run": ("_gateway_run", "run"),
        "add": ("_gateway_upstreams", "add"),
        "list": ("_gateway_upstreams", "show_all"),
        "remove": ("_gateway_upstreams", "remove"),
        "pending": ("_gateway_pending", "pending"),
        "verify": ("_gateway_verify", "verify"),
    }
    first = "run"


@click.group(
    "gateway",
    cls=_Parts,
    short_help="Put this machine between your chat client and the platform.",
    epilog=f"Example: {EXAMPLE}",
    context_settings={"help_option_names": ["-h", "--help"]},
)
def verb() -> None:
    """Check every message before the platform sees it, and restore what comes back.

    Change one URL in your chat client. Real names, places and contacts leave as stand-ins that keep the story
    whole, and come back as the real ones while the reply streams. Without a command: `run`, also with its
    options (`discretion gateway run --help`). `verify` shows what a platform would receive.
    """
