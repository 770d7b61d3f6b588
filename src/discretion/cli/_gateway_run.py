"""`discretion gateway run`: the gateway, from its start to its end."""

from __future__ import annotations

from pathlib import Path

import click

from discretion.cli._passphrase import passphrase_options
from discretion.cli._persona_input import line_options

EXAMPLE = "discretion gateway run --upstream https://api.provider.example/v1 --upstream-key-file key"
_FILE = click.Path(dir_okay=False, path_type=Path)
_HIGHEST_PORT = 65535


@click.command("run", short_help="Run the gateway, until Ctrl-C.", epilog=f"Example: {EXAMPLE}")
@click.option(
    "--upstream",
    metavar="URL|NAME",
    help="Your platform: its base URL, or a name (`gateway add`); by default the only name.",
)
@line_options("upstream-key", "the platform's API key")
@click.option(
    "--port",
    type=click.IntRange(0, _HIGHEST_PORT),
    default=7411,
    show_default=True,
    help="Port on this machine; 0 for any that is free.",
)
@click.option(
    "--token-file",
    type=_FILE,
    help="The token of your chat client; made if it is not there.  [default: gateway.token beside the vault]",
)
@click.option("--persona", default="", metavar="NAME", help="As which persona of your vault you chat.")
@click.option("--card", type=_FILE, help="A character card (text, JSON, PNG): its names are the story's.")
@click.option("--facts", type=_FILE, help="Your own facts (TOML) instead of the vault's.")
@click.option(
    "--mode",
    type=click.Choice(["substitute", "ask", "observe"]),
    help="Put stand-ins in place, hold what has any and ask, or only count.  [default: the persona's]",
)
@click.option("--everyday", is_flag=True, help="Ordinary chats: the intimate context is off.")
@click.option("--allow-host", multiple=True, metavar="NAME", help="A further host name it is called by.")
@click.option("--allow-origin", multiple=True, metavar="ORIGIN", help="A web page that may call it.")
@click.option("--docker", is_flag=True, help="Answer containers too, at the address of docker's bridge.")
@click.option("--no-vault", is_flag=True, help="Keep nothing: stand-ins live as long as it runs.")
@passphrase_options
def run(
    upstream: str | None,
    upstream_key_file: Path | None,
    upstream_key_fd: int | None,
    port: int,
    token_file: Path | None,
    persona: str,
    card: Path | None,
    facts: Path | None,
    mode: str | None,
    everyday: bool,
    allow_host: tuple[str, ...],
    allow_origin: tuple[str, ...],
    docker: bool,
    no_vault: bool,
    passphrase_file: Path | None,
    passphrase_fd: int | None,
) -> None:
    """Check what your chat client sends and restore what comes back, until Ctrl-C or SIGTERM.

    Your platform is the service that runs the model; it is the "upstream" of this program. In the chat client
    put http://127.0.0.1:7411/v1 for the base URL and the token for the key. Real values leave as stand-ins;
    what cannot be sent is refused with one sentence that shows up in the chat.

    Where there is a vault it is unlocked for as long as the gateway runs: stand-ins, decisions and the ledger
    are kept there. No key is ever an argument or in the environment, nothing listens beyond this machine, and
    no log holds a value.
    """
    from discretion.cli._gateway_start import Start, started

    started(
        Start(
            upstream=upstream,
            key_file=upstream_key_file,
            key_fd=upstream_key_fd,
            port=port,
            token_file=token_file,
            persona=persona,
            card=card,
            facts=facts,
            mode=mode,
            is_everyday=everyday,
            hosts=allow_host,
            origins=allow_origin,
            is_docker=docker,
            has_vault=not no_vault,
            passphrase_file=passphrase_file,
            passphrase_fd=passphrase_fd,
        )
    )
