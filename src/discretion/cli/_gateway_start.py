"""Putting a gateway together from what the user said, the configuration and the vault, and running it."""

from __future__ import annotations

import asyncio
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from discretion.gateway._keeping import Keeping
    from discretion.gateway._settings import Settings
    from discretion.gateway._upstream import Upstream
    from discretion.guard import Fact

TOKEN_FILE = "gateway.token"  # noqa: S105  the name of a file


@dataclass(frozen=True, slots=True)
class Start:
    """What the user asked of `gateway run`."""

    upstream: str | None
    key_file: Path | None
    key_fd: int | None
    port: int
    token_file: Path | None
    persona: str
    card: Path | None
    facts: Path | None
    mode: str | None
    is_everyday: bool
    hosts: tuple[str, ...]
    origins: tuple[str, ...]
    is_docker: bool
    has_vault: bool
    passphrase_file: Path | None
    passphrase_fd: int | None


def started(start: Start) -> None:
    """Run the gateway until a signal. What is wrong is said before anything listens."""
    from discretion.cli._called import called
    from discretion.cli._gateway_ready import say_ready
    from discretion.cli._gateway_window import Window
    from discretion.gateway._gatekeeper import Gatekeeper
    from discretion.gateway._serve import ServeOptions, serve
    from discretion.gateway._warm import warm_up
    from discretion.vault import home, is_there, leave_no_image

    leave_no_image()
    has_vault = start.has_vault and is_there()
    name, url = _address(start.upstream)
    settings, facts = _settings(start), _facts(start)
    _see_vault(start, is_there=is_there())
    token_file = start.token_file or home() / TOKEN_FILE
    _see_doors(start)
    token = _token(token_file)
    if has_vault:
        _unlock(start)
    upstream = _upstream(start, name, url, has_vault=has_vault)
    keeping = _keeping(start, settings, facts, _platform(upstream), has_vault=has_vault)
    gatekeeper = Gatekeeper(keeping, platform=_platform(upstream), command=called())
    window = Window(gatekeeper)
    try:
        _ = keeping.loaded  # what cannot be read is said before anything listens
        if sys.stderr.isatty():
            click.echo("Loading what reads your messages …", err=True)
        warm_up()
        options = ServeOptions(
            gatekeeper,
            upstream,
            token,
            port=start.port,
            hosts=start.hosts,
            origins=start.origins,
            is_docker=start.is_docker,
            ready=lambda running: say_ready(running, keeping, upstream, token_file, start.facts, window),
        )
        asyncio.run(serve(options))
    finally:
        gatekeeper.close()
        window.end()


def _see_vault(start: Start, *, is_there: bool) -> None:
    """Refuse a persona where there are none: under a name alone nothing would be kept apart."""
    if start.persona and not start.has_vault:
        raise click.UsageError("personas are kept in the vault: leave --persona or --no-vault out")
    if start.persona and not is_there:
        raise click.UsageError(
            "personas are kept in the vault, and there is none: leave --persona out, or make one with "
            "discretion vault init"
        )


def _see_doors(start: Start) -> None:
    """See that it can listen and whom it may answer, before a passphrase is typed for nothing."""
    from discretion.gateway._access import checked_origin, own_hosts
    from discretion.gateway._listen import listening_sockets

    own_hosts(start.port, names=start.hosts)
    for origin in start.origins:
        checked_origin(origin)
    for one in listening_sockets(start.port):
        one.close()


def _address(said: str | None) -> tuple[str, str]:
    """Name (empty for a bare URL) and address of the upstream. Raises ``ConfigError`` or a usage error."""
    from discretion.gateway._address import BARE, AddressNotUsable, is_bare
    from discretion.gateway._config import read_config

    config = read_config()  # also where no name is asked for: what nobody reads would be believed in
    if said is not None and "://" in said:
        return "", base_url(said)
    if said is not None and is_bare(said) and said not in [one.name for one in config.upstreams]:
        raise AddressNotUsable(BARE)
    if said is not None:
        found = config.upstream(said)
    elif len(config.upstreams) == 1:
        found = config.upstreams[0]
    elif config.upstreams:
        names = ", ".join(one.name for one in config.upstreams)
        raise click.UsageError(f"say which platform, for example --upstream {names.split(', ')[0]}: {names}")
    else:
        raise click.UsageError(
            "say where messages go: --upstream https://api.provider.example/v1 (its documentation says which)"
        )
    return found.name, base_url(found.url)


