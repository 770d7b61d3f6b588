"""The group of verbs: every module of this package without an underscore is one, found by discovery."""

from __future__ import annotations

import importlib
import pkgutil

import click

import discretion
from discretion import cli


class Verbs(click.Group):
    """Loads a verb only when it is asked for, so that `--help` and every other verb stay quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the verbs, in order."""
        names = [info.name for info in pkgutil.iter_modules(cli.__path__)]
        return sorted(name.replace("_", "-") for name in names if not name.startswith("_"))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The verb ``cmd_name``: the value ``verb`` of its module."""
        if cmd_name not in self.list_commands(ctx):
            return None
        module = importlib.import_module(f"{cli.__name__}.{cmd_name.replace('-', '_')}")
        verb = module.verb
        return verb if isinstance(verb, click.Command) else None


@click.group(
    cls=Verbs,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Example: discretion check chats.jsonl",
)
@click.version_option(discretion.__version__, prog_name="discretion")
def program() -> None:
    """See what your intimate chats with AI give away. Everything stays on this machine."""
