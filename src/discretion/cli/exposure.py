"""`discretion exposure`: what platforms know by now, and how few people that describes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

import click

from discretion.cli._parts import Parts

EXAMPLE = "discretion exposure estimate facts.json --json"


class _Parts(Parts):
    parts: ClassVar[Mapping[str, tuple[str, str]]] = {
        "estimate": ("_exposure_estimate", "estimate"),
        "forget": ("_exposure_forget", "forget"),
        "leak": ("_exposure_leak", "leak"),
        "note": ("_exposure_note", "note"),
        "show": ("_exposure_show", "show"),
    }
    first = "show"

    def is_left_out(self, word: str, ctx: click.Context) -> bool:
        """An option of ``show``, or a platform: the answer comes first."""
        is_platform = "." in word and not word.startswith("-")
        return is_platform or super().is_left_out(word, ctx)


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
