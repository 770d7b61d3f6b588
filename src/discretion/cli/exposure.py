"""`discretion exposure`: what platforms know by now, and how few people that describes."""

from __future__ import annotations

import importlib
from importlib.util import find_spec

import click

EXAMPLE = "discretion exposure estimate facts.json --json"
_PARTS = {
    "estimate": ("_exposure_estimate", "estimate"),
    "forget": ("_exposure_forget", "forget"),
    "leak": ("_exposure_leak", "leak"),
    "note": ("_exposure_note", "note"),
    "show": ("_exposure_show", "show"),
}
"""Command → module beside this one, and the command's name in it."""


class _Parts(click.Group):
    """Loads a command only when it is asked for, so that every other one stays quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [name for name, (module, _) in _PARTS.items() if find_spec(f"discretion.cli.{module}")]

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take no command for ``show``, also before an option or a platform: the answer comes first."""
        first = args[0] if args else ""
        is_option = first.startswith("-") and first not in ctx.help_option_names
        is_platform = "." in first and not is_option
        return super().parse_args(ctx, ["show", *args] if not args or is_option or is_platform else args)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        module, name = _PARTS[cmd_name]
        command = getattr(importlib.import_module(f"discretion.cli.{module}"), name)
        return command if isinstance(command, click.Command) else None


@click.group(
    "exposure",
    cls=_Parts,
    short_help="Show what platforms know of you, and how identifiable it makes you.",
    epilog=f"Example: {EXAMPLE}",
    context_settings={"help_option_names": ["-h", "--help"]},
)
def verb() -> None:
    """See what was told to whom, how many people on earth fit it, and what to say more coarsely.

    Without a command: `show`, also with its options or a platform. `check --keep PLATFORM` fills the ledger
    that `show`, `leak` and `forget` read, and `note` by hand; `estimate` works without.
    """
