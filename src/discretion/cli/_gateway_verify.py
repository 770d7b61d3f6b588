"""`discretion gateway verify`: see what a platform would receive."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from discretion.cli import EXIT_FINDINGS

EXAMPLE = "discretion gateway verify"


@click.command(
    "verify",
    short_help="Show what a platform would receive, proven on the wire.",
    epilog=f"Example: {EXAMPLE}",
)
@click.option("--running", metavar="URL", help="Ask your own gateway that runs there, with your settings.")
@click.option(
    "--token-file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="With --running: its token.  [default: gateway.token beside the vault]",
)
@click.option("--details", is_flag=True, help="Every planted value and every door, with how often.")
@click.option(
    "--json", "as_json", is_flag=True, help="Print one JSON document (discretion.gateway-verify/1)."
)
def verify(running: str | None, token_file: Path | None, details: bool, as_json: bool) -> int:
    """Send a chat with planted, invented facts through a gateway to a throwaway platform, both on this
    machine, by every way that a chat program sends, whole and streamed; and show what left and what came
    back. Your own facts, stand-ins and platform are not touched.

    --running asks your own gateway instead what it would send, with your settings: nothing is sent to your
    platform, so that is its own word, not the wire's.

    A clean run proves the planted facts, not every fact: how much is found at all stands beside it. Leaves
    with 3 where a planted value left or came back wrong, something got in or out that must not, or a locked
    vault let nothing be shown.
    """
    from discretion.cli._gateway_verify_shown import document, show
    from discretion.cli._output import output
    from discretion.gateway._verify import verify as prove
    from discretion.gateway._verify_running import verify_running

    if token_file is not None and running is None:
        raise click.UsageError("--token-file goes with --running URL")
    step = _step if sys.stderr.isatty() and not as_json else _silent
    proof = prove(step) if running is None else verify_running(running, _token(token_file), step)
    if step is _step:
        click.echo("\r\x1b[2K", nl=False, err=True)
    with output():
        if as_json:
            click.echo(document(proof))
        else:
            show(proof, is_whole=details)
    return 0 if proof.is_clean else EXIT_FINDINGS


def _token(path: Path | None) -> str:
    from discretion.cli._gateway_start import TOKEN_FILE
    from discretion.cli._persona_input import read_line
    from discretion.vault import home

    return read_line("the gateway's token", path or home() / TOKEN_FILE, None)


def _step(told: str) -> None:
    click.echo(f"\r\x1b[2KSending: {told} …", nl=False, err=True)


def _silent(told: str) -> None:
    pass
