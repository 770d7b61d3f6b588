"""A group of commands that are loaded one by one, with one that is meant where none is named."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from importlib.util import find_spec
from typing import ClassVar

import click


class Parts(click.Group):
    """Loads a command only when it is asked for, so that every other one stays quick.

    ``parts`` names for each command its module in this package and the command's name there; ``first`` is
    the one that is meant where none is named.
    """

    parts: ClassVar[Mapping[str, tuple[str, str]]] = {}
    first: ClassVar[str] = ""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [name for name, (module, _) in self.parts.items() if find_spec(f"discretion.cli.{module}")]

    def is_left_out(self, word: str, ctx: click.Context) -> bool:
        """Whether ``word`` comes where a command would: an option of ``first``, say."""
        return word.startswith("-") and word not in ctx.help_option_names

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        is_meant = not args or self.is_left_out(args[0], ctx)
        return super().parse_args(ctx, [self.first, *args] if is_meant else args)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        module, name = self.parts[cmd_name]
        command = getattr(importlib.import_module(f"discretion.cli.{module}"), name)
        return command if isinstance(command, click.Command) else None
