"""`discretion exposure show`: what each platform knows by now, and how few people that describes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from discretion.cli._passphrase import open_vault, passphrase_options

if TYPE_CHECKING:
    from discretion.records import ExposureReport

EXAMPLE = "discretion exposure show character.ai --html report.html"


@click.command(
    "show",
    short_help="Show what platforms know by now, and how few people that describes.",
    epilog=f"Example: {EXAMPLE}",
)
@click.argument("platform", required=False)
@click.option("--show-values", is_flag=True, help="Show what was told; without it only kinds are named.")
@click.option(
    "--html", "page", type=click.Path(dir_okay=False, path_type=Path), help="Write a page to look at."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document (discretion.exposure/1).")
@click.option("--all", "all_facts", is_flag=True, help="List every fact, not those that tell most.")
@passphrase_options
def show(
    platform: str | None,
    show_values: bool,
    page: Path | None,
    as_json: bool,
    all_facts: bool,
    passphrase_file: Path | None,
    passphrase_fd: int | None,
) -> int:
    """Show what PLATFORM was told, when and how often, how many living people fit all of it, and what would
    help most. Without PLATFORM: all platforms side by side, and put together.

    Reads the ledger in the vault, which `discretion check FILE --keep PLATFORM` feeds. Nothing leaves this
    machine, and nothing is written but the page you name. Leaves with 0, or 2 where it cannot read.
    """
    from datetime import UTC, datetime

    from discretion.cli._output import output
    from discretion.exposure.report import MOST_FACTS, report_of_vault
    from discretion.knowledge import platform_id
    from discretion.vault import Asker

    asked = platform_id(platform) if platform is not None else None
    with open_vault(passphrase_file, passphrase_fd) as vault:
        found = report_of_vault(
            vault,
            Asker("exposure show", "cli"),
            today=datetime.now(UTC).date(),
            platform=asked,
            most_facts=None if all_facts else MOST_FACTS,
        )
    with output():
        _shown(found, show_values=show_values, page=page, as_json=as_json, all_facts=all_facts)
    return 0


def _shown(
    found: ExposureReport, *, show_values: bool, page: Path | None, as_json: bool, all_facts: bool
) -> None:
    if page is not None:
        from discretion.cli._private_file import private_file
        from discretion.cli._report._exposure_page import OPENING, render

        with private_file(page, OPENING) as file:
            file.write(render(found, show_values=show_values))
    if as_json:
        from discretion.cli._report._exposure_document import document

        click.echo(document(found, show_values=show_values))
        return
    from discretion.cli._report._exposure_terminal import empty_words, in_terminal

    in_terminal(found, show_values=show_values, all_facts=all_facts)
    what_now = empty_words(found)
    if what_now:
        click.echo(what_now)
    if page is not None:
        click.echo(f"The page is {page}; only you can read it.")