def base_url(said: str) -> str:
    """The base URL that is meant; what was cut from the end is said. Raises ``AddressNotUsable``."""
    from discretion.gateway._address import checked_upstream, without_endpoint

    url, cut = without_endpoint(said)
    url = checked_upstream(url)
    if cut:
        click.echo(f"{cut} is left out of the address: your chat client adds it.", err=True)
    return url


def _settings(start: Start) -> Settings:
    from discretion.cli._run import _country_of_locale
    from discretion.gateway._card import read_card
    from discretion.gateway._settings import Mode, Settings
    from discretion.identity._store import checked_name

    return Settings(
        persona=checked_name(start.persona) if start.persona else "",
        mode=Mode(start.mode or "substitute"),
        is_everyday=start.is_everyday,
        locale=_country_of_locale() or "US",
        card=read_card(start.card) if start.card else "",
    )


def _facts(start: Start) -> tuple[Fact, ...] | None:
    from discretion.guard import load_facts

    return load_facts(start.facts) if start.facts else None


def _unlock(start: Start) -> None:
    """Have the vault held open: by what `vault unlock` left, the keychain, or the passphrase."""
    from discretion.cli._passphrase import open_vault
    from discretion.vault import is_held, unlock

    if is_held() and start.passphrase_file is None and start.passphrase_fd is None:
        return
    with open_vault(start.passphrase_file, start.passphrase_fd) as vault:
        unlock(vault.data_key)


def _upstream(start: Start, name: str, url: str, *, has_vault: bool) -> Upstream:
    from discretion.cli._gateway_upstreams import CLEAR
    from discretion.cli._passphrase import open_vault
    from discretion.cli._persona_input import read_line
    from discretion.gateway._address import is_open_to_the_network
    from discretion.gateway._keys import checked_key, kept_key
    from discretion.gateway._upstream import Upstream
    from discretion.vault import Asker

    key = None
    if start.key_file is not None or start.key_fd is not None:
        key = checked_key(read_line("the API key", start.key_file, start.key_fd, is_bare=True))
    elif name and has_vault:
        with open_vault(None, None) as vault:
            key = kept_key(vault, Asker("gateway", "cli"), name)
    made = Upstream(url, key)
    if is_open_to_the_network(made.url):
        click.echo(CLEAR, err=True)
    return made


def _platform(upstream: Upstream) -> str:
    """The registrable domain that the ledger knows the upstream by; empty on this machine or at home."""
    from discretion.gateway._address import is_loopback
    from discretion.knowledge import PlatformNotNamed, platform_id

    if is_loopback(upstream.host):
        return ""
    try:
        return platform_id(upstream.host)
    except PlatformNotNamed:
        return ""


def _keeping(
    start: Start, settings: Settings, facts: tuple[Fact, ...] | None, platform: str, *, has_vault: bool
) -> Keeping:
    from discretion.gateway._keeping import Keeping, VaultKeeping

    if not has_vault:
        return Keeping(settings, facts or ())
    settings = replace(settings, persona=_persona(start, settings.persona))
    return VaultKeeping(settings, platform=platform, facts=facts, mode_is_given=start.mode is not None)


def _persona(start: Start, name: str) -> str:
    """The persona's name as the vault has it; empty for nobody.

    Raises ``NoSuchPersona``, or a usage error where the context is set by the persona already.
    """
    from discretion.cli._passphrase import open_vault
    from discretion.identity import persona_named
    from discretion.vault import Asker

    if not name:
        return ""
    with open_vault(None, None) as vault:
        found = persona_named(vault, Asker("gateway", "cli"), name)
    if start.is_everyday:
        raise click.UsageError("a persona's context was set when it was made; leave --everyday out")
    return found.name


def _token(path: Path) -> str:
    from discretion.gateway._token import token_of
    from discretion.vault import home
    from discretion.vault._home import make_private_folder

    make_private_folder(home())
    return token_of(path)
