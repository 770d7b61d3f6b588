"""`discretion gateway`: the proxy between a chat client and a platform, and what belongs to it."""

from __future__ import annotations

import importlib
from importlib.util import find_spec

import click

EXAMPLE = "discretion gateway run --upstream https://api.provider.example/v1 --upstream-key-file key"
_PARTS = {
    "run": ("_gateway_run", "run"),
    "add": ("_gateway_upstreams", "add"),
    "list": ("_gateway_upstreams", "show_all"),
    "remove": ("_gateway_upstreams", "remove"),
    "pending": ("_gateway_pending", "pending"),
    "verify": ("_gateway_verify", "verify"),
}
"""Command → module beside this one, and the command's name in it."""


class _Parts(click.Group):
    """Loads a command only when it is asked for, so that every other one stays quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [name for name, (module, _) in _PARTS.items() if find_spec(f"discretion.cli.{module}")]

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take no command for ``run``, also before its options."""
        first = args[0] if args else ""
        is_option = first.startswith("-") and first not in ctx.help_option_names
        return super().parse_args(ctx, ["run", *args] if not args or is_option else args)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        module, name = _PARTS[cmd_name]
        command = getattr(importlib.import_module(f"discretion.cli.{module}"), name)
        return command if isinstance(command, click.Command) else None


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
